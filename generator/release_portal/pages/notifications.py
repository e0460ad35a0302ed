"""Who was told what about a release, when, and how it is known that it arrived."""

from collections.abc import Iterable

from release_portal.assess import Assessment
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.records.send_log import Sending, SendLog
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    yield page(
        assessment,
        release,
        path="notifications/",
        label="Notifications",
        template="notifications.html",
        toc=(("notice", "Notices"), ("send-log", "Send log")),
        description=f"Notifications of {release.version} with their proof of delivery.",
        notices=part(assessment, release, "notice"),
        sendings=_sendings(release),
        log=part(assessment, release, "send-log"),
    )


def _sendings(release: Release) -> dict[str, tuple[Sending, ...]]:
    """Sendings by the name of the notice that went out."""
    log = release.one(SendLog)
    found = sorted(log.value.sendings, key=lambda one: one.sent_at) if log and log.value else []
    return {name: tuple(one for one in found if one.notice == name) for name in {one.notice for one in found}}


PAGE = ReleasePages(name="notifications", order=90, build=build)
