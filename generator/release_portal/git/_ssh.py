"""SSH signatures: what ssh-keygen says of them."""

import re

from release_portal.git.verdict import Check

_GOOD = re.compile(r'Good "[a-z-]+" signature (?:for (?P<principal>.+) )?with \S+ key (?P<key>SHA256:\S+)')
_BROKEN = (
    "incorrect signature",
    "Could not verify signature",
    "Couldn't verify signature",
    "Couldn't parse signature",
)


def read(said: str) -> Check:
    """What ssh-keygen found, whether or not it knows the key."""
    for line in said.splitlines():
        if match := _GOOD.fullmatch(line.strip()):
            return Check("matches", key=match["key"])
    if any(words in said for words in _BROKEN):
        return Check("does not match", detail="the signature does not match what is signed")
    lines = said.strip().splitlines() or ["ssh-keygen gave no result"]
    return Check("not checked", detail=lines[-1][:200])
