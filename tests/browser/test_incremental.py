"""What is kept from build to build, of the whole site and its search: after any edits as of a build from nothing."""

import os
import random
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from release_portal import site
from release_portal.making import Manner
from tests.conftest import copy_sample
from tests.edits import OF_RECORDS, OF_THE_WHOLE, WORDS, some
from tests.serving import served

pytestmark = pytest.mark.usefixtures("settled")
SEQUENCES = -(-int(os.environ.get("EDIT_SEQUENCES", "12")) // 12)
# The pages that all bundles of Pagefind's give for each word, with their texts.
ASKED = """async words => {
  const found = {};
  const {bundles} = await (await fetch("search/manifest.json")).json();
  const pagefind = await import(new URL("search/0/pagefind.js", location.href));
  await pagefind.options({baseUrl: "/", noWorker: true});
  await pagefind.init();
  for (const at of bundles.keys()) if (at) await pagefind.mergeIndex(new URL(`search/${at}/`, location.href).pathname);
  for (const word of words) {
    const {results} = await pagefind.search(word);
    const pages = await Promise.all(results.map(one => one.data()));
    found[word] = pages.map(one => `${one.url} ${one.content}`).sort();
  }
  return found;
}"""


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a site but those that Pagefind writes."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not re.match(r"search/\d+/", name)}


def answers(folder: Path, page: Page) -> dict[str, list[str]]:
    """What the search of a site answers to words that edits put in."""
    with served(folder) as address:
        page.goto(address)
        found: dict[str, list[str]] = page.evaluate(ASKED, list(WORDS))
        return found


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_after_any_edits_the_whole_site_is_that_of_a_build_from_nothing(
    seed: int, tmp_path: Path, open_page: Page
) -> None:
    chance, root = random.Random(seed), copy_sample(tmp_path / "portal")
    site.build(root / "mkdocs.yml", manner=Manner(1))
    before = answers(root / "site", open_page)
    for edit in [*chance.sample(OF_THE_WHOLE, len(OF_THE_WHOLE)), *some(OF_RECORDS, chance)]:
        edit(root, chance)
        site.build(root / "mkdocs.yml", manner=Manner(1))
    shutil.rmtree(tmp_path / "cache")
    site.build(root / "mkdocs.yml", tmp_path / "again", manner=Manner(2))
    edited, again = files(root / "site"), files(tmp_path / "again")

    assert edited.keys() == again.keys()
    assert [name for name in edited if edited[name] != again[name]] == []
    assert any(before.values())
    assert answers(root / "site", open_page) == answers(tmp_path / "again", open_page)
