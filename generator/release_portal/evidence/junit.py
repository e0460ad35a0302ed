"""JUnit XML: the cases of a test run, counted one by one; the totals that it states are not believed."""

import re
from xml.parsers import expat  # looks for what must not reach any other parser

from junitparser import Error, Failure, JUnitXml, JUnitXmlError, Skipped

from release_portal.evidence._evidence import DEPTH, Counts, Format, Unusable

_ROOT = re.compile(rb"<(?:!DOCTYPE\s+)?([A-Za-z_][\w.:-]*)")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def claims(_path: str, head: bytes) -> bool:
    """Whether the root element is JUnit's, or cannot be made out; coverage and the like are not ours."""
    root = _ROOT.search(_COMMENT.sub(b"", head))
    return root is None or root[1] in {b"testsuites", b"testsuite"}


def read(data: bytes) -> Counts:
    """Count the cases. One with a failure or an error failed, whatever else it holds.

    Raises:
        Unusable: the file is no XML, no JUnit XML, declares a document type, or is nested too deeply.

    """
    _refuse_unsafe(data)
    try:
        suites = JUnitXml.fromstring(data)
    except (JUnitXmlError, SyntaxError, ValueError, LookupError) as error:
        raise Unusable(f"is no JUnit XML: {error}") from error
    outcomes = [{type(one) for one in case.result} for suite in suites for case in suite]
    failed = sum(bool({Failure, Error} & one) for one in outcomes)
    skipped = sum(Skipped in one and not {Failure, Error} & one for one in outcomes)
    return Counts(len(outcomes), len(outcomes) - failed - skipped, failed, skipped)


def _refuse_unsafe(data: bytes) -> None:
    """Stop at a document type, and so at every entity, before anything is expanded or fetched."""
    parser = expat.ParserCreate()
    depth = 0

    def refuse_document_type(*_: object) -> None:
        raise Unusable("declares a document type, which no report needs")

    def enter(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise Unusable(f"is nested more than {DEPTH} levels deep")

    def leave(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse_document_type
    parser.StartElementHandler, parser.EndElementHandler = enter, leave
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes no keyword
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unusable(f"is no XML: {error}") from error


FORMAT = Format(name="JUnit XML", endings=(".xml",), claims=claims, read=read)
