"""The policy allows the theme's scripts by digest, and none that stands in a page's content."""

import base64
import hashlib

from release_portal.csp import with_policy

FRAME = (
    '<head><meta charset="utf-8"><script>theme()</script>'
    '<script src="a.js"></script><script type="application/json">{{}}</script></head><body>{}</body>'
)


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_a_script_of_the_frame_is_allowed_and_one_of_the_content_is_not() -> None:
    content = "<p>Text</p><script>theirs()</script>"
    page = with_policy(FRAME.format(content), content)

    assert digest("theme()") in page
    assert digest("theirs()") not in page
    assert content in page
    assert page.index("Content-Security-Policy") < page.index("<script>")


def test_nothing_inline_is_allowed_as_a_whole() -> None:
    page = with_policy(FRAME.format(""), "")

    assert "unsafe-inline" not in page
    assert "'unsafe-eval'" not in page
    assert page.count("sha256-") == 1
    assert "default-src 'none'" in page
