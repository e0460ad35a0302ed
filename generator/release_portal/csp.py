"""The Content-Security-Policy that each page carries: nothing but the site's own files is loaded or run.

The theme's few inline scripts are allowed one by one, by digest. Scripts within a page's content never are, so that
a script that got there from a record, through a fault of ours, would still not run.
"""

import base64
import hashlib
import re
from functools import lru_cache

_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
_HEAD = re.compile(r"<meta charset=\"?utf-8\"?>")
_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'"
)  # search compiles WebAssembly; the theme's icons are data: images of its own style sheets


def with_policy(html: str, content: str) -> str:
    """A page with its policy in the head; `content` is the part of it that no script is allowed in."""
    frame = html.replace(content, "") if content else html
    scripts = "".join(sorted({_source(script) for script in _SCRIPT.findall(frame)}))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(scripts=scripts)}">'
    return _HEAD.sub(lambda head: head[0] + meta, html, count=1)


@lru_cache(maxsize=64)  # most pages have the same scripts
def _source(script: str) -> str:
    return f" 'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
