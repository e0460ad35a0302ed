"""The process document: the project's own, bullets with and without comment, every fault, hostile text."""

import pickle
import re
import time
from datetime import date
from pathlib import Path

import pytest

from release_portal import process, records, source
from release_portal.process import Binding, Process
from release_portal.records._record import RecordType
from release_portal.registry import collect
from release_portal.source import Unreadable
from release_portal.source._words import LONGEST

ROOT = Path(__file__).parents[1]
KNOWN = [one.name for one in collect(records, "RECORD", RecordType) if one.home == "phase"]

FRONT = """\
---
name: Example process
version: "1.1"
effective: 2026-08-01
hotfix_fill_days: 10
retention_years: 8
roles:
  qa-lead: QA Lead
  cab-chair: Chair of the CAB
---
"""  # 10 lines

PLAN = """\
## 1. Plan
**Deliverables:**

- Scope <!-- records: scope -->
"""  # lines 11 to 14

FEW = ["scope", "changes", "document"]  # record types where a test shows the whole hint

DELIVERABLES = """\
1.1 Release scope doc and change log (in tracker/system)
1.2 CAB/steering committee signed minutes
1.3 Stakeholder and compliance officer approval
2.1 Risk assessment report
2.2 Completed compliance checklist(s)
2.3 Signoff by named compliance or InfoSec owner
3.1 Signed code review and security scan artefacts
3.2 Patch/upgrade exception and acceptance-of-risk forms (if any)
4.1 Test summary with CI/CD run reports
4.2 Access and deployment logs demonstrating SoD
4.3 Pre-production simulated rollback/test signoff
5.1 Release notes (public and internal/audit)
5.2 Updated user and support documentation
5.3 Knowledge base and runbook updates
6.1 Signed-off release package
6.2 CAB “Go/No-Go” minutes/decision log
6.3 Documented deployment/rollback plan
7.1 Annotated Git tag and deployment records (timestamped, user-attributed)
7.2 Monitoring and security dashboards updated for new release
8.1 Health, availability, and anomaly reporting dashboard
8.2 Emergency action/RCA report for incidents
8.3 Audit artefact package for retention
9.1 Copies of all notifications
9.2 Notification send log (time, audience)
10.1 Retrospective/post-mortem document with action log
10.2 Updated release-process.md
10.3 Evidence of assigned improvement actions""".splitlines()


def parse(text: str, known: list[str] = KNOWN) -> tuple[Process | None, list[str]]:
    found, findings = process.parse(source.parse("release-process.md", text.encode()), known)
    assert {finding.rule for finding in findings} <= {"malformed-process"}
    assert {finding.severity for finding in findings} <= {"error"}
    return found, [
        f"{one.location} {one.message} | {one.hint}".removeprefix("release-process.md:") for one in findings
    ]


def good(text: str) -> Process:
    found, faults = parse(text)
    assert faults == []
    assert found is not None
    return found


@pytest.fixture(scope="module")
def own() -> Process:
    return good((ROOT / "release-process.md").read_text("utf-8"))


def test_own_process_has_its_front_matter(own):
    assert (own.version, own.effective, own.hotfix_fill_days, own.retention_years) == (
        "1.1",
        date(2026, 8, 1),
        10,
        8,
    )
    assert own.roles["infosec-owner"] == "Information Security Owner"
    assert len(own.roles) == 16
    assert own.path == "release-process.md"
    assert own.digest == source.read(ROOT, own.path).digest
    assert own.intro.startswith("Every production release of the DealSphere Platform")


def test_own_process_has_ten_phases_with_their_folders(own):
    assert [phase.folder for phase in own.phases] == [
        "01-planning",
        "02-compliance",
        "03-development",
        "04-testing",
        "05-documentation",
        "06-approval",
        "07-deployment",
        "08-monitoring",
        "09-notification",
        "10-retrospective",
    ]
    assert own.phases[8].title == "Customer & Regulatory Notification (as required)"
    assert all(phase.intro.count(". ") or phase.intro.count(".\n") for phase in own.phases)


def test_own_process_has_27_deliverables_word_for_word(own):
    assert [f"{item.number} {item.text}" for item in own.deliverables] == DELIVERABLES
    assert own.phases[0].documents == ()


def test_own_process_has_all_actions(own):
    assert [len(phase.actions) for phase in own.phases] == [3, 3, 3, 3, 2, 2, 3, 3, 2, 2]
    assert own.phases[9].actions[1].number == "10.b"


