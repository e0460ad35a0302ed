"""SARIF 2.1.0: each file is a scan, with its open results counted as the check counts them."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from release_portal.evidence import sarif
from release_portal.evidence._evidence import Unusable
from release_portal.imports._document import Group, groups, instant, json_group, text, written
from release_portal.imports._importer import Copy, Entry, Facts, Importer, Input, Request, of_each

_RANKS = ("critical", "high", "medium", "low")


def read(request: Request) -> tuple[Facts, ...]:
    """A scan of each file. What kind of scan it is, no report says; `--set kind=` does."""
    kind = {key: said for key, said in request.settled.items() if key == "kind"}
    entries = of_each(request.files, lambda file: _scan(file, kind))
    for file in request.files:
        if errors := _own_errors(json_group(file.data)):
            request.notices.append(
                f"{file.path}: the tool tells of {errors} errors of its own: it may have missed something"
            )
    return (Facts(record="scans", listing="scans", entries=entries),)


def _scan(file: Input, kind: Mapping[str, str]) -> Entry:
    log = json_group(file.data)
    totals = sarif.read(file.data).totals
    drivers = [run["tool"]["driver"] for run in groups(log, "runs") if text(run, "tool", "driver", "name")]
    if not drivers:
        raise Unusable("does not say which tool wrote it")
    ended = [instant(text(one, "endTimeUtc"), "the end of a scan") for one in _invocations(log)]
    ran_at = max((at for at in ended if at), default=None)
    tool = _joined(text(one, "name") for one in drivers)
    stated = {
        "version": _joined(text(one, "semanticVersion") or text(one, "version") for one in drivers),
        "ran_at": written(ran_at),
        "commit": _joined(_revisions(log)),
    }
    found = sum(getattr(totals, rank) for rank in _RANKS)
    return Entry(
        identity={"tool": tool, **kind},
        facts={key: value for key, value in stated.items() if value}
        | {"totals": {rank: str(getattr(totals, rank)) for rank in _RANKS}},
        evidence=(
            Copy(
                source=file,
                describes=f"SARIF report of {tool} with {found} open result{'s' * (found != 1)}",
                name=_name(file),
                made_at=ran_at,
            ),
        ),
    )


def _invocations(log: Group) -> list[Group]:
    return [one for run in groups(log, "runs") for one in groups(run, "invocations")]


def _own_errors(log: Group) -> int:
    """How many errors the tool tells of itself, such as files that it could not read."""
    kinds = ("toolExecutionNotifications", "toolConfigurationNotifications")
    told = [note for one in _invocations(log) for kind in kinds for note in groups(one, kind)]
    return sum(note.get("level") == "error" for note in told)


def _revisions(log: Group) -> list[str]:
    return [
        text(one, "revisionId")
        for run in groups(log, "runs")
        for one in groups(run, "versionControlProvenance")
    ]


def _joined(words: Iterable[str]) -> str:
    """Words without those said twice."""
    return ", ".join(dict.fromkeys(filter(None, words)))


def _name(file: Input) -> str:
    stem = PurePath(file.name).stem.removesuffix(".sarif")
    return f"{stem}.sarif"


IMPORTER = Importer(
    name="sarif",
    help="security scans, from SARIF 2.1.0.",
    records=("scans",),
    read=read,
)
