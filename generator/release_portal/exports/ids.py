"""`/search/ids/`: every id with its places, in files so small that looking one up loads a few kilobytes.

Ids stand in order, so many to a file, and `index.json` says with what each file starts: the reader's browser finds the
file of an id, and ids that begin as it was typed. Commits and digests, which are most of all ids and come evenly, are
told apart by a hash of their first seven digits, as few as somebody may type, so that the index stays small.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from release_portal.assess import Assessment
from release_portal.exports._export import Export, File
from release_portal.exports._identifiers import Identifier, identifiers

FOLDER = "search/ids/"
_SIZE = 8_000  # bytes that a file is meant to have
_SHOWN = 5  # places of one id; where it has more, a register lists them all
_HEX = re.compile(r"[0-9a-f]{7,64}")


def files(assessment: Assessment) -> Iterator[File]:
    """Give the files, and one that says how many there are and which ids each has."""
    texts = {key: _dump({key: _entry(found)})[1:-1] for key, found in _by_key(assessment).items()}
    ordered = sorted((key for key in texts if not _HEX.fullmatch(key)), key=_units)
    starts, parts = _in_order(ordered, texts)
    shards = _by_hash(sorted(texts.keys() - set(ordered)), texts)
    yield File(f"{FOLDER}index.json", _dump({"shards": len(shards), "starts": starts}))
    for name, every in (("from", parts), ("hex", shards)):
        for number, some in enumerate(every):
            yield File(f"{FOLDER}{name}-{number}.json", f"{{{','.join(some)}}}")


def _in_order(keys: Sequence[str], texts: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Keys in their order as files of about one size, and for each file as much of its first key as tells it apart."""
    parts: list[list[str]] = [[]]
    starts, held, last = [""], 0, ""
    for key in keys:
        if held and held + len(texts[key]) > _SIZE:
            starts.append(
                next(key[:end] for end in range(1, len(key) + 1) if _units(key[:end]) > _units(last))
            )
            parts.append([])
            held = 0
        parts[-1].append(texts[key])
        held, last = held + len(texts[key]), key
    return starts, parts


def _by_hash(keys: Sequence[str], texts: Mapping[str, str]) -> list[list[str]]:
    """Commits and digests as files of about one size; their number is a power of two, so that few of them move."""
    count = 1 << max(0, (sum(len(texts[key]) for key in keys) // _SIZE)).bit_length()
    shards: list[list[str]] = [[] for _ in range(count)]
    for key in keys:
        shards[shard(key, count)].append(texts[key])
    return shards


def _units(key: str) -> bytes:
    """What a browser compares text by."""
    return key.encode("utf-16-be", "surrogatepass")


def key_of(text: str) -> str:
    """An id as it is compared: without upper case, on one line. search-ids.js does the same."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def shard(key: str, count: int) -> int:
    """The number of the file that holds a commit or a digest: FNV-1a of the first digits that it may be typed with."""
    hash_ = 0x811C9DC5
    for byte in key[:7].encode():
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
