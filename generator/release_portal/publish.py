"""Puts a finished folder in the place of an old one, so that readers see the old or the new, whole.

Work goes on in a hidden folder beside the target, `.site.build` for `site`. A lock in it lets one build
at a time work there; what a killed build left in it is removed, or put right, by the next one.
"""

import ctypes
import errno
import fcntl
import filecmp
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from release_portal.failure import Misconfigured
from release_portal.settings import Audience

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_SITE_FILES = ("404.html", "sitemap.xml")


@contextmanager
def publication(target: Path, audience: Audience = "internal") -> Iterator[Path]:
    """An empty folder to write a site to; it takes the place of `target` if the block ends well.

    Waits while another build works on the same target.

    Raises:
        Misconfigured: the target holds something that is no site, and would be lost; or it holds, or is in, a site for
            another audience.

    """
    target = target.resolve()
    refuse_other(target, audience)
    room = target.parent / f".{target.name}.build"
    room.mkdir(parents=True, exist_ok=True)
    (room / ".gitignore").write_text("*\n")
    with _alone(room / "lock"):
        draft, old = room / "new", room / "old"
        _recover(target, draft, old)
        _check(target)
        refuse_other(target, audience)  # who was waited for may have built for others
        draft.mkdir()
        try:
            yield draft
            if target.exists():
                _share(draft, target)
            _swap(draft, target, old)
        finally:
            _recover(target, draft, old)


def refuse_other(target: Path, audience: Audience) -> None:
    """Refuse a folder that holds, or is in, a site for another audience.

    Raises:
        Misconfigured: it does, or is.

    """
    for folder in (target, *target.parents):
        found = _audience(folder)
        if found and found != audience:
            where = f"{target.name} holds" if folder == target else f"{target.name} is within"
            hint = "build each audience to a folder of its own, outside of the other's; or delete the old site first"
            raise Misconfigured(f"{where} a site for the {found} audience, not the {audience} one", hint)


def _audience(folder: Path) -> str:
    """For whom the site in a folder was built: its site.json says it; an older one is for insiders. Empty for no site."""
    if not all((folder / name).is_file() for name in _SITE_FILES):
        return ""
    try:
        said = json.loads((folder / "site.json").read_bytes())
    except (OSError, ValueError):
        return "internal"
    return "public" if isinstance(said, dict) and said.get("audience") == "public" else "internal"


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Holds a lock that the kernel releases even if the process is killed."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _recover(target: Path, draft: Path, old: Path) -> None:
    """Undo what a killed build left behind: an old site moved away goes back, an unfinished one goes."""
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (draft, old):
        shutil.rmtree(leftover, ignore_errors=True)


def _check(target: Path) -> None:
    if not target.exists():
        return
    names = {entry.name for entry in target.iterdir()} if target.is_dir() else {""}
    if names and (".git" in names or not names.issuperset(_SITE_FILES)):
        hint = "build to a folder of its own; what stands there now would be replaced"
        raise Misconfigured(f"{target.name} holds something other than a built site", hint)


def _share(draft: Path, target: Path) -> None:
    """Let what is as it was before stay the same file: no time changes, and nothing has to be copied to readers again."""
    for folder, _, names in os.walk(draft):
        before = target / Path(folder).relative_to(draft)
        for name in names:
            new, known = os.path.join(folder, name), os.path.join(before, name)
            with suppress(OSError):  # there was none, or it cannot be shared: the new one is as good
                if not os.path.samefile(new, known) and filecmp.cmp(new, known, shallow=False):
                    _share_one(known, new)


def _share_one(known: str, new: str) -> None:
    second = f"{new}.known"
    os.link(known, second)
    try:
        os.replace(second, new)
    except OSError:
        os.unlink(second)  # else it would be published
        raise


def _swap(draft: Path, target: Path, old: Path) -> None:
    """Put the draft in the target's place: in one step where the system can, in two where it cannot."""
    if not target.exists():
        draft.rename(target)
    elif not _exchange(draft, target):
        target.rename(old)
        draft.rename(target)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step with Linux's renameat2; False where that is not to be had."""
    try:
        exchange = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if exchange(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code), str(other))
