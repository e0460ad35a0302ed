"""An approver signs with the commands that they are shown; what they signed changes, and they sign again."""

import json
import os
import re
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.serving import served
from tests.walks.company import Company, founded

APPROVER = "kavita.rao"
SCOPE = "01-planning/scope.md"
SIGN_OFF = f"signoffs/scope/{APPROVER}.yaml"


@pytest.fixture
def company(tmp_path: Path) -> Company:
    """A new portal whose planned release has its scope filled in; all of it is committed."""
    company = founded(tmp_path, date(2026, 1, 1))
    company.fill(
        SCOPE,
        "arjun.nair", "2026-03-25", "Availability", "99.9 % in a month", "pci-dss", "No card number is stored.",
        "Customers get refunds within a minute.", "Refunds.", "Payouts.",
    )  # fmt: skip
    company.commit("meera.iyer", datetime.now(UTC), message="Portal, and the scope of 1.0.0")
    return company


def typed(company: Company, command: str) -> None:
    """Type a command as it was shown, as the approver, whose git signs with their key."""
    person = company.people[APPROVER]
    config = company.folder / "gitconfig"
    config.write_text(
        f"[user]\n\tname = {person.name}\n\temail = {person.emails[0]}\n"
        f"\tsigningkey = {company.keys.of(person)}.pub\n[gpg]\n\tformat = ssh\n"
    )
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": str(config)}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=company.portal,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (command, done.stderr)


def sign_as_shown(company: Company, *options: str) -> None:
    """Do what `check` hints at, and then what `sign` says comes next."""
    checked = company.told("check", "1.0.0").out
    hint = re.search(rf"release-portal (sign 1\.0\.0 scope --as {APPROVER})", checked)
    assert hint, checked
    signed = company.told(*hint[1].split(), *options)
    typed(company, signed.err.partition(f"Commit it alone, as {APPROVER}: ")[2])


def told(company: Company) -> tuple[set[str], str | None]:
    """Rules that `check` names of the scope and its compliance officer, and what `status` says waits for them."""
    checked = re.split(r"\n\n(?=\S)", company.told("check", "1.0.0").out)
    rules = {
        re.findall(r"\[([a-z-]+)\]$", one.splitlines()[0])[0]
        for one in checked
        if f"scope --as {APPROVER}" in one
    }
    (release,) = json.loads(company.told("status", "1.0.0", "--format", "json", code=1).out)["releases"]
    waiting = [
        one["kind"]
        for one in release["open"]
        if one["record"] == "scope" and one["people"][0]["id"] == APPROVER
    ]
    return rules, next(iter(waiting), None)


def shown(company: Company, page: Page, address: str) -> str:
    """The approver's row on the page of sign-offs, and what it unfolds below, as it is published now."""
    company.told("build", "--site-dir", str(company.folder / "site"))
    page.goto(f"{address}releases/1.0.0/signoffs/")
    row = page.locator("#scope ~ tr", has_text="Kavita Rao").first
    below = row.locator("xpath=following-sibling::tr[1][contains(@class, 'rp-detail')]")
    return " ".join([row.inner_text(), *below.all_inner_texts()])


def repeat_as_shown(company: Company, page: Page) -> None:
    """Type the commands that the page unfolds below the sign-off, in a clone."""
    commands = page.locator("details.rp-more .rp-command code").all_text_contents()
    clone = company.folder / "clone"
    subprocess.run(["git", "clone", "--quiet", str(company.portal), str(clone)], check=True)
    sums, log, signature = (
        subprocess.run(["bash", "-c", one], cwd=clone, capture_output=True, text=True, check=True).stdout
        for one in commands
    )
    assert f"digest: {sums.split()[0]}" in (clone / "releases/1.0.0" / SIGN_OFF).read_text()
    assert [line.split()[2:4] for line in log.splitlines()] == [["G", f"{APPROVER}@example.com"]] * 2
    assert f'Good "release-portal" signature for {APPROVER}@example.com' in signature


def test_an_approver_signs_what_changes_and_signs_again(company: Company, browser: Browser) -> None:
    site = company.folder / "site"
    site.mkdir()
    context = browser.new_context()
    page = context.new_page()
    with served(site) as address:
        assert told(company) == ({"missing-sign-off"}, "sign-off")

        sign_as_shown(company)
        assert told(company) == (set(), None)

        scope = company.release / SCOPE
        scope.write_text(scope.read_text().replace("Refunds.", "Refunds, and payouts to cards."))
        company.commit("arjun.nair", datetime.now(UTC), SCOPE, message="Payouts to cards too")
        assert told(company) == ({"stale-sign-off"}, "stale")
        stale = shown(company, page, address)
        assert ("Stale" in stale, "changed after this sign-off" in stale) == (True, True)
        assert company.writer._run("rev-parse", "HEAD")[:7] in stale  # which commit did it

        sign_as_shown(company, "--key", str(company.keys.of(company.people[APPROVER])))
        assert told(company) == (set(), None)
        again = shown(company, page, address)
        assert ("Approved" in again, "Detached signature" in again, "Stale" in again) == (True, True, False)
        repeat_as_shown(company, page)
    context.close()
