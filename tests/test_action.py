"""The GitHub action and the pre-commit hook, run as the forge and the hook's runner run them."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT, run
from tests.test_init import git

ACTION: Any = yaml.safe_load((ROOT / "action.yml").read_text())
_EXPRESSION = re.compile(r"\$\{\{ (?:inputs\.(\w+)|steps\.(\w+)\.outputs\.(\w+)) \}\}")


@dataclass
class Job:
    """One job in the middle of its work: a checkout, and what steps have said so far."""

    folder: Path
    given: dict[str, str]
    base_ref: str = ""
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    said: str = ""

    def value(self, text: str) -> str:
        """A text with the forge's expressions worked out: inputs, and outputs of steps."""
        inputs = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | self.given
        return _EXPRESSION.sub(lambda at: inputs[at[1]] if at[1] else self.outputs[at[2]][at[3]], text)

    def run(self) -> dict[str, int]:
        """The exit code of each step; as in a composite action, the first that fails ends it."""
        codes = {}
        for step in ACTION["runs"]["steps"]:
            output = self.folder.with_name("output")
            output.write_text("")
            environment = {
                **os.environ,
                **{name: self.value(str(text)) for name, text in step.get("env", {}).items()},
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "GITHUB_ACTION_PATH": str(ROOT),
                "GITHUB_BASE_REF": self.base_ref,
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(self.folder.with_name("summary.md")),
                "GITHUB_WORKSPACE": str(self.folder),
            }
            assert "${{" not in step["run"], "an input in the script itself could be a command"
            assert step["shell"] == "bash"
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            done = subprocess.run(
                command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False
            )
            codes[step["name"]] = done.returncode
            self.said += done.stdout
            told = dict(line.partition("=")[::2] for line in output.read_text().splitlines())
            self.outputs[step.get("id", step["name"])] = told
            if done.returncode:
                break
        return codes


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A clone of a new portal: one planned release, nothing wrong."""
    made = run("init", "portal", "--name", "Ana Silva", "--email", "ana.silva@example.com", cwd=tmp_path)
    assert made.code == 0, made.err
    git(tmp_path / "portal", "add", ".")
    git(tmp_path / "portal", "commit", "--quiet", "-m", "Portal")
    git(tmp_path, "clone", "--quiet", "portal", "clone")
    return tmp_path / "clone"


@pytest.mark.parametrize("base_ref", ["", "main"])
def test_a_good_pull_request_passes_and_is_told_of(base_ref: str, portal: Path) -> None:
    job = Job(portal, {"preview": "preview"}, base_ref)

    assert job.run() == dict.fromkeys(("Install", "Check", "Status", "Preview", "Verdict"), 0)
    assert job.outputs["check"]["base"] == (f"origin/{base_ref}" if base_ref else "")
    assert job.outputs["status"]["ready"] == "false"
    assert "1.0.0" in (portal / "preview/releases/1.0.0/index.html").read_text()
    comment = (portal / "release-portal-report/comment.md").read_text()
    assert comment.startswith("<!-- release-portal -->\n")
    assert comment in (portal.parent / "summary.md").read_text()
    sarif = json.loads((portal / "release-portal-report/findings.sarif").read_text())
    assert sarif["version"] == "2.1.0"
    assert not any(one["level"] == "error" for one in sarif["runs"][0]["results"])


def test_findings_are_annotated_and_the_job_fails_after_everything_was_said(portal: Path) -> None:
    record = portal / "releases/1.0.0/release.yaml"
    record.write_text(record.read_text().replace("type: standard", "type: standrad"))
    job = Job(portal, {"preview": "preview"}, "main")

    assert job.run() == {"Install": 0, "Check": 0, "Status": 0, "Preview": 0, "Verdict": 1}
    assert "::error file=releases/1.0.0/release.yaml,line=4,col=7" in job.said
    assert (portal / "preview/index.html").is_file()
    sarif = json.loads((portal / "release-portal-report/findings.sarif").read_text())
    assert any(one["level"] == "error" for one in sarif["runs"][0]["results"])


def test_what_cannot_be_judged_ends_the_job_at_once(portal: Path) -> None:
    (portal / "mkdocs.yml").write_text("plugins: [")
    job = Job(portal, {})

    assert job.run() == {"Install": 0, "Check": 2}


def test_no_input_is_a_command(portal: Path) -> None:
    hostile = "$(touch PWNED); touch PWNED; `touch PWNED` --help"
    for name in ACTION["inputs"]:
        Job(portal, {name: hostile}).run()
    assert not list(portal.parent.rglob("PWNED"))


def test_the_hook_checks_the_releases_whose_files_change(portal: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    shutil.copytree(portal / "releases/1.0.0", portal / "releases/1.1.0")
    record = portal / "releases/1.1.0/release.yaml"
    record.write_text(
        record.read_text().replace("1.0.0", "1.1.0").replace("type: standard", "type: standrad")
    )
    changed = [
        one for one in git(portal, "ls-files", "-o", "-c").splitlines() if re.search(hook["files"], one)
    ]
    entry = hook["entry"].split()[1:]

    def code(*wanted: str) -> int:
        paths = [one for one in changed if one.startswith(wanted)]
        assert paths
        return run(*entry, *paths, cwd=portal).code

    assert code("releases/1.0.0/") == 0
    assert code("releases/1.1.0/") == 1
    assert code("releases/1.0.0/", "releases/1.1.0/") == 1
    assert code("releases/1.0.0/", "roster/") == 1, "who may sign matters to every release"
