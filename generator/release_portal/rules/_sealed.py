"""What became of a file after a release was sealed, in the words of the history."""

from release_portal.git import Commit
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.seal import Seal
from release_portal.rules._authors import author


def by_whom(portal: Portal, record: Record[Seal], path: str) -> str:
    """`, in COMMIT by PERSON`: the last commit of a file that the seal's own does not hold; empty without a history."""
    own = portal.git.history
    if own is None:
        return ""
    history, seal = own.of(path), own.of(record.path)
    set_in = seal.introduced[-1].commit.id if seal and seal.introduced else ""
    basis = set_in or (record.value.commit if record.value else "")
    changes = history.changes if history else ()
    later = [one.commit for one in changes if not (basis and own.ancestry.holds(basis, one.commit.id))]
    return (
        f", in {later[-1].id[:12]} by {author(portal, later[-1])}" if later else ", and is not committed so"
    )


def set_anew(portal: Portal, record: Record[Seal]) -> Commit | None:
    """The last commit that changed a seal after it was set."""
    own = portal.git.history
    history = own.of(record.path) if own else None
    return history.later[-1].commit if history and history.later else None
