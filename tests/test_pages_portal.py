"""Pages from deployment to evidence, and the portal's own: what they say of good, missing, broken and hostile records."""

import html
import posixpath
import re
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal import book
from release_portal.assess import Assessment, all_rules, assess
from release_portal.downloads import downloads
from release_portal.load import record_types
from release_portal.pages._manual import manual
from release_portal.pages._page import Page
from release_portal.pages._schema import rows as schema_rows
from release_portal.settings import read
from tests.conftest import ROOT, copy_sample

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
MINE = ("deployment", "monitoring", "notifications", "retrospective", "runbooks", "evidence")
GREEN = "rp-status--done"
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> {{ 7 * 7 }} {% raw %}'
Site = Mapping[str, Page]


def judge(root: Path) -> Assessment:
    return assess(root, read(root / "mkdocs.yml"), AS_OF)


def pages(assessment: Assessment) -> Site:
    """Every page made from records, by its address from the site's root."""
    made = [*book.portal_pages(assessment)]
    for release in assessment.portal.releases:
        made += book.release_pages(assessment, release)
    assert len({page.uri for page in made}) == len(made)
    return {page.uri: page for page in made}


def written_by_hand(address: str) -> bool:
    """Whether an address is that of a page in docs/."""
    path = address.rstrip("/.")
    return any((ROOT / "docs" / name).is_file() for name in (f"{path}.md", f"{path}/index.md".lstrip("/")))


def is_mine(uri: str) -> bool:
    first, *rest = uri.split("/")
    if first == "releases" and rest[0]:
        return rest[1] in MINE
    return first in {"releases", "process", "rules", "records"}


