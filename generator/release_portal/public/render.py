"""Templates of the public pages: an environment of their own, which knows no template and no filter of the internal ones."""

from functools import cache
from pathlib import Path
from typing import Any

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from release_portal import prose
from release_portal.pages._render import day, relative, words

_WEB = ("http://", "https://", "mailto:", "#")


def render(template: str, here: str, **values: Any) -> Markup:
    """A public page's template with its values; `here` is the page's own address, from the site's root."""
    return Markup(_environment().get_template(template).render(here=here, **values))  # noqa: S704  # autoescaped


def kind(name: str) -> str:
    """The name of a kind of document or disclosure, as a reader says it."""
    return words(name).replace("Api ", "API ")


def markdown(text: str, *, top: int = 2) -> Markup:
    """Author's Markdown as clean HTML. A link to a place in the portal leads nowhere here, so its words alone stay."""
    made = str(prose.html(text, top=top))
    return Markup(_cleaner().clean(made))  # noqa: S704  # cleaned by an allow-list


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"url": _url, "day": day, "words": kind, "markdown": markdown}
    return environment


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {tag: set(names) for tag, names in prose.ATTRIBUTES.items()}
    return nh3.Cleaner(
        tags=prose.TAGS,
        attributes=attributes,
        attribute_filter=_attribute,
        link_rel="noopener noreferrer nofollow",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "a" and name == "href" and not value.lower().startswith(_WEB):
        return None
    return value


@pass_context
def _url(context: Context, target: str) -> str:
    return relative(context["here"], target)
