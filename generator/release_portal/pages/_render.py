"""Templates of the pages: autoescaped Jinja, with the words, times and links that all of them use."""

import posixpath
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from release_portal import prose
from release_portal.pages._compiled import compiled
from release_portal.pages._plain import plain
from release_portal.progress import Basis, State
from release_portal.proof import Proof
from release_portal.records._evidence import Evidence
from release_portal.release import Release

_WORDS = {
    State.DONE: ("done", "Done"),
    State.IN_PROGRESS: ("progress", "In progress"),
    State.DUE: ("due", "Due"),
    State.MISSING: ("missing", "Missing"),
    State.STALE: ("stale", "Stale"),
    State.NOT_DUE: ("not-due", "Not due"),
    State.NOT_APPLICABLE: ("not-applicable", "Not applicable"),
    State.NOT_CHECKED: ("not-checked", "Not checked here"),
}
_PROOF_WORDS = {
    Proof.STALE: "Stale",
    Proof.CLAIMED: "Claimed",
    Proof.ROSTER: "In roster",
    Proof.COMMIT: "By commit",
    Proof.SIGNED: "Signed",
}


def render(template: str, here: str, **values: Any) -> Markup:
    """A template of this folder with its values; `here` is the page's own address, from the site's root."""
    return Markup(_environment().get_template(template).render(here=here, **values))  # noqa: S704  # autoescaped


def macros(template: str, here: str, **values: Any) -> TemplateModule:
    """The macros of a template as functions, for pieces of a page that are needed one by one."""
    return _environment().get_template(template).make_module({"here": here, **values})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        bytecode_cache=compiled(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "url": _url,
        "time": time,
        "day": day,
        "utc_day": lambda instant: day(instant.astimezone(UTC).date() if instant else None),
        "sentence": lambda text: text[:1].upper() + text[1:],
        "markdown": prose.html,
        "inline": inline,
        "state_class": lambda state: _WORDS[state][0],
        "look": look,
        "state_word": lambda state: _WORDS[state][1],
        "words": words,
        "proof_word": proof_word,
        "last_segment": lambda address: urlsplit(address).path.rstrip("/").rpartition("/")[2] or address,
        "host": lambda address: urlsplit(address).hostname or address,
        "evidence_address": evidence_address,
    }
    environment.tests["backed"] = backed
    return environment


def with_templates(folder: Path) -> Environment:
    """The same for the templates of another folder, which may import those of this one."""
    loaders = [FileSystemLoader(folder), FileSystemLoader(Path(__file__).parent)]
    return _environment().overlay(loader=ChoiceLoader(loaders), bytecode_cache=compiled(folder))


@pass_context
def _url(context: Context, target: str) -> str:
    """Relative address of a page or file of the site, given from the site's root."""
    return relative(context["here"], target)


def relative(here: str, target: str) -> str:
    """Address of `target` as a link on the page `here`; both from the site's root, folders with a slash."""
    path, mark, fragment = target.partition("#")
    *folders, name = path.removeprefix("./").split("/")
    own = here.split("/")[:-1]
    shared = len(posixpath.commonprefix([own, folders]))
    way = "../" * (len(own) - shared) + "".join(f"{one}/" for one in folders[shared:])
    return f"{way}{name}{mark}{fragment}" if way or name else f"./{mark}{fragment}"


def time(instant: datetime | None) -> Markup:
    """An instant in UTC, to the minute, as a `time` element."""
    if instant is None:
        return Markup("")
    utc = instant.astimezone(UTC)
    return Markup('<time datetime="{}">{}</time>').format(
        utc.strftime("%Y-%m-%dT%H:%M:%SZ"), utc.strftime("%Y-%m-%d %H:%M UTC")
    )


def day(value: date | None) -> Markup:
    """A calendar day as a `time` element."""
    if value is None:
        return Markup("")
    return Markup('<time datetime="{0}">{0}</time>').format(escape(value.isoformat()))


def inline(text: str) -> Markup:
    """Plain text in which what stands between two backticks is code; all else is shown as it is."""
    parts = re.split(r"`([^`\n]+)`", plain(text))
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if at % 2 else escape(part) for at, part in enumerate(parts))


def look(one: Any) -> str:
    """Status class of what has a `state` and a `basis`: done is green only where its sign-offs are proved."""
    return "claimed" if one.state is State.DONE and one.basis is not Basis.PROVED else _WORDS[one.state][0]


def words(name: str) -> str:
    """A name of ours, such as `audit-logging`, as a reader says it: `Audit logging`."""
    return name.replace("-", " ").capitalize()


def proof_word(proof: str) -> str:
    """The word for a proof state."""
    return _PROOF_WORDS[Proof(proof)]


def evidence_address(item: Evidence, release: Release) -> str:
    """Where a copied evidence file is listed: its row on the evidence page, which carries this id."""
    return f"releases/{release.version}/evidence/#file-{item.sha256[:12]}"


def backed(items: Sequence[Evidence], release: Release) -> bool:
    """Whether evidence can be checked here: some is copied, and each copy has the digest that is stated."""
    copied = [item for item in items if item.path]
    return bool(copied) and all(
        (file := release.evidence.get(item.path)) is not None and file.sha256 == item.sha256
        for item in copied
    )
