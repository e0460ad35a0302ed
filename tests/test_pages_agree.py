"""Pages that tell of one thing tell the same: who approved, what failed, how much is open, what is proved."""

import csv
import html
import io
import json
import posixpath
import re
from datetime import UTC
from pathlib import Path

import pytest

from release_portal.assess import Assessment
from release_portal.metrics import failure_rate
from release_portal.metrics.incidents import under
from release_portal.pages._page import Page
from release_portal.pages._production import deployed
from release_portal.pages._render import inline
from release_portal.pages._todo import open_count
from release_portal.progress import Basis, State
from tests.conftest import Run, copy_sample
from tests.test_pages_portal import Site, edit, judge, pages, section, words

VERSIONS = ("2.4.0", "2.4.1", "2.5.0", "2.6.0")
INCIDENT = "releases/2.4.1/08-monitoring/incidents/inc-88.md"


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return judge(copy_sample(tmp_path_factory.mktemp("agree") / "sample"))


@pytest.fixture(scope="module")
def made(assessment: Assessment) -> Site:
    return pages(assessment)


@pytest.fixture(scope="module")
def proved(demo: tuple[Path, Run]) -> Site:
    """The pages of the demo, whose sign-offs are signed commits."""
    return pages(judge(demo[0]))


def fact(markup: str, name: str) -> str:
    """The HTML of a fact, by its name."""
    (found,) = re.findall(rf"<dt>{re.escape(name)}</dt><dd>(.*?)</dd>", markup, re.DOTALL)
    return str(found)


def rows(markup: str) -> list[str]:
    """The rows of the tables in a piece of HTML, without heads, groups and details."""
    found = re.findall(r"<tr(?![^>]*rp-(?:group|detail)).*?</tr>", markup, re.DOTALL)
    return [one for one in found if "<td" in one]