def test_own_process_has_six_slots(own):
    assert [slot.slug for slot in own.slots] == [
        "tracker",
        "compliance-checklist-template",
        "security-access-policy",
        "test-qa-results",
        "support-oncall-escalation",
        "regulatory-contacts",
    ]
    assert own.slots[0].text == "Change/Incident Tracker/System"


def test_own_process_gives_every_record_type_one_home(own):
    homes = [name for phase in own.phases for name in phase.record_types]
    assert sorted([*homes, "document"]) == sorted(KNOWN)
    assert own.home("actions").slug == "retrospective"
    assert own.home("threat-model").slug == "development"
    assert own.home("document") is None


def test_own_process_binds_signers_and_conditions(own):
    bound = {item.number: item.binding for item in own.deliverables}
    assert bound["1.3"] == Binding(("scope", "changes"), ("stakeholder", "compliance-officer"))
    assert bound["3.2"] == Binding(("exceptions",), optional=True, when="failed-control")
    assert bound["9.1"] == Binding(("notice",), optional=True, when="impact")
    assert own.phases[2].actions[2].binding == Binding(("threat-model",), optional=True, when="high-risk")
    assert {one.when for one in bound.values()} | {"high-risk"} == {"", *process.CONDITIONS}


def test_order_counts_ended_and_unknown_phases_as_past_the_last(own):
    assert own.order("planning") == 1
    assert own.order("retrospective") == 10
    assert own.order("closed") == own.order("withdrawn") == own.order("plannign") == 11


def test_a_process_survives_pickling(own):
    assert pickle.loads(pickle.dumps(own)) == own


def test_a_bullet_without_comment_becomes_a_document():
    text = (ROOT / "release-process.md").read_text("utf-8")
    line = "- Risk assessment report <!-- records: risk-assessment -->\n"
    assert line in text
    phase = good(text.replace(line, f"{line}- Vendor & sub-processor review (as required)\n")).phase(
        "compliance"
    )
    new = phase.deliverables[1]
    assert (new.number, new.text) == ("2.2", "Vendor & sub-processor review (as required)")
    assert new.document == "vendor-sub-processor-review-as-required"
    assert new.binding == Binding(("document",), optional=True)
    assert phase.documents == (new,)
    assert "document" not in phase.record_types


def test_a_document_can_ask_for_signers():
    item = good(f"{FRONT}{PLAN}- Café rules <!-- signed-by: qa-lead, qa-lead -->\n").deliverables[1]
    assert (item.document, item.binding) == ("cafe-rules", Binding(("document",), ("qa-lead",)))


@pytest.mark.parametrize(
    "bullet",
    [
        "- Change log <!-- records: changes, scope; signed-by: cab-chair; optional; when: impact -->",
        "- Change log <!--records:changes,scope;when:impact;signed-by:cab-chair;-->",
        "- Change\n  log\n  <!-- records: changes, scope; when: impact; signed-by: cab-chair -->",
        "- Change log <!-- records:\n    changes, scope; when: impact;\n    signed-by: cab-chair -->",
        "* **Change** [log](#x) <!-- records: changes, scope; signed-by: cab-chair; when: impact -->",
        "1. Change `log`\n\n   <!-- records: changes, scope; signed-by: cab-chair; when: impact -->",
    ],
)
def test_a_comment_binds_however_it_is_laid_out(bullet):
    item = good(f"{FRONT}{PLAN}\n{bullet}\n").deliverables[1]
    assert item.text == "Change log"
    assert item.binding == Binding(("changes", "scope"), ("cab-chair",), optional=True, when="impact")
    assert (item.document, item.line) == ("", 16)


def test_windows_line_ends_change_nothing():
    text = (ROOT / "release-process.md").read_text("utf-8")
    assert good(text.replace("\n", "\r\n")) == good(text)


def test_text_that_is_no_phase_may_stand_between():
    text = (
        f"{FRONT}<!-- markdownlint-disable -->\n# Title\n\nWhy.\n\n- one\n\n{PLAN}\n### Note\n\n> - quoted\n"
    )
    found = good(text)
    assert found.intro == "Why."
    assert len(found.deliverables) == 1
    assert found.phases[0].slug == "plan"


def test_actions_are_lettered_beyond_z():
    actions = "".join(f"- Do {number}\n" for number in range(28))
    found = good(f"{FRONT}{PLAN}\n**Actions:**\n\n{actions}")
    assert [item.number for item in found.phases[0].actions][25:] == ["1.z", "1.aa", "1.ab"]


