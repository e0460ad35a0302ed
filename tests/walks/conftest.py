"""The demo's portal, built once for those who walk through it with a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Run, run
from tests.serving import served


@pytest.fixture(scope="session")
def address(demo: tuple[Path, Run], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the portal is served, with a slash at the end."""
    site = tmp_path_factory.mktemp("walked") / "site"
    built = run("build", "--site-dir", str(site), cwd=demo[0])
    assert built.code == 0, built.err
    with served(site) as address:
        yield address
