"""`/site.json`: for whom the site was made. It says neither when nor from which commit."""

import json
from collections.abc import Iterator

from release_portal.exports._export import File
from release_portal.exports.site import PATH
from release_portal.public.exports._public_export import PublicExport
from release_portal.public.values import PublicPortal


def files(portal: PublicPortal) -> Iterator[File]:  # noqa: ARG001  # one shape for all
    """Give the file."""
    yield File(PATH, json.dumps({"audience": "public"}) + "\n")


EXPORT = PublicExport("site", files)