KEYS = "name, version, effective, hotfix_fill_days, retention_years, roles"
ROLES = "roles:\n  qa-lead: QA Lead\n  cab-chair: Chair of the CAB\n"
ROLE_HINT = "write a line `role-id: Title` for each role that signs"


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            "retention_years: 8\n",
            "",
            [
                "2:1 key 'retention_years' is missing"
                " | years for which a release's records are kept: write a count such as 10"
            ],
        ),
        (
            "version:",
            "vresion:",
            [
                "2:1 key 'version' is missing"
                " | version of the process, which releases refer to: write two numbers such as 1.1",
                f"3:1 unknown key 'vresion' | did you mean 'version'? Allowed: {KEYS}",
            ],
        ),
        ("roles:", "owner: me\nroles:", [f"7:1 unknown key 'owner' | allowed: {KEYS}"]),
        ('"1.1"', "v2", ["3:10 'v2' is no process version | write two numbers such as 1.1"]),
        ("Example process", "", ["2:6 'name' is no text | write the name of the process"]),
        ("08-01", "06-31", ["4:12 '2026-06-31' is no day | write a day that exists, as YYYY-MM-DD"]),
        ("_days: 10", "_days: ten", ["5:19 'ten' is no whole number | write a count such as 10"]),
        (
            "_days: 10",
            "_days: [1]",
            ["5:19 'hotfix_fill_days' is no whole number | write a count such as 10"],
        ),
        (ROLES, "", [f"2:1 key 'roles' is missing | {ROLE_HINT}"]),
        (ROLES, "roles: [qa-lead]\n", [f"7:8 'roles' must be a group of fields | {ROLE_HINT}"]),
        ("qa-lead:", "QA Lead:", ["8:3 'QA Lead' is no role id | use a-z, 0-9 and dashes: qa-lead"]),
        ("QA Lead", "[QA]", ["8:12 role 'qa-lead' has no title | write it as `qa-lead: Title`"]),
    ],
)
def test_faults_of_the_front_matter(old, new, faults):
    assert old in FRONT
    found, told = parse(FRONT.replace(old, new, 1) + PLAN)
    assert told == faults
    usable = any(words in told[0] for words in ("'owner'", "role id", "no title"))
    assert (found is not None) == usable


def test_a_document_without_front_matter_lacks_all_keys():
    found, faults = parse(PLAN)
    assert found is None
    assert [fault.partition(" is missing")[0] for fault in faults] == sorted(
        f"1:1 key '{key}'" for key in KEYS.split(", ")
    )


def test_front_matter_must_have_keys():
    found, faults = parse(f"---\n- name\n---\n{PLAN}")
    assert found is None
    assert faults == ["2:1 front matter must be a group of fields | write it as `key: value`"]


