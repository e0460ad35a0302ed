"""The part of `release-portal build` that is about the public site."""

from pathlib import Path

from release_portal.commands._invocation import Invocation


def build_public(
    invocation: Invocation, target: Path, *, strict: bool, search: bool, jobs: int | None
) -> None:
    """Build the public site to a folder, and say what it lacks and what proves it."""
    from release_portal.front import build

    built = build(invocation.config_file, target, strict=strict, full_text=search, jobs=jobs)
    for one in built.remarks:
        invocation.say(one)
    texts, excused = sum(built.report.kinds.values()), len(built.report.wanted.excused)
    invocation.say(
        f"{built.pages} public pages; none of {texts} internal texts in {built.report.files} files;"
        f" {excused} more are public as well and were let pass ({built.proof})"
    )
    if not invocation.settings.public.site_url:
        invocation.say(
            "mkdocs.yml has no public site_url: feeds have relative addresses, the sitemap lists nothing"
        )
