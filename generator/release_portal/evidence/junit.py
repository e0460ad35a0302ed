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

    def refuse_document_type(self, *_: object) -> None:
        """Stop before any entity is expanded or fetched."""
        raise Unusable("declares a document type, which no report needs")

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        parent = self.above[-1] if self.above else ""
        if not parent and name not in _SUITES:
            raise Unusable(f"is no JUnit XML: its root is <{printable(name)}>")
        if len(self.above) >= DEPTH:
            raise Unusable(f"is nested more than {DEPTH} levels deep")
        if name == _CASE and parent in _SUITES:
            self._open(attributes)
        elif parent == _CASE and name in _RESULTS:
            self.outcomes[-1] = max(self.outcomes[-1], _RESULTS[name])
        elif parent in _SUITES and _RESULTS.get(name) == _FAILED:
            raise Unusable(f"a suite failed itself: it holds <{name}> outside of a case")
        elif name.rpartition(" ")[2].lower() in {_CASE, *_RESULTS}:
            # An element in another spelling, namespace or place is counted by some readers and not by others.
            raise Unusable(f"holds <{printable(name)}> in <{printable(parent)}>, where it is not counted")
        self.above.append(name)

    def leave(self, name: str) -> None:
        self.above.pop()
        if name == _CASE and self.says_failed and self.outcomes[-1] != _FAILED:
            raise Unusable(f"has a case that says {self.says_failed} and shows no failure")

    def _open(self, attributes: Mapping[str, str]) -> None:
        said = {key: attributes.get(key, "").strip().lower() for key in _SAYING}
        failed = (f'{key}="{word}"' for key, word in said.items() if word in _SAYS_FAILED)
        self.says_failed = next(failed, "")
        self.outcomes.append(_SKIPPED if _SAYS_SKIPPED & set(said.values()) else _PASSED)


FORMAT = Format(name="JUnit XML", endings=(".xml",), claims=claims, read=read)