LABEL = "put `**Actions:**` or `**Deliverables:**` on the line above it"
GRAMMAR = "write lower-case words as `key: word, word; key: word`"


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        pytest.param(
            "# Only a title\n",
            ["11:1 the document has no phases | write one as `## 1. Title`"],
            id="no phases",
        ),
        pytest.param(
            PLAN.replace("1.", "2."),
            ["11:4 phase 2 stands where 1 is due | number phases from 1 in order"],
            id="does not begin with 1",
        ),
        pytest.param(
            f"{PLAN}\n{PLAN.replace('1. Plan', '3. Test')}\n{PLAN.replace('1. Plan', '4. Deploy')}",
            ["16:4 phase 3 stands where 2 is due | number phases from 1 in order"],
            id="a number left out is told once",
        ),
        pytest.param(
            f"{PLAN}\n{PLAN.replace('1. Plan', 'Test')}",
            [
                "16:4 'Test' has no number"
                " | number the phase, `## 2. Title`, or use `###` for what is no phase"
            ],
            id="no number",
        ),
        pytest.param(
            f"{PLAN}\n{PLAN.replace('1. Plan', '2. Test  <!-- phase: plan -->')}",
            ["16:25 phase slug 'plan' is taken | choose another word"],
            id="duplicate phase slug",
        ),
        pytest.param(
            PLAN.replace("Plan", "Closed"),
            ["11:4 phase slug 'closed' is taken | choose another word"],
            id="reserved phase slug",
        ),
        pytest.param(
            PLAN.replace("Plan", "योजना"),
            ["11:4 'योजना' gives no name for a file | use a word of the letters a-z in it"],
            id="no slug",
        ),
        pytest.param(
            "## 1. Plan\n\n**Actions:**\n\n- Think\n",
            ["11:4 phase 1 has no deliverables | list them below `**Deliverables:**`"],
            id="phase without deliverables",
        ),
        pytest.param(
            "## 1. Plan\n\n**Deliverable:**\n\n- Scope\n",
            [
                "11:4 phase 1 has no deliverables | list them below `**Deliverables:**`",
                f"15:1 the list has no label, so it is not read | {LABEL}",
            ],
            id="misspelt label",
        ),
        pytest.param(
            f"{PLAN}\n### 2. Test\n\n**Deliverables:**\n\n- Report\n",
            [
                "18:1 a second list of deliverables in one phase"
                " | join the two, or give the heading of a new phase its two `#`"
            ],
            id="heading of the next phase is too low",
        ),
        pytest.param(
            f"{PLAN}- Report\n  - Part one\n",
            ["16:3 a list within a bullet is not read | make its items bullets of their own"],
            id="nested list",
        ),
        pytest.param(
            f"{PLAN}- <!-- records: changes -->\n",
            ["15:1 the bullet has no text | write what it asks for"],
            id="bullet without text",
        ),
        pytest.param(
            f"{PLAN}- Penetration test\n- Report\n- *Penetration*  test\n",
            ["17:3 document 'penetration-test' is taken | word one of the two bullets differently"],
            id="duplicate document",
        ),
        pytest.param(
            f"{PLAN}- Changes\n",
            [
                "15:3 'Changes' is the name of a record type"
                " | add `<!-- records: changes -->`, or word it differently"
            ],
            id="document under the name of a record type",
        ),
        pytest.param(
            f"{PLAN}\n## References\n\n- Tracker\n- Other <!-- slot: tracker -->\n",
            ["19:20 slot 'tracker' is taken | remove one of the two, or choose another word"],
            id="duplicate slot",
        ),
        pytest.param(
            f"{PLAN}\n## References\n\n- Tracker <!-- records: scope -->\n",
            ["18:16 unknown key 'records' | allowed: slot"],
            id="key of another place",
        ),
        pytest.param(
            f"{PLAN}- {'long ' * 201}\n",
            ["15:3 the text is longer than 1000 characters | say it in a sentence"],
            id="long text",
        ),
        pytest.param(
            PLAN + "\n" * 5000,
            ["5011:1 the text is longer than 5000 lines | what follows is not read: shorten the document"],
            id="long document",
        ),
        pytest.param(
            f"{PLAN}\n<!-- note\n\n## 2. Test\n",
            ["16:1 the comment does not end | end it with `-->`"],
            id="endless comment between phases",
        ),
    ],
)
def test_faults_of_the_structure(body, faults):
    found, told = parse(FRONT + body, FEW)
    assert told == faults
    assert (found is None) == (body == "# Only a title\n")


@pytest.mark.parametrize(
    ("comment", "faults"),
    [
        (
            "records: chnages",
            ["21 unknown record type 'chnages' | did you mean 'changes'? Allowed: scope, changes"],
        ),
        ("records: scope, qq", ["28 unknown record type 'qq' | allowed: scope, changes"]),
        ("records: document", ["21 unknown record type 'document' | allowed: scope, changes"]),
        (
            "signed-by: qa-laed",
            ["23 unknown role 'qa-laed' | did you mean 'qa-lead'? Allowed: qa-lead, cab-chair"],
        ),
        (
            "record: scope",
            ["12 unknown key 'record' | did you mean 'records'? Allowed: records, signed-by, optional, when"],
        ),
        (
            "records: scope; when: impcat",
            [
                "34 unknown condition 'impcat'"
                " | did you mean 'impact'? Allowed: impact, high-risk, incident, failed-control"
            ],
        ),
        ("records: scope changes", [f"27 the comment does not parse at 'changes' | {GRAMMAR}"]),
        ("records: scope,", [f"26 the comment does not parse at ',' | {GRAMMAR}"]),
        ("records: scope; Optional", [f"28 the comment does not parse at 'Optional' | {GRAMMAR}"]),
        ("; optional", [f"12 the comment does not parse at ';' | {GRAMMAR}"]),
        ("records", ["12 'records' names nothing | write `records: word`"]),
        ("records: scope; optional: yes", ["38 'optional' takes no word | remove 'yes'"]),
        ("records: scope; when: impact, incident", ["42 'when' takes one word | remove 'incident'"]),
        (
            "records: scope; records: changes",
            ["28 'records' stands twice | list all its words once, parted by commas"],
        ),
        (
            "records: scope --> <!-- optional",
            ["31 a second comment | write all in one, parted by semicolons"],
        ),
        (
            "recrods: scope; signed-by: boss; when: ever",
            [
                "12 unknown key 'recrods'"
                " | did you mean 'records'? Allowed: records, signed-by, optional, when",
                "39 unknown role 'boss' | allowed: qa-lead, cab-chair",
                "51 unknown condition 'ever' | allowed: impact, high-risk, incident, failed-control",
            ],
        ),
    ],
)
def test_faults_of_a_comment(comment, faults):
    found, told = parse(f"{FRONT}{PLAN}- Log <!-- {comment} -->\n", FEW)
    assert told == [f"15:{fault}" for fault in faults]
    item = found.deliverables[1]
    assert (item.text, item.document) == ("Log", "log"), "until the comment is mended, a document is missing"
    assert item.binding.records == ("document",)
    assert not item.binding.optional


