"""A record uses YAML that this portal does not accept: tags, anchors, aliases, merge keys, great depth or size.

## Why it matters
Records come by pull request. Tags can name code, aliases and merge keys can make a few hundred bytes
grow without bound, and deep nesting has crashed parsers. A record needs none of them.

## How to fix
Write the value out where it is used. Split a record of more than 256 KB, or one that takes more than
5 seconds or 512 MB to read and to show, or copy bulk data to `evidence/`.
Break a word of more than 2,000 letters with spaces: browsers take seconds to lay it out.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("unsafe-yaml"))
