"""What guards the demo in its repository: that of a new portal, and its product repository with it."""

import re
from collections.abc import Iterator
from datetime import date

from release_portal.records.people import Person
from release_portal.starter import Owner, guards

# In CI of a new portal, the line to fill in: a comment until the portal has a product repository.
_CLONE = re.compile(r"# (- .*git clone --quiet )https://git\.example\.com/product \.\./product")


def demo_guards(owner: Person, today: date, url: str, path: str) -> Iterator[tuple[str, str]]:
    """Path and text of each file, where CI clones the product from a URL into a path of the portal."""
    for name, text in guards(Owner(owner.id, owner.name, owner.emails[0]), today):
        if name == ".gitignore":
            yield name, f"{text}/{path.partition('/')[0]}/\n"
        else:
            yield name, _CLONE.sub(rf"\g<1>{url} {path}", text)
