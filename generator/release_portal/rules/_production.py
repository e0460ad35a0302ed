"""What ran in production before a release."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from release_portal.portal import Portal
from release_portal.release import Release
from release_portal.rules._runs import first_start, last_end


@dataclass(frozen=True, slots=True)
class Before:
    """The release that production ran before another one, and when its deployment had ended."""

    release: Release
    deployed_at: datetime


def before(portal: Portal) -> Mapping[str, Before]:
    """By version, what production ran when the release's own deployment began; as of now where there is none yet.

    Releases that came before the first one with a deployment on record have no entry.
    """
    found = ((last_end(release), release) for release in reversed(portal.releases))
    ended = sorted(((end, release) for end, release in found if end), key=lambda pair: pair[0])
    ends, earlier = [end for end, _ in ended], dict[str, Before]()
    for release in portal.releases:
        place = bisect_left(ends, first_start(release) or portal.as_of) - 1
        if place >= 0 and ended[place][1] is not release:
            earlier[release.version] = Before(ended[place][1], ended[place][0])
    return earlier
