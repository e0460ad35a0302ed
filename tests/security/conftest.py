"""The browser of the browser tests, for what must not run in one."""

from tests.browser.conftest import browser

__all__ = ["browser"]
