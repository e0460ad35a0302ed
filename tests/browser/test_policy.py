"""The policy in a real browser: what got into a page all the same neither runs nor reaches another host."""

import pytest
from playwright.sync_api import Browser

INSERT = """() => new Promise(resolve => {
  const seen = [];
  document.addEventListener("securitypolicyviolation", event => seen.push(event.effectiveDirective));
  const mark = document.createElement("div");
  mark.innerHTML = '<img src="x" onerror="window.ran = true"><img src="https://example.com/pixel.png">';
  document.body.append(mark);
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.body.append(script);
  fetch("https://example.com/").catch(() => {});
  setTimeout(() => resolve([window.ran === true, seen.sort()]), 300);
})"""


@pytest.mark.parametrize("path", ["", "404.html", "releases/2.4.0/evidence/", "guide/", "process/"])
def test_an_injected_script_does_not_run_and_no_host_is_asked(
    path: str, browser: Browser, address: str
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("response", lambda response: asked.append(response.url))
    page.on("requestfailed", lambda request: asked.append(f"{request.failure} {request.url}"))
    page.goto(address + path)
    ran, refused = page.evaluate(INSERT)

    assert not ran
    assert {"script-src-attr", "script-src-elem", "img-src", "connect-src"} <= set(refused)
    foreign = [told for told in asked if "example.com" in told]
    assert foreign == ["csp https://example.com/pixel.png"]
    page.close()
