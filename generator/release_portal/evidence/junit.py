"""JUnit XML: the cases of a test run, counted one by one; the totals that it states are not believed."""

import re
from xml.parsers import expat

from release_portal.evidence._evidence import DEPTH, Counts, Format, Unusable
from release_portal.wording import printable

_SUITES, _CASE = {"testsuites", "testsuite"}, "testcase"
_PASSED, _SKIPPED, _FAILED = 0, 1, 2  # the greater is the worse
_RESULTS = {"skipped": _SKIPPED, "failure": _FAILED, "error": _FAILED}

_ROOT = re.compile(rb"<(?:!DOCTYPE\s+)?([A-Za-z_][\w.:-]*)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def claims(_path: str, head: bytes) -> bool:
    """Whether the root element is JUnit's, or cannot be made out; coverage and the like are not ours."""
    root = _ROOT.search(_COMMENT.sub(b"", head))
    return root is None or root[1].decode() in _SUITES


def read(data: bytes) -> Counts:
    """Count the cases in one pass. One with a failure or an error failed, whatever else it holds.

    Raises:
        Unusable: the file is no XML, no JUnit XML, declares a document type, or is nested too deeply.

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

    def refuse_document_type(self, *_: object) -> None:
        """Stop before any entity is expanded or fetched."""
        raise Unusable("declares a document type, which no report needs")

    def enter(self, name: str, _: object) -> None:
        parent = self.above[-1] if self.above else ""
        if not parent and name not in _SUITES:
            raise Unusable(f"is no JUnit XML: its root is <{printable(name)}>")
        if len(self.above) >= DEPTH:
            raise Unusable(f"is nested more than {DEPTH} levels deep")
        if name == _CASE and parent in _SUITES:
            self.outcomes.append(_PASSED)
        elif parent == _CASE and name in _RESULTS:
            self.outcomes[-1] = max(self.outcomes[-1], _RESULTS[name])
        self.above.append(name)

    def leave(self, _: str) -> None:
        self.above.pop()


FORMAT = Format(name="JUnit XML", endings=(".xml",), claims=claims, read=read)
