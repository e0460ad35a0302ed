"""SARIF 2.1.0: the open results of a scan, ranked by what the scanner's rules say.

Open is a result that failed, is not suppressed, and is not gone since the baseline. One that is suppressed, or that a
person has to judge (`kind` review or open), is set aside: it is in no total, and it is told. A rule's
`security-severity` decides on its rank (9 critical, 7 high, 4 medium); without it the level does.
"""

import json
from collections.abc import Iterator
from typing import Any, TypeVar

from release_portal.evidence._evidence import Format, OpenResult, OpenResults, Rank, Unusable

_BY_LEVEL: dict[str, Rank] = {"error": "high", "warning": "medium", "note": "low", "none": "low"}
_BY_SCORE: tuple[tuple[float, Rank], ...] = ((9, "critical"), (7, "high"), (4, "medium"))
Group = dict[str, Any]
Item = TypeVar("Item")


def claims(path: str, head: bytes) -> bool:
    """Whether the file is called SARIF, or is JSON that names SARIF near its start."""
    return path.lower().endswith((".sarif", ".sarif.json")) or b"sarif" in head.lower()


def read(data: bytes) -> OpenResults:
    """Collect the open results of all runs.

    Raises:
        Unusable: the file is no SARIF 2.1.0, a run has no results of its own, or its scan failed.

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
    if any(one.get("executionSuccessful") is False for one in _groups(run, "invocations")):
        raise Unusable("is of a scan that failed (executionSuccessful: false)")
    results, rules = _groups(run, "results"), _Rules(run)
    if len(results) != len(run["results"]):
        raise Unusable("has a result that is no group of fields")
    for result in results:
        if _counts(result):
            rule = rules.of(result)
            name = str(result.get("ruleId") or rule.get("id") or "without rule")
            yield OpenResult(name, _rank(rule, result)), _is_open(result)


def _counts(result: Group) -> bool:
    return (
        result.get("kind", "fail") in {"fail", "review", "open"} and result.get("baselineState") != "absent"
    )


def _is_open(result: Group) -> bool:
    suppressed = any(one.get("status", "accepted") == "accepted" for one in _groups(result, "suppressions"))
    return result.get("kind", "fail") == "fail" and not suppressed


def _rank(rule: Group, result: Group) -> Rank:
    score = _score(_group(rule, "properties").get("security-severity"))
    if score is not None:
        return next((rank for least, rank in _BY_SCORE if score >= least), "low")
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
        wanted = result.get("ruleId") or reference.get("id")
        return rule or (self._by_id.get(str(wanted)) if wanted else None) or {}


def _at(found: list[Item], index: object) -> Item | None:
    return found[index] if isinstance(index, int) and 0 <= index < len(found) else None


def _group(value: Any, key: str) -> Group:
    inner = value.get(key) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _groups(value: Any, key: str) -> list[Group]:
    inner = value.get(key) if isinstance(value, dict) else None
    return [one for one in inner if isinstance(one, dict)] if isinstance(inner, list) else []


FORMAT = Format(name="SARIF 2.1.0", endings=(".sarif", ".json"), claims=claims, read=read)
