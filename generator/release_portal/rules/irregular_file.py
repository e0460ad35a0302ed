"""Something in a release's folder is a link, a device, a submodule, or a file that cannot be opened.

## Why it matters
A link can lead out of the folder, and what it leads to can change without a commit. Of a submodule this repository
holds a commit id only: its files can vanish with the other repository. Only regular files are read.

## How to fix
Commit the file itself in place of the link, and the files themselves in place of the submodule.
"""

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule, reported_by_reading

_reported = reported_by_reading("irregular-file")


def check(portal: Portal) -> Problems:
    """Hand on what reading found, and look for submodules in the commit: on disk an empty folder may be all of one."""
    on_disk = tuple(_reported(portal))
    yield from on_disk
    told = {one.location.path for one in on_disk}
    tree = portal.git.history.files.tree if portal.git.history else {}
    for path, blob in tree.items():
        parts = path.split("/")
        if blob.is_submodule and parts[0] == "releases" and path not in told:
            version = parts[1] if len(parts) > 2 else ""
            yield Problem(
                Location(path),
                "is a submodule: its files are not here",
                "commit the files themselves",
                version,
            )


RULE = Rule(__name__, check)
