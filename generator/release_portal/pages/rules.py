"""The rules: a list of all of them, what each one guards, and a page for each, made from its docstring."""

from collections import Counter
from collections.abc import Iterator

from release_portal.assess import Assessment, all_rules
from release_portal.coverage import coverage
from release_portal.load import record_types
from release_portal.pages._manual import manual
from release_portal.pages._page import Heading, Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.rules._rule import Rule

_SHOWN = 20  # findings on a rule's page, which must not grow with the portal


def build(assessment: Assessment) -> Iterator[Page]:
    """Make the list of rules, then the page of each."""
    known = all_rules()
    yield portal_page(
        assessment,
        uri="rules/",
        title="Rules",
        template="rules.html",
        toc=(Heading(2, "all-rules", "All rules"), Heading(2, "what-guards-what", "What guards what")),
        description="What the check looks for in the records of a release.",
        types=record_types(),
        coverage=coverage(assessment.portal.process, known),
        rules=[(rule, manual(rule.documentation, "rules/")) for rule in known],
        counts=Counter(finding.rule for finding in assessment.findings),
    )
    yield from (_rule(assessment, rule) for rule in known)


def _rule(assessment: Assessment, rule: Rule) -> Page:
    uri = f"rules/{rule.name}/"
    text = manual(rule.documentation, uri)
    return portal_page(
        assessment,
        uri=uri,
        title=rule.name,
        template="rule.html",
        toc=(*text.toc, Heading(2, "open-now", "Open now")),
        above=(("Rules", "rules/"),),
        description=text.lead,
        rule=rule,
        manual=text,
        found=[finding for finding in assessment.findings if finding.rule == rule.name],
        most=_SHOWN,
    )


PAGE = PortalPages(name="rules", order=30, build=build)
