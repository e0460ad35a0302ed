"""JUnit XML: the cases of a test run, counted one by one; the totals that it states are not believed."""

import re
from collections.abc import Mapping
from xml.parsers import expat

from release_portal.evidence._evidence import DEPTH, Counts, Format, Unusable
from release_portal.wording import printable

_SUITES, _CASE = {"testsuites", "testsuite"}, "testcase"
_PASSED, _SKIPPED, _FAILED = 0, 1, 2  # the greater is the worse
_RESULTS = {"skipped": _SKIPPED, "failure": _FAILED, "error": _FAILED}
# What a case may say of itself in its attributes. Other words are left alone: tools have many for a pass.
_SAYING = ("status", "result")
_SAYS_FAILED = {"fail", "failed", "failure", "error", "errored", "broken"}
# Near to the names of results, and counted by no reader: nobody knows what they mean.
_FOREIGN = {"failures", "errors", "failed"}
_RERUN = {"rerunfailure", "rerunerror"}  # Surefire writes them below a case that failed in the end too
_SAYS_SKIPPED = {"skip", "skipped", "ignored", "disabled", "suppressed", "pending", "notrun", "not_run"}

_ROOT = re.compile(rb"<(?:!DOCTYPE\s+)?([A-Za-z_][\w.:-]*)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def claims(_path: str, head: bytes) -> bool:
    """Whether the root element is JUnit's, or cannot be made out; coverage and the like are not ours."""
    root = _ROOT.search(_COMMENT.sub(b"", head))
    return root is None or root[1].decode() in _SUITES


def read(data: bytes) -> Counts:
    """Count the cases in one pass. One with a failure or an error failed, whatever else it holds.

    Raises:
        Unusable: the file is no XML, no JUnit XML, declares a document type, or is nested too deeply; or it holds a
            result where none is counted, or a case that says it failed and shows no failure.

    """
    counting = _Counting()
    parser = expat.ParserCreate(
        namespace_separator=" "
    )  # so that a name of another namespace is another name
    parser.StartDoctypeDeclHandler = counting.refuse_document_type
    parser.StartElementHandler, parser.EndElementHandler = counting.enter, counting.leave
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes no keyword
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unusable(f"is no XML: {error}") from error
    worst = counting.outcomes
    return Counts(len(worst), worst.count(_PASSED), worst.count(_FAILED), worst.count(_SKIPPED))


class _Counting:
    """Where the parser stands, and the worst result of each case so far."""

    def __init__(self) -> None:
        self.above: list[str] = []
        self.outcomes: list[int] = []
        self.says_failed = ""
        self.suites: list[
            tuple[str, int]
        ] = []  # what each open suite says of itself, and how many had failed before

    def refuse_document_type(self, *_: object) -> None:
        """Stop before any entity is expanded or fetched."""
        raise Unusable("declares a document type, which no report needs")

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        parent = self.above[-1] if self.above else ""
        if not parent and name not in _SUITES:
            raise Unusable(f"is no JUnit XML: its root is <{printable(name)}>")
        if len(self.above) >= DEPTH:
            raise Unusable(f"is nested more than {DEPTH} levels deep")
        local = name.rpartition(" ")[2].lower()
        if name in _SUITES:
            self.suites.append((_saying(attributes), self.outcomes.count(_FAILED)))
        if name == _CASE and parent in _SUITES:
            self._open(attributes)
        elif parent == _CASE and name in _RESULTS:
            self.outcomes[-1] = max(self.outcomes[-1], _RESULTS[name])
        elif parent in _SUITES and _RESULTS.get(name) == _FAILED:
            raise Unusable(f"a suite failed itself: it holds <{name}> outside of a case")
        elif parent == _CASE and local in _RERUN:
            self.says_failed = self.says_failed or f"<{printable(name)}>"
        elif local in {_CASE, *_RESULTS} | _FOREIGN:
            # An element in another spelling, namespace or place is counted by some readers and not by others.
            raise Unusable(f"holds <{printable(name)}> in <{printable(parent)}>, where it is not counted")
        self.above.append(name)

    def leave(self, name: str) -> None:
        self.above.pop()
        if name == _CASE and self.says_failed and self.outcomes[-1] != _FAILED:
            raise Unusable(f"has a case that says {self.says_failed} and shows no failure")
        if name in _SUITES:
            says, before = self.suites.pop()
            if says and self.outcomes.count(_FAILED) == before:
                raise Unusable(f"has a suite that says {says} and shows no failure")

    def _open(self, attributes: Mapping[str, str]) -> None:
        self.says_failed = _saying(attributes)
        said = {attributes.get(key, "").strip().lower() for key in _SAYING}
        self.outcomes.append(_SKIPPED if _SAYS_SKIPPED & said else _PASSED)


def _saying(attributes: Mapping[str, str]) -> str:
    """By which attribute a case or a suite says that it failed; empty where none does."""
    said = {key: attributes.get(key, "").strip().lower() for key in (*_SAYING, "aborted")}
    failed = _SAYS_FAILED | {"true", "1"} if "aborted" in attributes else _SAYS_FAILED
    return next((f'{key}="{printable(word)}"' for key, word in said.items() if word in failed), "")


FORMAT = Format(name="JUnit XML", endings=(".xml",), claims=claims, read=read)
