"""A record is not YAML that can be read.

## Why it matters
What cannot be read cannot be checked, and what is not checked is never shown as good.

## How to fix
Go to the line and column of the finding. Most often the indentation is off, a quote is not closed,
or text with a colon and a space needs quotes:

    title: "Payouts: new rail"
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("malformed-yaml"))