def test_a_comment_that_does_not_end_is_told_and_binds_nothing():
    found, told = parse(f"{FRONT}{PLAN}- Log <!-- records: changes\n- Report\n  <!-- optional\n", FEW)
    hint = "end it with `-->`"
    assert told == [f"15:7 the comment does not end | {hint}", f"17:3 the comment does not end | {hint}"]
    assert [item.binding for item in found.deliverables[1:]] == [Binding(("document",))] * 2


def test_words_of_a_comment_on_several_lines_are_told_where_they_stand():
    _, told = parse(
        f"{FRONT}{PLAN}- Log of “all” <!-- records: scope,\n      chnages; when:\n  evr -->\n", FEW
    )
    assert [fault.partition(" ")[0] for fault in told] == ["16:7", "17:3"]


def test_the_comment_of_an_action_must_name_records():
    found, told = parse(f"{FRONT}{PLAN}\n**Actions:**\n\n- Think <!-- optional -->\n", FEW)
    assert told == ["18:3 the action's comment names no records | add `records: name`, or remove the comment"]
    assert found.phases[0].actions[0].binding is None


def test_a_faulty_comment_keeps_the_home_of_the_types_that_it_names():
    found, _ = parse(f"{FRONT}{PLAN}- Log <!-- records: changes, chagnes -->\n")
    assert found.home("changes").slug == "plan"


def test_faults_are_collected_and_told_in_order():
    text = FRONT.replace("version:", "versoin:") + PLAN.replace("scope", "scpoe") + "\n## 3. Test\n"
    found, told = parse(text, FEW)
    assert found is None
    assert [re.match(r"[0-9:]+", fault)[0] for fault in told] == ["2:1", "3:1", "14:23", "16:4", "16:4"]


HOSTILE = {
    "brackets": "- " + "[" * 10_000 + "\n",
    "lines of brackets": ("- " + "[" * 990 + "\n") * 200,
    "images": ("- " + "![" * 495 + "\n") * 200,
    "open comments": "- a " + "<!--" * 50_000 + "\n",
    "open comments in blocks": "- a\n  " + "<!--" * 50_000 + "\n",
    "comments": ("- a " + "<!-- -->" * 120 + "\n") * 200,
    "nested lists": "".join("  " * level + "- a\n" for level in range(300)),
    "nested lists on one line": "- " * 100_000 + "a\n",
    "quotes": "> " * 18 + "a\n" + "a\n" * 100_000,
    "markup": "<div><script>alert(1)</script>\n" * 6_000,
    "entities": "- " + "&" * 200_000 + "\n",
    "bullets": "- a\n" * 50_000,
    "phases": "## 1. a\n" * 25_000,
    "tabs": "-\t" + "\t" * 200_000 + "a\n",
    "words": ("- a <!-- records: " + ", ".join(f"w{n}" for n in range(150)) + " -->\n") * 240,
    "spaces": ("- a <!-- records" + " " * 900 + "! -->\n") * 200,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_does_no_harm(body):
    text = (FRONT + PLAN + body)[:256_000]
    began = time.process_time()
    if max(map(len, text.split())) > LONGEST:
        with pytest.raises(Unreadable, match="a word of more than"):
            parse(text)
        return
    found, told = parse(text)
    assert found is not None
    assert len(told) == len(set(told)) or body in (HOSTILE["comments"], HOSTILE["phases"])
    assert time.process_time() - began < 60, "a guard against hanging, no benchmark"


def test_markup_in_a_bullet_is_left_out_of_its_text():
    item = good(f"{FRONT}{PLAN}- Pen <b onclick='x()'>test</b> &amp; \\<report\\>\n").deliverables[1]
    assert (item.text, item.document) == ("Pen test & <report>", "pen-test-report")
