"""`/site.json`: as of when the site was made, from which commit where git is asked, by what, and for whom.

Pages read it when they are looked at, so that a page of a closed release is the same file from build to build.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from importlib.metadata import version

from release_portal.assess import Assessment
from release_portal.exports._export import Export, File

PATH = "site.json"


def files(assessment: Assessment) -> Iterator[File]:
    """Give the file."""
    instant = assessment.portal.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    own = assessment.portal.git.history
    document = {
        "as_of": instant,
        **({"commit": own.files.head} if own else {}),
        "generator": f"release-portal {version('release-portal')}",
        "audience": "internal",
    }
    yield File(PATH, json.dumps(document) + "\n")


EXPORT = Export("site", files)
