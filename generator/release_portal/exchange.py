"""Finished parts of a site at a place that several machines share: a folder, or any address that fsspec knows.

One file for each part and key, with a digest before it. What is damaged or of another build is passed over, as if it
were not there. Who can write to the place can put pages into the site: it belongs to the machines that build.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import fsspec

from release_portal import digest
from release_portal.units import Period, inside

_ABOUT = "about.json"


@dataclass(frozen=True, slots=True)
class Exchange:
    """The parts at an address, such as `/srv/share` or `s3://bucket/portal`."""

    url: str

    def send(self, name: str, key: str, period: Period, files: Iterable[tuple[str, bytes]]) -> None:
        """Put a part there.

        Raises:
            OSError: it cannot be written.

        """
        packed = io.BytesIO()
        until = period.until.isoformat() if period.until else None
        about = {"name": name, "key": key, "since": period.since.isoformat(), "until": until}
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(_ABOUT, json.dumps(about))
            for path, content in files:
                archive.writestr(f"files/{path}", content)
        content = packed.getvalue()
        with fsspec.open(self._address(name, key), "wb", auto_mkdir=True) as file:
            file.write(digest.of_bytes(content).encode() + b"\n" + content)

    def fetch(self, name: str, key: str, at: datetime) -> tuple[Period, Mapping[str, bytes]] | None:
        """A part that was made from the same and holds at an instant; None where there is none, or not a whole one."""
        try:
            with fsspec.open(self._address(name, key), "rb") as file:
                seal, _, content = file.read().partition(b"\n")
        except OSError:
            return None
        if seal.decode("ascii", "replace") != digest.of_bytes(content):
            return None
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            about = json.loads(archive.read(_ABOUT))
            until = datetime.fromisoformat(about["until"]) if about["until"] else None
            period = Period(datetime.fromisoformat(about["since"]), until)
            if (about["name"], about["key"]) != (name, key) or at not in period:
                return None
            names = [one for one in archive.namelist() if one != _ABOUT]
            return period, {inside(one.removeprefix("files/")): archive.read(one) for one in names}

    def _address(self, name: str, key: str) -> str:
        return f"{self.url.rstrip('/')}/{name}-{key}.part"
