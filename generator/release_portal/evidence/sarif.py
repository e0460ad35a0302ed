"""SARIF 2.1.0: the open results of a scan, ranked by what the scanner's rules say.

Open is a result that failed, is not suppressed, and is not gone since the baseline. One that is suppressed, or that a
person has to judge (`kind` review or open), is set aside: it is in no total, and it is told. One whose kind is a pass and
whose level is that of a failure contradicts itself, and is open. A rule's `security-severity` decides on its rank (9
critical, 7 high, 4 medium); without it the level does.
"""

import json
from collections.abc import Iterator
from typing import Any, TypeVar

from release_portal.evidence._evidence import Format, OpenResult, OpenResults, Rank, Unusable, rank_of
from release_portal.wording import shown

_BY_LEVEL: dict[str, Rank] = {"error": "high", "warning": "medium", "note": "low", "none": "low"}
_OPEN, _PASSED = {"fail", "review", "open"}, {"pass", "informational", "notApplicable"}
_ELSEWHERE = "externalPropertyFileReferences"

Group = dict[str, Any]
Item = TypeVar("Item")


def claims(path: str, head: bytes) -> bool:
    """Whether the file is called SARIF, or is JSON that names SARIF near its start."""
    return path.lower().endswith((".sarif", ".sarif.json")) or b"sarif" in head.lower()


def read(data: bytes) -> OpenResults:
    """Collect the open results of all runs.

    Raises:
        Unusable: the file is no SARIF 2.1.0, results stand in another place, a word of a result is none of SARIF's, or
            the scan failed.

    """
    try:
        log = json.loads(data)
    except RecursionError as error:
        raise Unusable("is nested too deeply") from error
    except ValueError as error:
        raise Unusable(f"is no JSON: {error}") from error
    runs = _groups(log, "runs")
    if not runs or log.get("version") != "2.1.0":
        raise Unusable("is no SARIF 2.1.0 log with a run in it")
    if log.get("inlineExternalProperties") or any(
        {"results", "invocations"} & _group(one, _ELSEWHERE).keys() for one in runs
    ):
        raise Unusable("has results in another place than its runs")
    found = [one for run in runs for one in _results(run)]
    tools = (_group(_group(run, "tool"), "driver").get("name") for run in runs)
    return OpenResults(
        tuple(result for result, is_open in found if is_open),
        tuple(result for result, is_open in found if not is_open),
        tuple(dict.fromkeys(one for one in tools if isinstance(one, str))),
    )


def _results(run: Group) -> Iterator[tuple[OpenResult, bool]]:
    """The results that are open (True) or set aside (False)."""
    if not isinstance(run.get("results"), list):
        raise Unusable("has a run without results: the scan gave none, or they stand in another file")
    for one in _groups(run, "invocations"):
        if one.get("executionSuccessful", True) is not True:
            raise Unusable("is of a scan that failed (executionSuccessful is not true)")
        if one.get("exitSignalName") or one.get("processStartFailureMessage"):
            raise Unusable("is of a scan that was ended, or never started")
    results, rules = _groups(run, "results"), _Rules(run)
    if len(results) != len(run["results"]):
        raise Unusable("has a result that is no group of fields")
    for result in results:
        _refuse_foreign_words(result)
        if _counts(result):
            rule = rules.of(result)
            name = str(result.get("ruleId") or rule.get("id") or "without rule")
            yield OpenResult(name, _rank(rule, result)), _is_open(result)


def _refuse_foreign_words(result: Group) -> None:
    """Refuse what another reader may take for a pass, or for less than it is."""
    kind, level = result.get("kind", "fail"), result.get("level", "warning")
    if str(kind) not in _OPEN | _PASSED or str(level) not in _BY_LEVEL:
        raise Unusable(
            f"has a result of kind {shown(str(kind))} and level {shown(str(level))}, which SARIF does not know"
        )


def _fails(result: Group) -> bool:
    kind = result.get("kind", "fail")
    return kind == "fail" or (kind in _PASSED and result.get("level") in {"error", "warning"})


def _counts(result: Group) -> bool:
    return (_fails(result) or result.get("kind") in _OPEN) and result.get("baselineState") != "absent"


def _is_open(result: Group) -> bool:
    """Whether it failed, and is not suppressed: by SARIF, one rejected suppression undoes all accepted ones."""
    stated = [one.get("status", "accepted") for one in _groups(result, "suppressions")]
    return _fails(result) and not (stated and all(one == "accepted" for one in stated))


def _rank(rule: Group, result: Group) -> Rank:
    score = _score(_group(rule, "properties").get("security-severity"))
    if score is not None:
        return rank_of(score)
    level = result.get("level") or _group(rule, "defaultConfiguration").get("level")
    return _BY_LEVEL.get(str(level), "medium")  # SARIF: a result without a level is a warning


def _score(stated: object) -> float | None:
    try:
        score = float(str(stated))
    except ValueError:
        return None
    return score if 0 <= score <= 10 else None


class _Rules:
    """The scanner's rules of a run, looked through once: a run may have as many rules as results."""

    def __init__(self, run: Group) -> None:
        tool = _group(run, "tool")
        self._extensions = [_groups(one, "rules") for one in _groups(tool, "extensions")]
        self._driver = _groups(_group(tool, "driver"), "rules")
        self._by_id: dict[str, Group] = {}
        for rules in (self._driver, *self._extensions):
            for one in rules:
                self._by_id.setdefault(str(one.get("id")), one)

    def of(self, result: Group) -> Group:
        """Give the rule that a result is of: by its index in the component that it names, or by its id."""
        reference = _group(result, "rule")
        rules = _at(self._extensions, _group(reference, "toolComponent").get("index")) or self._driver
        rule = _at(rules, result.get("ruleIndex", reference.get("index")))
        wanted = str(result.get("ruleId") or reference.get("id") or "")
        while not rule and wanted:  # "a/b" is of the rule "a", where there is none of that name
            rule, wanted = self._by_id.get(wanted), wanted.rpartition("/")[0]
        return rule or {}


def _at(found: list[Item], index: object) -> Item | None:
    return found[index] if isinstance(index, int) and 0 <= index < len(found) else None


def _group(value: Any, key: str) -> Group:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _groups(value: Any, key: str) -> list[Group]:
    inner = value.get(key) if isinstance(value, dict) else None
    return [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []


FORMAT = Format(name="SARIF 2.1.0", endings=(".sarif", ".json"), claims=claims, read=read)
