"""What mkdocs.yml says to this tool: the options of its `release-portal` plugin.

mkdocs.yml is trusted (its owner builds the site), and MkDocs gives it tags of its own, so it is read
here and not by the reader of records; MkDocs itself is not imported for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from release_portal.failure import Misconfigured

Proof = Literal["roster", "commit", "signed"]
Audience = Literal["internal", "public"]
PLUGIN = "release-portal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A product repository whose tags carry releases.

    `path` is its git directory or work tree, relative to the portal's root; `url` its web address;
    `tag_pattern` the tag's name with `{version}` in it; `required` makes its absence stop a check.
    """

    name: str
    path: str
    url: str = ""
    tag_pattern: str = "v{version}"
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSite:
    """How the site for the public calls itself. `site_url` has a slash at its end, or is empty.

    `may_say` are internal texts that its owners let stand in it, such as a version that pages by hand announce.

    Nothing of it is taken from the internal site, whose address outsiders must not learn.
    """

    site_name: str = "Releases"
    site_url: str = ""
    site_description: str = ""
    may_say: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Options of a portal. `proof` is the least state that a sign-off needs to count.

    `site_url` is the address at which the site will be, with a slash at its end; empty where nobody has said.
    `config` is the name of the file that says all this; `git_required` whether the command line asks for git.
    """

    site_name: str = "Release portal"
    site_url: str = ""
    site_dir: str = "site"
    proof: Proof = "roster"
    repositories: tuple[Repository, ...] = ()
    strict: bool = False
    config: str = "mkdocs.yml"
    git_required: bool = False
    public: PublicSite = PublicSite()

    def requiring_git(self) -> "Settings":
        """The same settings with every product repository required, as CI wants it."""
        required = tuple(replace(one, required=True) for one in self.repositories)
        return replace(self, repositories=required, git_required=True)

    def judging_as(self, other: "Settings") -> "Settings":
        """The same settings with all that decides how strictly records are judged taken from others."""
        taken = replace(self, proof=other.proof, strict=other.strict, repositories=other.repositories)
        return taken.requiring_git() if self.git_required else taken

    @classmethod
    def from_mapping(cls, options: Mapping[str, Any], **site: Any) -> "Settings":
        """Settings from the plugin's options and, as keywords, from mkdocs.yml's own keys.

        Raises:
            Misconfigured: an option is unknown or has a value that it cannot have.

        """
        unknown = sorted(set(options) - {"proof", "public", "repositories", "strict", "search"})
        if unknown:
            raise Misconfigured(
                f"mkdocs.yml: plugin {PLUGIN} has no option '{unknown[0]}'",
                "options: proof, public, repositories, strict, search",
            )
        proof: Any = options.get("proof") or "roster"
        if proof not in get_args(Proof):
            raise Misconfigured(f"mkdocs.yml: proof is '{proof}'", f"allowed: {', '.join(get_args(Proof))}")
        repositories = tuple(_repository(item) for item in options.get("repositories") or ())
        if site.get("site_url"):
            site["site_url"] = site["site_url"].rstrip("/") + "/"
        public = _public(options.get("public") or {})
        strict = bool(options.get("strict"))
        return cls(proof=proof, repositories=repositories, strict=strict, public=public, **site)

    def folder(self, audience: Audience) -> str:
        """The folder of the site for an audience, where the command line names none."""
        return self.site_dir if audience == "internal" else f"{self.site_dir.rstrip('/')}-public"


def read(config: Path) -> Settings:
    """Settings of the portal that a mkdocs.yml describes.

    Raises:
        Misconfigured: there is no such file, it is no YAML, or the plugin is not configured in it.

    """
    if config.is_symlink():
        raise Misconfigured(
            f"{config.name} is a link", "put the file itself there: a link leads past its owners"
        )
    try:
        return parse(config.name, config.read_bytes())
    except FileNotFoundError as error:
        hint = "run in a portal's folder, name it with -C, or make one with `release-portal init DIR`"
        raise Misconfigured(f"no {config.name} in {config.parent}", hint) from error
    except OSError as error:
        raise Misconfigured(f"{config.name} cannot be read: {error}") from error


def parse(name: str, content: bytes) -> Settings:
    """Settings from the content of a mkdocs.yml.

    Raises:
        Misconfigured: it is no YAML, or the plugin is not configured in it.

    """
    said = document(name, content)
    options = _plugin_options(said.get("plugins"))
    if options is None:
        hint = f"add `- {PLUGIN}` to its plugins"
        raise Misconfigured(f"{name} does not use the {PLUGIN} plugin", hint)
    site = {key: str(said[key]) for key in ("site_name", "site_url", "site_dir") if said.get(key)}
    return Settings.from_mapping(options, **site, config=name)


def document(name: str, content: bytes) -> dict[str, Any]:
    """All that a mkdocs.yml says, whether or not it uses our plugin; values under MkDocs's tags are texts.

    Raises:
        Misconfigured: it is no YAML, or no mapping.

    """
    try:
        said = yaml.load(content.decode(), Loader=_ConfigLoader)  # noqa: S506  # a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{name} cannot be read: {error}") from error
    if not isinstance(said, dict):
        raise Misconfigured(f"{name} holds no settings")
    return said


def uses_plugin(said: Mapping[str, Any], name: str = PLUGIN) -> bool:
    """Whether a plugin, ours if no other is named, stands in a mkdocs.yml's list of plugins."""
    return _plugin_options(said.get("plugins"), name) is not None


def _plugin_options(plugins: Any, wanted: str = PLUGIN) -> Mapping[str, Any] | None:
    """Options of a plugin in MkDocs's list (or mapping) of plugins; None where it is not used."""
    entries = plugins.items() if isinstance(plugins, dict) else _pairs(plugins or ())
    for name, options in entries:
        if name == wanted:
            return options or {}
    return None


def _pairs(plugins: Any) -> list[tuple[str, Any]]:
    return [pair for item in plugins for pair in (item.items() if isinstance(item, dict) else [(item, {})])]


def _repository(item: Any) -> Repository:
    try:
        return Repository(**item)
    except TypeError as error:
        hint = "each has name and path, and may have url, tag_pattern, required"
        raise Misconfigured("mkdocs.yml: a repository is not described well", hint) from error


def _public(said: Any) -> PublicSite:
    known = ("site_name", "site_url", "site_description", "may_say")
    if not isinstance(said, dict) or set(said) - set(known):
        raise Misconfigured("mkdocs.yml: public is not described well", f"it may have {', '.join(known)}")
    may_say = said.get("may_say") or []
    if not isinstance(may_say, list):
        raise Misconfigured("mkdocs.yml: may_say of public is no list", "write each text behind a dash")
    words = {key: str(value) for key, value in said.items() if value and key != "may_say"}
    if "site_url" in words:
        words["site_url"] = words["site_url"].rstrip("/") + "/"
    return PublicSite(**words, may_say=tuple(str(one) for one in may_say))


class _ConfigLoader(yaml.SafeLoader):
    """Reads past the tags that MkDocs allows in its configuration, such as `!ENV` and `!!python/name`."""


def _ignore(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> str:  # noqa: ARG001  # PyYAML's signature
    return str(node.value)


_ConfigLoader.add_multi_constructor("!", _ignore)
_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore)
