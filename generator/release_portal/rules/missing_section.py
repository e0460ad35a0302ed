"""A Markdown record lacks a section, or the section is empty.

## Why it matters
The sections are what a reader looks for: a go/no-go decision without its grounds is half a decision.

## How to fix
Add the heading, exactly as the finding gives it, with two hash signs, and text below it.
"""

from release_portal.rules._rule import Rule, reported_by_reading

RULE = Rule(__name__, reported_by_reading("missing-section"))