def words(markup: str) -> str:
    """What a reader sees of a piece of HTML, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def section(page: Page, id_: str) -> str:
    """The HTML from the h2 of an id to the next h2."""
    parts = re.split(r"(?=<h2)", page.html)
    return next(part for part in parts if part.startswith(f'<h2 id="{id_}"'))


def row(markup: str, text: str) -> str:
    """The one row that shows a text, with its detail row if it has one."""
    body = markup.partition("<tbody>")[2]
    found = re.findall(
        r'<tr(?! class="rp-detail).*?</tr>(?:\s*<tr class="rp-detail.*?</tr>)?', body, re.DOTALL
    )
    (one,) = (candidate for candidate in found if text in words(candidate))
    return one


def shown_digests(page: Page) -> list[str]:
    """The digests of an evidence page, line by line as they are copied."""
    blocks = re.findall(r'<pre class="rp-digests"><code>(.*?)</code></pre>', page.html, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", "", "".join(blocks))).splitlines()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return judge(copy_sample(tmp_path_factory.mktemp("site") / "sample"))


@pytest.fixture(scope="module")
def site(assessment: Assessment) -> Site:
    return pages(assessment)


# All pages


def test_every_heading_of_the_table_of_contents_is_on_its_page(site: Site) -> None:
    for uri, page in site.items():
        if is_mine(uri):
            ids = re.findall(r'\bid="([^"]+)"', page.html)
            assert len(ids) == len(set(ids)), uri
            assert {heading.id for heading in page.toc} <= set(ids), uri


def test_every_link_leads_to_a_page_and_a_place_that_exist(site: Site) -> None:
    links = 0
    kept = {name for release in judge(ROOT).portal.releases for name, _ in downloads(ROOT, release)}
    for uri, page in site.items():
        for href in re.findall(r'href="([^"]+)"', page.html) if is_mine(uri) else ():
            if re.match(r"https?:|mailto:", href):
                continue
            path, _, fragment = html.unescape(href).partition("#")
            target = posixpath.normpath(posixpath.join(uri, path)) + "/"
            if any(f"{uri}{name}/" == target for name, _ in page.files) or target.removesuffix("/") in kept:
                continue
            if target not in site:
                assert written_by_hand(target), (uri, href)
                continue
            assert not fragment or f'id="{fragment}"' in site[target].html, (uri, href)
            links += 1
    assert links > 500


def test_no_page_carries_styles_scripts_or_addresses_from_the_root(site: Site) -> None:
    for uri, page in site.items():
        if is_mine(uri):
            assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=|(?:href|src)=\"/", page.html), uri
            assert page.html.count("<h1>") == 1, uri


def test_links_out_of_the_portal_tell_nobody_where_the_reader_came_from(site: Site) -> None:
    for uri, page in site.items():
        for link in re.findall(r'<a [^>]*href="https?:[^>]*>', page.html) if is_mine(uri) else ():
            assert "noopener noreferrer" in link, (uri, link)


# Evidence


@pytest.mark.parametrize("version", ["2.4.0", "2.4.1", "2.5.0", "2.6.0"])
def test_the_sheet_has_a_row_for_each_of_the_27_deliverables(
    site: Site, assessment: Assessment, version: str
) -> None:
    table = section(site[f"releases/{version}/evidence/"], "deliverables")
    numbers = re.findall(r'<tr id="d([0-9.]+)"', table)
    assert numbers == [item.number for item in assessment.portal.process.deliverables]
    assert len(numbers) == 27


def test_what_does_not_apply_stands_with_its_reason_and_who_accepted_it(site: Site) -> None:
    line = row(
        section(site["releases/2.4.1/evidence/"], "deliverables"), "Updated user and support documentation"
    )
    assert "Not applicable: No user-visible behaviour changes" in words(line)
    assert "Accepted by Kavita Rao." in words(line)
    assert GREEN not in line


def test_each_record_stands_with_its_digest_and_each_signer_with_the_proof(
    site: Site, assessment: Assessment
) -> None:
    line = row(
        section(site["releases/2.4.0/evidence/"], "deliverables"), "CAB/steering committee signed minutes"
    )
    release = assessment.portal.release("2.4.0")
    assert release is not None
    assert f'data-rp-copy="{release.digest_of("cab-minutes")}"' in line
    assert "Helen Byrne Chair of the Change Advisory Board In roster" in words(line)


def test_a_decision_that_is_no_approval_is_told(site: Site) -> None:
    asked = row(section(site["releases/2.4.0/evidence/"], "deliverables"), "minutes/decision log")
    assert "Rohan Desai Member of the Change Advisory Board In roster Abstain" in words(asked)
    refused = row(
        section(site["releases/2.6.0/evidence/"], "deliverables"), "Release scope doc and change log"
    )
    assert "Daniel Okafor" in words(refused)
    assert "Reject" in words(refused)


def test_a_sign_off_that_is_missing_names_who_can_give_it(site: Site) -> None:
    line = row(
        section(site["releases/2.6.0/evidence/"], "deliverables"), "Stakeholder and compliance officer"
    )
    assert "Sofia Lindqvist Business Stakeholder Due" in words(line)
    assert GREEN not in line


def test_the_digests_on_the_page_are_those_that_sha256sum_finds(sample: Path) -> None:
    page = pages(judge(sample))["releases/2.4.0/evidence/"]
    ((_, listing),) = page.files
    assert sorted(listing.splitlines()) == sorted(shown_digests(page))
    folder = sample / "releases/2.4.0"
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "-"],
        cwd=folder,
        input=listing,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == sum(path.is_file() for path in folder.rglob("*"))


def test_the_copy_button_gives_the_whole_list(site: Site) -> None:
    shown = section(site["releases/2.4.0/evidence/"], "digests")
    copied = re.search(r'data-rp-copy="([^"]+)"', shown)
    assert copied is not None
    assert sorted(copied[1].splitlines()) == sorted(shown_digests(site["releases/2.4.0/evidence/"]))


def test_the_sheet_names_process_generator_and_the_commands(site: Site) -> None:
    page = site["releases/2.4.0/evidence/"]
    text = words(page.html)
    assert "Governed by process 1.0. This sheet measures the release by version 1.1" in text
    assert re.search(r"Made by release-portal [0-9]+\.[0-9]+\.[0-9]+ as of the site's last build", text)
    commands = re.findall(r"<pre><code><span>(.*?)</span>", section(page, "repeat"))
    assert commands == ["python3", "git", "release-portal", "cd"]


def test_an_evidence_file_that_changed_appeared_or_vanished_is_told(sample: Path) -> None:
    folder = sample / "releases/2.4.0/evidence"
    (folder / "junit-features.xml").write_text("<testsuites/>", encoding="utf-8")
    (folder / "surprise.txt").write_text("nobody lists me", encoding="utf-8")
    (folder / "archive-receipt.txt").unlink()
    page = pages(judge(sample))["releases/2.4.0/evidence/"]
    found = section(page, "files")
    assert "Not as stated" in words(row(found, "junit-features.xml"))
    assert "Not stated" in words(row(found, "surprise.txt"))
    assert "Missing" in words(row(found, "archive-receipt.txt"))
    for name in ("junit-features.xml", "surprise.txt", "archive-receipt.txt"):
        assert GREEN not in row(found, name)
    assert "Not complete" in words(page.html.partition("</header>")[0])


def test_evidence_that_is_only_linked_is_not_called_checked(site: Site) -> None:
    linked = site["releases/2.4.0/evidence/"].html.partition("Linked, not copied")[2].partition("</table>")[0]
    assert "Not checked here" in words(linked)
    assert GREEN not in linked


# Deployment


def test_the_deployments_tell_who_approved_and_who_deployed(site: Site) -> None:
    page = site["releases/2.4.0/deployment/"]
    line = row(section(page, "deployments"), "eu-west-1")
    assert "Meera Iyer Yuki Tanaka Separate Succeeded" in words(line)
    assert "Authors of the changes: Tomas Novak, Priya Menon, Liam Walsh, Jonas Weber." in words(page.html)


def test_one_person_in_two_duties_is_told(sample: Path) -> None:
    record = sample / "releases/2.4.0/07-deployment/deployments.yaml"
    edit(record, "approved_by: meera.iyer", "approved_by: yuki.tanaka")
    record.write_text(
        record.read_text().replace(
            "deployed_by: yuki.tanaka\n    approved_by: meera.iyer\n    pipeline: "
            "https://git.dealsphere.example/platform/pipelines/48394",
            "deployed_by: liam.walsh\n    approved_by: meera.iyer\n"
            "    pipeline: https://git.dealsphere.example/platform/pipelines/48394",
        )
    )
    found = section(pages(judge(sample))["releases/2.4.0/deployment/"], "deployments")
    assert "Not separate Yuki Tanaka approved and deployed" in words(row(found, "Staging"))
    assert "Not separate Liam Walsh wrote a change and deployed" in words(row(found, "eu-west-1"))


def test_a_package_whose_records_changed_does_not_match(sample: Path) -> None:
    before = section(pages(judge(sample))["releases/2.4.0/deployment/"], "release-package")
    assert "Matches the records" in words(before)
    edit(sample / "releases/2.4.0/01-planning/scope.md", "## Objectives", "## Objectives\n\nOne more.")
    after = pages(judge(sample))
    for path, id_ in (("deployment/", "release-package"), ("monitoring/", "audit-package")):
        shown = section(after[f"releases/2.4.0/{path}"], id_)
        assert "Records have changed since" in words(shown)
        assert GREEN not in shown


def test_the_header_tells_who_approved_with_proof_and_what_is_only_stated(sample: Path) -> None:
    page = pages(judge(sample))["releases/2.4.0/deployment/"]
    facts = page.html.partition('<dl class="rp-facts">')[2].partition("</dl>")[0]
    assert (
        "Approved by Helen Byrne Chair of the Change Advisory Board In roster Kavita Rao Compliance Officer In roster"
        in words(facts)
    )
    assert "Rohan Desai" not in words(facts)
    assert "Deployed by Yuki Tanaka Run approved by Meera Iyer, Stated in the deployment record" in words(
        facts
    )
    assert "After the deployment" not in words(facts)
    for path in (sample / "releases/2.4.0/signoffs/go-no-go").iterdir():
        path.unlink()
    unsigned = pages(judge(sample))["releases/2.4.0/deployment/"].html.partition("</dl>")[0]
    assert "Approved by Nobody signed the decision" in words(unsigned)


def test_a_decision_after_the_deployment_is_marked_in_the_header(site: Site, sample: Path) -> None:
    def decision(made: Site) -> str:
        facts = made["releases/2.4.1/deployment/"].html.partition("</dl>")[0]
        (found,) = re.findall(r"<dt>Decision</dt><dd>(.*?)</dd>", facts, re.DOTALL)
        return str(found)

    assert "Go After the deployment 2026-08-07 04:30 UTC" in words(decision(site))
    assert "rp-status--missing" not in decision(site)
    edit(sample / "releases/2.4.1/06-approval/go-no-go.md", "retroactive: true\n", "")
    assert "rp-status--missing" in decision(pages(judge(sample)))


def test_a_hotfix_says_that_it_was_decided_on_afterwards(site: Site) -> None:
    assert "Decided after the deployment." in words(section(site["releases/2.4.1/deployment/"], "go-no-go"))


# Monitoring


def test_kpis_are_compared_with_their_thresholds(sample: Path) -> None:
    record = sample / "releases/2.4.0/08-monitoring/health.yaml"
    edit(record, 'measured: "99.98"', 'measured: "99.90"')
    shown = section(pages(judge(sample))["releases/2.4.0/monitoring/"], "health")
    found, _, samples = shown.partition("13 samples over the window")
    assert "2026-07-14 06:14 UTC 99.98 0.19" in words(samples)
    assert "at least 99.95 % 99.90 % Missed" in words(row(found, "Payout API availability"))
    assert "at most 450 ms 297 ms Met" in words(row(found, "Payout API latency, p95"))


def test_an_incident_is_shown_in_full_with_its_cause(site: Site) -> None:
    shown = section(site["releases/2.4.1/monitoring/"], "incident")
    text = words(shown)
    assert "INC-88" in text
    assert "Detected 2026-08-05 16:04 UTC after 24 min" in text
    for heading in ("Summary", "Root cause", "Lessons"):
        assert f">{heading}</h" in shown
    assert re.search(r'href="\.\./retrospective/#A-1"', shown)


def test_no_incident_is_said_only_where_the_health_report_says_so(site: Site) -> None:
    told = words(section(site["releases/2.4.0/monitoring/"], "incident"))
    assert "No incidents in the monitoring window The health report says that there was none from" in told
    assert "Not known yet" in words(section(site["releases/2.5.0/monitoring/"], "incident"))
    assert "Not known yet" in words(section(site["releases/2.6.0/monitoring/"], "incident"))


def test_an_incident_without_a_report_is_missing(sample: Path) -> None:
    (sample / "releases/2.4.1/08-monitoring/incidents/inc-88.md").unlink()
    shown = section(pages(judge(sample))["releases/2.4.1/monitoring/"], "incident")
    assert "inc-88 has no report Missing" in words(shown)
    assert GREEN not in shown


# Notifications, retrospective, runbooks


def test_a_notice_stands_with_when_it_was_sent(site: Site) -> None:
    page = site["releases/2.4.0/notifications/"]
    assert "Sent 2026-07-14 09:30 UTC" in words(section(page, "notice"))
    assert page.html.count('data-rp-source="09-notification/notices/') == 3
    assert re.search(r'<a href="#notice-[a-z-]+">', section(page, "send-log"))


def test_a_notice_that_nobody_sent_is_told(sample: Path) -> None:
    (sample / "releases/2.4.0/09-notification/send-log.yaml").unlink()
    page = pages(judge(sample))["releases/2.4.0/notifications/"]
    assert words(section(page, "notice")).count("Not sent There is no complete send log.") == 3
    assert "Send log: missing" in words(section(page, "send-log"))


def test_only_open_actions_age(site: Site) -> None:
    log = section(site["releases/2.4.0/retrospective/"], "actions")
    assert re.search(r'<span class="rp-age" data-rp-due="2026-10-31">', row(log, "A-2"))
    for id_ in ("A-1", "A-3"):
        assert "data-rp-due" not in row(log, id_)


def test_the_process_change_leads_to_the_version_in_force(site: Site) -> None:
    shown = section(site["releases/2.4.0/retrospective/"], "process-change")
    assert "The process was changed: version 1.1 , which is in force" in words(shown)
    assert "The process stays as it is" in words(
        section(site["releases/2.4.1/retrospective/"], "process-change")
    )


def test_a_runbook_has_its_contacts_before_its_steps(site: Site) -> None:
    shown = site["releases/2.4.0/runbooks/payout-queue-stuck/"].html
    order = [
        shown.index(mark)
        for mark in ("Use this when", "Call, in this order", "payments-primary", ">Steps</h3>")
    ]
    assert order == sorted(order)
    assert "rp-record--steps" in shown
    assert "<pre><code>" in shown


# What is missing, broken, hostile


@pytest.mark.parametrize(
    "path", ["deployment/", "monitoring/", "notifications/", "retrospective/", "runbooks/"]
)
def test_nothing_is_green_where_nothing_is_yet(site: Site, path: str) -> None:
    shown = site[f"releases/2.6.0/{path}"].html
    assert GREEN not in shown
    assert "It is due in phase" in words(shown) or "required only where" in words(shown)
    assert "release-portal" not in words(shown)


BROKEN = {
    "07-deployment/deployments.yaml": ("outcome: succeeded", "outcome: fine", "deployment/", "pipelines/48390"),
    "06-approval/go-no-go.md": ("decision: go", "decision: maybe", "deployment/", "Rohan Desai abstains"),
    "08-monitoring/health.yaml": ("direction: at-least", "direction: up", "monitoring/", "Two anomalies"),
    "09-notification/send-log.yaml": ("channel: email", "channel: pigeon", "notifications/", "2026-07-14 09:30"),
    "10-retrospective/actions.yaml": ("state: done", "state: later", "retrospective/", "HSM firmware upgrade"),
    "05-documentation/runbooks/payout-queue-stuck.md": (
        "owner:", "owners:", "runbooks/payout-queue-stuck/", "payments-primary"
    ),
    "references.yaml": ("checked_on:", "checked:", "evidence/", "Compliance checklist template"),
}  # fmt: skip


@pytest.mark.parametrize("record", BROKEN)
def test_of_a_record_with_errors_nothing_is_shown_but_the_errors(sample: Path, record: str) -> None:
    old, new, path, content = BROKEN[record]
    uri = f"releases/2.4.0/{path}"
    assert content.lower() in pages(judge(sample))[uri].html.lower()
    edit(sample / "releases/2.4.0" / record, old, new)
    after = pages(judge(sample))[uri].html
    shown = after.partition('id="repeat"')[0] if path == "evidence/" else after
    assert "has errors" in words(shown)
    assert 'class="rp-severity rp-severity--error"' in shown
    assert content.lower() not in shown.lower()


def test_a_release_without_a_readable_release_file_has_all_its_pages(sample: Path) -> None:
    (sample / "releases/2.4.0/release.yaml").write_text("version: [\n", encoding="utf-8")
    after = pages(judge(sample))
    for path in MINE:
        assert f"releases/2.4.0/{path}/" in after
    assert "Not known: release.yaml has errors" in words(after["releases/2.4.0/evidence/"].html)
    line = row(after["releases/"].html.partition('aria-label="All releases"')[2], "2.4.0")
    assert GREEN not in line
    assert "release.yaml has errors" in words(line)


@pytest.fixture
def hostile(sample: Path) -> Site:
    """Pages of a sample in which every text that a person wrote below 2.4.0 also holds markup."""
    quoted = HOSTILE.replace("'", "''")
    for path in (sample / "releases/2.4.0").rglob("*.yaml"):
        if "signoffs" not in path.parts:
            text = re.sub(r"^(\s+(?:- )?(?:note|title|describes|name|anomalies|statement): )(?![>|]).*$", rf"\1'{quoted}'",
                          path.read_text(encoding="utf-8"), flags=re.MULTILINE)  # fmt: skip
            path.write_text(text, encoding="utf-8")
    for path in (sample / "releases/2.4.0").rglob("*.md"):
        head, body = path.read_text(encoding="utf-8").removeprefix("---\n").split("\n---\n", 1)
        head = re.sub(
            r"^((?:title|trigger|subject|addressee): )(?![>|]).*$", rf"\1'{quoted}'", head, flags=re.MULTILINE
        )
        body += f"\n{HOSTILE}\n\n[a link](javascript:alert(3))\n\n<b class=rp-status>Done</b>\n"
        path.write_text(f"---\n{head}\n---\n{body}", encoding="utf-8")
    return pages(judge(sample))


def test_markup_in_records_stays_text(hostile: Site) -> None:
    told = 0
    for uri, page in hostile.items():
        if is_mine(uri):
            tags = re.findall(r"<[^>]*>", page.html)
            assert not any(re.match(r"<(?:script|img|b)\b", tag) for tag in tags), uri
            assert not any("javascript:" in tag or re.search(r"\son[a-z]+=", tag) for tag in tags), uri
            told += "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html
            assert "{{ 7 * 7 }} {% raw %}" in page.html or "script&gt;" not in page.html, uri
    assert told >= 7


# The portal's own pages


def test_the_list_of_releases_has_a_cell_for_each_phase(site: Site) -> None:
    page = site["releases/"].html
    versions = re.findall(r'<span class="rp-version">([0-9.]+)</span>', page.partition("</tbody>")[0])
    assert versions == ["2.6.0", "2.5.0", "2.4.1", "2.4.0"]
    assert len(re.findall(r'<td class="rp-heat__cell ', page)) == 40


def test_a_closed_release_with_a_hole_is_not_green(sample: Path) -> None:
    (sample / "releases/2.4.0/09-notification/send-log.yaml").unlink()
    listed = pages(judge(sample))["releases/"].html.partition('aria-label="All releases"')[2]
    assert "Closed, not complete" in words(row(listed, "2.4.0"))
    assert GREEN not in row(listed, "2.4.0")
    assert 'rp-status--claimed">Closed<' in row(
        listed, "2.4.1"
    )  # complete, and only the roster knows its signers


def test_the_process_page_tells_all_that_the_process_asks_for(site: Site, assessment: Assessment) -> None:
    page, process = site["process/"], assessment.portal.process
    text = words(page.html)
    for phase in process.phases:
        assert f'<h2 id="{phase.slug}">' in page.html
        for bullet in (*phase.actions, *phase.deliverables):
            assert f'id="b{bullet.number}"' in page.html
            assert bullet.text in text
    for slot in process.slots:
        assert slot.text in text
    assert "Release Manager release-manager Meera Iyer" in words(
        row(section(page, "roles"), "release-manager")
    )


def test_each_rule_has_a_page_with_its_documentation(site: Site) -> None:
    for rule in all_rules():
        page = site[f"rules/{rule.name}/"]
        assert rule.summary.replace("`", "") in words(page.html)
        assert {"why-it-matters", "how-to-fix"} <= {heading.id for heading in page.toc}, rule.name
        assert f'href="{rule.name}/"' in site["rules/"].html


def test_a_rule_tells_what_breaks_it_now(site: Site, assessment: Assessment) -> None:
    finding = next(one for one in assessment.findings if one.rule == "missing-deliverable")
    assert finding.message in words(section(site["rules/missing-deliverable/"], "open-now"))
    assert "No release breaks this rule now." in words(section(site["rules/duplicate-key/"], "open-now"))


def test_each_record_type_has_a_page_with_every_field(site: Site) -> None:
    for name, type_ in record_types().items():
        page = site[f"records/{name}/"]
        shown = section(page, "fields")
        for field in schema_rows(type_.schema):
            line = row(shown, f"{field.path} {field.label}")
            assert words(line).endswith("Required" if field.required else "Optional"), (name, field.path)
            assert all(f"<code>{word}</code>" in line for word in field.allowed), (name, field.path)
        assert "{" not in section(page, "example").replace("{reason", ""), name
        assert f'href="{name}/"' in site["records/"].html


def test_nested_fields_have_the_path_that_leads_to_them() -> None:
    paths = [field.path for field in schema_rows(record_types()["release"].schema)]
    assert {"tags[].commit", "not_applicable.NAME.reason", "emergency.reason", "roles"} <= set(paths)


def test_links_from_the_root_in_a_docstring_become_relative() -> None:
    text = "Lead.\n\nSee [Records](/records/) and [the day](/records/#day).\n\n## Why\n[Home](/) [out](https://a.example/)"
    made = manual(text, "rules/some-rule/")
    assert made.lead == "Lead."
    assert [one.id for one in made.sections] == ["", "why"]
    found = [link for one in made.sections for link in re.findall(r"\]\(([^)]+)\)", one.text)]
    assert found == ["../../records/", "../../records/#day", "../../", "https://a.example/"]
