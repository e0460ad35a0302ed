"""Something in a release's folder is a link, a device, or a file that cannot be opened.

## Why it matters
A link can lead out of the folder, and what it leads to can change without a commit. Only regular
files are read.

## How to fix
Commit the file itself in place of the link.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("irregular-file"))
