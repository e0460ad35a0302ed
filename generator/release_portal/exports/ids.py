"""`/search/ids/`: every id with its places, in files so small that looking one up loads a few kilobytes.

An id's file is told by a hash of it, so that the reader's browser knows which one to ask for; a commit's or a
digest's by its first seven digits, which is as few as somebody may type.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote

from release_portal.assess import Assessment
from release_portal.exports._export import Export, File
from release_portal.exports._identifiers import Identifier, identifiers

FOLDER = "search/ids/"
_SIZE = 8_000  # bytes that a file is meant to have
_SHOWN = 5  # places of one id; where it has more, a register lists them all
_HEX = re.compile(r"[0-9a-f]{7,64}")


def files(assessment: Assessment) -> Iterator[File]:
    """Give the files, and one that says how many there are."""
    entries = {key: _entry(found) for key, found in _by_key(assessment).items()}
    texts = {key: _dump({key: entry})[1:-1] for key, entry in sorted(entries.items())}
    count = 1 << max(0, (sum(map(len, texts.values())) // _SIZE)).bit_length()
    shards: list[list[str]] = [[] for _ in range(count)]
    for key, text in texts.items():
        shards[shard(key, count)].append(text)
    yield File(f"{FOLDER}index.json", _dump({"shards": count}))
    for number, parts in enumerate(shards):
        yield File(f"{FOLDER}{number}.json", f"{{{','.join(parts)}}}")


def key_of(text: str) -> str:
    """An id as it is compared: without upper case, on one line. search-ids.js does the same."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def shard(key: str, count: int) -> int:
    """The number of the file that holds an id: FNV-1a of it, or of the first digits that a commit may be typed with."""
    hash_ = 0x811C9DC5
    for byte in (key[:7] if _HEX.fullmatch(key) else key).encode():
        hash_ = (hash_ ^ byte) * 0x01000193 & 0xFFFFFFFF
    return hash_ % count


def _by_key(assessment: Assessment) -> dict[str, list[Identifier]]:
    found: dict[str, list[Identifier]] = defaultdict(list)
    for one in identifiers(assessment):
        if key := key_of(one.text):
            found[key].append(one)
    return found


def _entry(found: list[Identifier]) -> dict[str, object]:
    """What is known of an id: its newest places, and where there are too many to show, all of them."""
    places = list(dict.fromkeys(found))
    entry: dict[str, object] = {
        "places": [[one.text, one.kind, one.release, one.title[:120], one.uri] for one in places[:_SHOWN]]
    }
    register = next((one.register for one in places if one.register), "")
    if len(places) > _SHOWN and register:
        entry |= {"count": len(places), "all": f"registers/{register}/?find={quote(places[0].text)}"}
    return entry


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


EXPORT = Export("ids", files)
