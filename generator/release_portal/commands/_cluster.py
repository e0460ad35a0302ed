"""The cluster that `build` is told of."""

from typing import TYPE_CHECKING

from release_portal.failure import Misconfigured

if TYPE_CHECKING:  # it takes an extra, `[cluster]`
    from release_portal.cluster import Cluster


def cluster(scheduler: str | None, share: str | None) -> "Cluster | None":
    """The cluster of a scheduler's address, which leaves what it makes at a shared place; None where none is wanted.

    Raises:
        Misconfigured: one is given without the other, or the extra `[cluster]` is not installed.

    """
    if scheduler is None and share is None:
        return None
    if not scheduler or not share:
        raise Misconfigured(
            "--scheduler and --cache go together", "workers leave the pages they make at --cache"
        )
    try:
        from release_portal.cluster import Cluster
    except ImportError as error:
        raise Misconfigured(
            "a cluster needs the extra [cluster]", "pip install 'release-portal[cluster]', on every machine"
        ) from error
    return Cluster(scheduler, share)