def home(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def follow(made: Site, here: str, markup: str) -> tuple[str, str]:
    """The HTML that the one link in a piece of HTML leads to, and the id in its address."""
    (href,) = re.findall(r'href="([^"]+)"', markup)
    path, _, fragment = html.unescape(href).partition("#")
    page = made[posixpath.normpath(posixpath.join(here, path)) + "/"]
    assert not fragment or f'id="{fragment}"' in page.html
    return page.html, fragment


# Incidents


def test_a_release_tells_the_incidents_that_its_failure_is_counted_from(
    made: Site, assessment: Assessment
) -> None:
    """INC-88 is filed with the hotfix; metrics count it against 2.4.0, and so do the pages of 2.4.0."""
    told = {one.version: one.why for one in failure_rate.measure(assessment.portal).outcomes}
    assert told["2.4.0"] == ("INC-88",)
    overview = fact(made["releases/2.4.0/"].html, "Incidents")
    assert "INC-88" in words(overview)
    assert "SEV2 began 2026-08-05 15:40 UTC , told with 2.4.1" in words(overview)
    markup, fragment = follow(made, "releases/2.4.0/", overview)
    assert fragment == "inc-88"
    assert 'href="../../2.4.0/"' in markup
    monitoring = words(section(made["releases/2.4.0/monitoring/"], "incident"))
    assert "Began while production ran 2.4.0" in monitoring
    assert "INC-88 Instant payouts executed twice" in monitoring
    assert "None on record" in words(fact(made["releases/2.4.1/"].html, "Incidents"))
    assert "Not known yet" in words(fact(made["releases/2.5.0/"].html, "Incidents"))
    assert "Not known yet" in words(section(made["releases/2.5.0/monitoring/"], "incident"))
    assert "INC-88" not in words(section(made["releases/2.5.0/monitoring/"], "incident"))
    sheet = words(section(made["releases/2.4.0/evidence/"], "deliverables"))
    assert "INC-88 began 2026-08-05 15:40 UTC , while production ran 2.4.0" in sheet


def test_an_incident_counts_against_what_production_ran_when_it_began(sample: Path) -> None:
    edit(sample / INCIDENT, "started_at: 2026-08-05T21:10:00+05:30", "started_at: 2026-08-07T21:10:00+05:30")
    portal = judge(sample).portal
    old, new = portal.release("2.4.0"), portal.release("2.4.1")
    assert old is not None
    assert new is not None
    assert under(portal, old) == ()
    (one,) = under(portal, new)
    assert (one.value.ticket, one.elsewhere) == ("INC-88", False)


def test_each_incident_of_the_metrics_is_on_a_page_of_its_release(made: Site, assessment: Assessment) -> None:
    for outcome in failure_rate.measure(assessment.portal).outcomes:
        for what in outcome.why if outcome.failed else ():
            assert what in words(made[f"releases/{outcome.version}/"].html)


# Approval and deployment


@pytest.mark.parametrize("version", ["2.4.0", "2.4.1", "2.5.0"])
def test_who_approved_is_one_answer_with_its_proof(made: Site, proved: Site, version: str) -> None:
    late = " After the deployment" if version == "2.4.1" else ""
    for portal, proof in ((made, "In roster"), (proved, "Signed")):
        overview, deployment = (portal[f"releases/{version}/{path}"].html for path in ("", "deployment/"))
        answer = words(fact(overview, "Approved by"))
        assert answer == words(fact(deployment, "Approved by"))
        assert f"Helen Byrne Chair of the Change Advisory Board{late} {proof}" in answer
        assert f"Kavita Rao Compliance Officer{late} {proof}" in answer
        assert "Meera Iyer" not in answer


def test_home_gives_the_same_approvers_and_the_same_instant(made: Site, site: Path) -> None:
    card, overview = home(site), made["releases/2.5.0/"].html
    for name in ("Approved by", "Deployed to production", "Deployed by"):
        assert words(fact(card, name)) == words(fact(overview, name))


def test_a_rejection_of_the_decision_stands_with_the_approvals(sample: Path) -> None:
    path = sample / "releases/2.5.0/signoffs/go-no-go/kavita.rao.yaml"
    edit(path, "decision: approve", "decision: reject")
    made = pages(judge(sample))
    answers = {words(fact(made[f"releases/2.5.0/{one}"].html, "Approved by")) for one in ("", "deployment/")}
    (answer,) = answers
    assert "Kavita Rao Compliance Officer Reject In roster" in answer


@pytest.mark.parametrize("version", ["2.4.0", "2.4.1", "2.5.0"])
def test_deployed_to_production_is_one_instant(made: Site, assessment: Assessment, version: str) -> None:
    """It is when the first run to production that succeeded ended, as the metrics have it."""
    release = assessment.portal.release(version)
    assert release is not None
    reached = deployed(assessment.portal, release)
    assert reached is not None
    for path in ("", "deployment/"):
        shown = fact(made[f"releases/{version}/{path}"].html, "Deployed to production")
        instants = re.findall(r'datetime="([^"]+)"', shown)
        assert instants == [
            f"{one.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for one in (reached.first, reached.last)
        ]


# What is complete, and what that rests on


def panels(page: Page) -> dict[str, str]:
    """What the head of each phase's panel says, by the phase."""
    pattern = r'<details class="rp-phase" id="([a-z-]+)".*?<summary>(.*?)</summary>'
    return {name: words(head) for name, head in re.findall(pattern, page.html, re.DOTALL)}


def test_only_what_is_due_or_done_is_counted(made: Site, assessment: Assessment) -> None:
    said = panels(made["releases/2.6.0/"])
    assert said["planning"].startswith("1 Planning & Scope Definition 0 of 3 complete")
    for name in said.keys() - {"planning"}:
        assert "complete" not in said[name]
        assert re.search(r"[23] not due", said[name])
    for release in assessment.portal.releases:
        for phase in assessment.portal.progress[release.version].phases:
            assert phase.complete <= len(phase.counted)
            assert all(one.state not in {State.NOT_DUE, State.NOT_APPLICABLE} for one in phase.counted)


def test_what_is_conditional_is_not_due_until_its_condition_can_be_told(sample: Path) -> None:
    """2.5.0 is being watched, and its health report is not complete: nobody knows yet whether there was an incident."""
    portal = judge(sample).portal
    (watched,) = (one for one in portal.progress["2.5.0"].deliverables if one.deliverable.number == "8.2")
    assert (watched.state, watched.reason) == (State.NOT_DUE, "")
    (closed,) = (one for one in portal.progress["2.4.0"].deliverables if one.deliverable.number == "8.2")
    assert closed.state is State.NOT_APPLICABLE
    (ahead,) = (one for one in portal.progress["2.6.0"].deliverables if one.deliverable.number == "3.2")
    assert ahead.state is State.NOT_DUE
    text = words(section(pages(judge(sample))["releases/2.6.0/compliance/"], "exceptions"))
    assert "Not due It is required only where a compliance checklist has a failed control." in text
    assert "The records do not tell that yet." in text


def looks(page: Page) -> list[str]:
    """The status classes of the ten steps of a release's first page."""
    return re.findall(r'<li class="rp-step rp-step--([a-z-]+)', page.html)


def test_green_done_is_for_sign_offs_that_are_proved(
    made: Site, proved: Site, assessment: Assessment, site: Path
) -> None:
    """The sample knows its signers from the roster only; in the demo they signed. Phases 7 to 10 need no sign-off."""
    assert looks(made["releases/2.4.0/"]) == ["claimed"] * 10
    assert looks(proved["releases/2.4.0/"]) == ["done"] * 6 + ["claimed"] * 4
    phases = assessment.portal.progress["2.4.0"].phases
    assert [one.basis for one in phases] == [Basis.STATED] * 6 + [Basis.UNSIGNED] * 4
    assert "rp-heat__cell--done" not in home(site)
    legend = words(home(site).partition('<ul class="rp-legend"')[2].partition("</ul>")[0])
    assert "Done, sign-offs not proved or not required" in legend


CLAIMS = r'rp-status--done">(Done|Closed|Complete|Kept|In production|Open: the phase is complete)<'


def test_no_page_is_green_where_only_the_roster_knows_the_signers(made: Site, site: Path) -> None:
    for uri, page in made.items():
        assert not re.search(CLAIMS, page.html), uri
        assert not re.search(r"rp-banner--done", page.html), uri
    assert not re.search(CLAIMS, home(site))
    listed = "".join(
        row for _, text in made["releases/"].files if _ == "rows-1.json" for row in json.loads(text)
    )
    assert "Closed" in made["releases/"].html + listed
    assert not re.search(CLAIMS, listed)


def test_the_head_of_a_page_is_as_green_as_the_evidence(proved: Site) -> None:
    """Nobody has to sign the access log, a threat model or an exception: complete, and proved by nothing."""
    for path, name in (
        ("testing", "access-log"),
        ("development", "threat-model"),
        ("compliance", "exceptions"),
    ):
        head = proved[f"releases/2.4.0/{path}/"].html.partition("</header>")[0]
        (state,) = re.findall(rf'href="#{name}">[^<]*</a> <span class="rp-status rp-status--([a-z-]+)', head)
        assert state == "claimed", path
    for path, name in (
        ("testing", "test-summary"),
        ("changes", "changes"),
        ("compliance", "risk-assessment"),
    ):
        head = proved[f"releases/2.4.0/{path}/"].html.partition("</header>")[0]
        (state,) = re.findall(rf'href="#{name}">[^<]*</a> <span class="rp-status rp-status--([a-z-]+)', head)
        assert state == "done", path


def test_a_closed_release_is_closed_alike_on_every_page(proved: Site) -> None:
    overview = proved["releases/2.4.1/"].html.partition("</header>")[0]
    assert 'rp-status--done">Closed<' in overview
    row = re.search(r'<tr id="2\.4\.1".*?</tr>', proved["releases/"].html, re.DOTALL)
    assert row
    assert 'rp-status--done">Closed<' in row[0]
    assert 'rp-status--done">Complete<' in proved["releases/2.4.1/evidence/"].html.partition("</header>")[0]


def test_an_approval_that_came_after_the_deployment_says_so_on_every_page(made: Site) -> None:
    """The hotfix went out first: its board signed the next day."""
    for path, count in (("", 2), ("deployment/", 2)):
        told = words(fact(made[f"releases/2.4.1/{path}"].html, "Approved by"))
        assert told.count("After the deployment") == count, path
    table = (
        made["releases/2.4.1/signoffs/"].html.partition('id="go-no-go"')[2].partition('class="rp-group"')[0]
    )
    assert words(table).count("After the deployment") == 2
    assert "After the deployment" not in words(fact(made["releases/2.5.0/"].html, "Approved by"))
    assert "After the deployment" not in words(made["releases/2.5.0/signoffs/"].html)


@pytest.mark.parametrize(
    "title", ["\u2705 Approved \u2022\u2022\u2022\u2022 Signed", "\u2714\ufe0f Done \u25cf\u25cf\u25cf"]
)
def test_a_title_cannot_pass_for_a_mark(sample: Path, title: str) -> None:
    edit(sample / "releases/2.5.0/release.yaml", "title: Consent ledger", f'title: "Consent {title}"')
    made = pages(judge(sample))
    for uri in ("releases/2.5.0/", "releases/", "releases/2.5.0/evidence/"):
        text = words(made[uri].html)
        assert not re.search("[\u2705\u2714\u2022\u25cf]", text), uri
    assert re.search(r"Consent \u00b7 (Approved|Done) \u00b7", words(made["releases/2.5.0/"].html))


def test_each_phase_says_how_many_sign_offs_it_needs(proved: Site) -> None:
    said = panels(proved["releases/2.4.0/"])
    assert said["planning"].endswith("3 of 3 complete · 5 of 5 sign-offs Done")
    assert said["deployment"].endswith("2 of 2 complete · no sign-off required Done")
    assert said["monitoring"].endswith("2 of 2 complete, 1 not applicable · no sign-off required Done")


def test_a_sign_off_that_goes_stale_is_given_no_more(sample: Path) -> None:
    edit(sample / "releases/2.4.0/06-approval/go-no-go.md", "## Decision", "## Decision\n\nOne more word.")
    said = panels(pages(judge(sample))["releases/2.4.0/"])
    assert "1 of 3 sign-offs" in said["approval"]


# Counts


@pytest.mark.parametrize("version", VERSIONS)
def test_counts_of_the_overview_are_those_of_the_pages_they_lead_to(made: Site, version: str) -> None:
    here = f"releases/{version}/"
    overview = made[here]
    changes = fact(overview.html, "Changes")
    page, fragment = follow(made, here, changes)
    listed = page.partition(f'<h2 id="{fragment}"')[2].partition("<h2")[0]
    assert int(words(changes).split()[0]) == len(rows(listed)) > 0

    signed = words(fact(overview.html, "Sign-offs"))
    given, required, files = map(int, re.findall(r"\d+", signed))
    page, _ = follow(made, here, fact(overview.html, "Sign-offs"))
    assert f"{given} of {required} required" in words(page)
    table = page.partition('<h2 id="signoffs"')[2].partition("<h2")[0]
    assert files == sum("Nobody yet" not in one for one in rows(table))
    waiting = page.partition('<h2 id="signoffs"')[2].partition('<h2 id="keys"')[0]
    assert required - given == waiting.count("Nobody yet") + _later(page)


def _later(page: str) -> int:
    """Sign-offs that are due in later phases, as the page of sign-offs lists them."""
    return len(rows(page.partition('<h2 id="later"')[2].partition("<h2")[0]))


@pytest.mark.parametrize("version", VERSIONS)
def test_findings_are_the_same_number_everywhere(made: Site, assessment: Assessment, version: str) -> None:
    found = assessment.of(version)
    for path in ("", "evidence/"):
        shown = section(made[f"releases/{version}/{path}"], "findings")
        assert shown.count('class="rp-finding__rule"') == len(found)
    for rule in {one.rule for one in found}:
        listed = made[f"rules/{rule}/"].html
        mine = [one for one in found if one.rule == rule]
        assert all(html.escape(str(one.location), quote=True) in listed for one in mine)


def test_home_counts_what_the_overview_lists(made: Site, assessment: Assessment, site: Path) -> None:
    for version in VERSIONS:
        release = assessment.portal.release(version)
        assert release is not None
        count, shown = open_count(assessment.portal, release), section(made[f"releases/{version}/"], "open")
        assert shown.count('class="rp-todo__item"') + shown.count('class="rp-action"') == count
        assert f"{count} thing" in words(shown) or not count
    card = home(site)
    assert "2 open" in words(fact(card, "Phase"))
    assert "2 things" in words(section(made["releases/2.5.0/"], "open"))
    assert "6 things are open" in words(fact(card, "State"))


# A rejection


def test_a_rejection_stands_with_person_and_reason(made: Site, site: Path) -> None:
    for shown in (home(site), section(made["releases/2.6.0/"], "open")):
        first = words(shown.partition('class="rp-todo__item"')[2].partition("</li>")[0])
        assert "Rejected Release scope: Daniel Okafor (Information Security Owner) rejects it" in first
        assert "Reason: Retention of exported files is not settled." in first
        assert "The rest of the scope is fine with me." in first


# Words


def test_no_page_shows_a_backtick_outside_of_code(made: Site) -> None:
    seen = 0
    for uri, page in made.items():
        if re.match(r"releases/\d[^/]*/", uri):
            prose = re.sub(r"<(pre|code|svg|title)\b.*?</\1>", "", page.html, flags=re.DOTALL)
            findings = "".join(
                re.findall(r'<p class="rp-finding__(?:message|hint)">.*?</p>', prose, re.DOTALL)
            )
            assert "`" not in findings, uri
            seen += "<code>" in page.html and "rp-finding__hint" in page.html
    assert seen


def test_code_in_plain_text_is_code_and_nothing_else() -> None:
    assert inline("set `a < b`, not c") == "set <code>a &lt; b</code>, not c"
    assert inline("<b> and one ` alone") == "&lt;b&gt; and one ` alone"
    assert inline("`<script>`") == "<code>&lt;script&gt;</code>"


def test_an_empty_place_tells_readers_what_it_means_and_not_what_to_type(made: Site) -> None:
    seen = 0
    for uri, page in made.items():
        for empty in re.findall(r'<div class="rp-empty">(.*?)</div>', page.html, re.DOTALL):
            seen += 1
            text = words(empty)
            assert not re.search(r"release-portal |mkdocs\.yml|\bWrite\b|Fill in|run ", text), (uri, text)
            assert not re.search(r"<code>", empty), (uri, text)
    assert seen > 40


# Registers


def facet(made: Site, name: str, key: str) -> dict[str, int]:
    """How many rows of a register have each value of a filter."""
    files = dict(made[f"registers/{name}/"].files)
    rows = json.loads(files["index.json"])["facets"][key]
    held = [value for row in rows for value in (row if isinstance(row, list) else [row])]
    return {value: held.count(at) for at, (value, _) in enumerate(json.loads(files["choices.json"])[key])}


def csv_rows(made: Site, name: str) -> list[dict[str, str]]:
    text = dict(made[f"registers/{name}/"].files)[f"{name}.csv"]
    return list(csv.DictReader(io.StringIO(text)))


def test_a_control_that_failed_in_an_earlier_release_is_found(made: Site) -> None:
    """PCI DSS 6.3.3 failed in 2.4.0 and does not apply since: its newest answer hides that."""
    (patches,) = (row for row in csv_rows(made, "controls") if row["control"] == "6.3.3")
    assert (patches["newest"], patches["failed"]) == ("Not applicable", "1")
    assert patches["history"] == "Failed in an earlier release"
    assert patches["excused"] == "Exception open"
    found = facet(made, "controls", "history")
    assert (found["earlier"], found["newest"]) == (1, 1)
    assert facet(made, "controls", "excused") == {"open": 2}
    assert sum(found.values()) == len(csv_rows(made, "controls"))


def test_a_failed_control_whose_exception_is_closed_or_nowhere_says_so(sample: Path) -> None:
    edit(sample / "releases/2.4.0/03-development/exceptions.yaml", "state: accepted", "state: closed")
    edit(sample / "releases/2.5.0/02-compliance/checklists/rbi.yaml", "exception: EX-9", "exception: EX-99")
    assert facet(pages(judge(sample)), "controls", "excused") == {"closed": 1, "unknown": 1}


def test_an_exception_stands_with_its_framework_and_its_proof(made: Site) -> None:
    told = {row["id"]: (row["framework"], row["proof"]) for row in csv_rows(made, "exceptions")}
    assert told["EX-7"] == ("PCI DSS 4.0.1", "Claimed")
    assert told["EX-9"][0].startswith("RBI directions")
    assert facet(made, "exceptions", "framework") == {"pci-dss": 1, "rbi": 1}


def test_a_sign_off_of_the_approver_proves_an_exception(sample: Path) -> None:
    release = judge(sample).portal.release("2.4.0")
    assert release is not None
    path = sample / "releases/2.4.0/signoffs/exceptions/daniel.okafor.yaml"
    path.parent.mkdir()
    path.write_text(
        "by: daniel.okafor\nrole: infosec-owner\ndecision: approve\nmeaning: approved\n"
        f'at: 2026-06-17T10:00:00+01:00\ndigest: "{release.digest_of("exceptions")}"\n',
        encoding="utf-8",
    )
    told = {row["id"]: row["proof"] for row in csv_rows(pages(judge(sample)), "exceptions")}
    assert (told["EX-7"], told["EX-9"]) == ("In roster", "Claimed")


def test_the_register_of_incidents_tells_what_production_ran(made: Site) -> None:
    (incident,) = csv_rows(made, "incidents")
    assert (incident["ticket"], incident["ran"], incident["release"]) == ("INC-88", "2.4.0", "2.4.1")
