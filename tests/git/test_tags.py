from datetime import UTC, datetime, timedelta, timezone

import pytest

from release_portal.git import SignatureKind, Tag, Unverifiable, release_tags
from tests.git.conftest import MALLORY, Maker, PgpKey, SshKey


def tags(repo: Maker) -> dict[str, Tag]:
    return {tag.name: tag for tag in repo.open().tags()}


def test_an_annotated_tag_tells_who_when_what_and_of_which_commit(repo: Maker) -> None:
    commit = repo.commit()
    object_id = repo.tag("v1.0.0", at="1783994400 +0530")
    tag = tags(repo)["v1.0.0"]
    assert (tag.id, tag.target, tag.target_type) == (object_id, commit, "commit")
    assert (tag.annotated, tag.named_truly, tag.nested) == (True, True, False)
    assert tag.tagger is not None
    assert (tag.tagger.name, tag.tagger.email) == ("Ravi Kumar", "ravi@example.com")
    assert tag.tagger.at == datetime(2026, 7, 14, 2, 0, tzinfo=UTC)
    assert tag.tagger.at.utcoffset() == timedelta(hours=5, minutes=30)
    assert (tag.message, tag.signature) == ("Release v1.0.0", SignatureKind.NONE)


def test_a_lightweight_tag_is_a_mere_name(repo: Maker) -> None:
    commit = repo.commit("subject of the commit")
    repo.git("tag", "v1.0.0")
    tag = tags(repo)["v1.0.0"]
    assert (tag.id, tag.target, tag.annotated) == (commit, commit, False)
    assert (tag.tagger, tag.message, tag.declared, tag.named_truly) == (None, "", "", True)


def test_tags_of_tags_are_peeled_to_the_commit_with_one_more_process(repo: Maker) -> None:
    commit = repo.commit()
    repo.tag("v1.0.0")
    repo.tag("once", target="v1.0.0")
    repo.tag("twice", target="once")
    opened = repo.open()
    found = {tag.name: tag for tag in opened.tags()}
    assert {tag.target for tag in found.values()} == {commit}
    assert [found[name].nested for name in ("v1.0.0", "once", "twice")] == [False, True, True]
    assert opened.processes == 3


def test_an_object_under_another_name_is_told_from_the_honest_tag(repo: Maker) -> None:
    repo.commit()
    repo.tag("v1.0.0")
    repo.git("update-ref", "refs/tags/v2.0.0", "refs/tags/v1.0.0")
    found = tags(repo)
    assert found["v1.0.0"].named_truly
    assert not found["v2.0.0"].named_truly
    assert found["v2.0.0"].declared == "v1.0.0"


def test_tags_of_trees_and_files_are_no_release_tags(repo: Maker) -> None:
    repo.commit(file="x")
    repo.tag("v1.0.0")
    repo.tag("v1.1.0", target="HEAD^{tree}")
    repo.git("tag", "v1.2.0", "HEAD:file")
    repo.tag("nested", target="v1.1.0")
    repo.git("update-ref", "refs/tags/v1.3.0", "refs/tags/nested")
    released = repo.open().history("v{version}").released
    assert [one.version for one in released.tags] == ["1.0.0"]
    assert {tag.name: tag.target_type for tag in released.unusable} == {
        "v1.1.0": "tree",
        "v1.2.0": "blob",
        "v1.3.0": "tree",
    }


def test_the_kind_of_signature_is_seen_without_checking_it(
    repo: Maker, ssh_keys: dict[str, SshKey], pgp_keys: dict[str, PgpKey]
) -> None:
    repo.commit()
    ssh_keys["ravi"].sign(repo).tag("ssh", "--sign")
    pgp_keys["ravi"].sign(repo).tag("pgp", "--sign")
    repo.tag("x509", "-m", "-----BEGIN SIGNED MESSAGE-----\nx\n-----END SIGNED MESSAGE-----")
    repo.tag("plain", "-m", "see -----BEGIN PGP SIGNATURE----- in the middle of a line")
    found = tags(repo)
    assert {name: tag.signature.value for name, tag in found.items()} == {
        "ssh": "ssh",
        "pgp": "pgp",
        "x509": "x509",
        "plain": "none",
    }
    assert found["pgp"].message == "Release pgp"


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ("Ravi <ravi@example.com> 1783994400 +0530", "Ravi", "ravi@example.com"),
        ("Ravi <RAVI@Example.com> 1783994400 +0530", "Ravi", "ravi@example.com"),
        ("Mallory <m@example.com> <ravi@example.com> 1783994400 +0530", None, ""),
        ("Ravi <ravi@example.com> 1 +0000> 1783994400 +0530", None, ""),
        ("Ravi <ravi@example.com>", None, ""),
        ("Ravi ravi@example.com 1783994400 +0530", None, ""),
        ("<<ravi@example.com>> 1783994400 +0530", None, ""),
        ("Ravi <ravi@example.com> -1 +0530", None, ""),
    ],
)
def test_a_tagger_line_that_readers_could_take_two_ways_is_nobodys(
    repo: Maker, line: str, name: str | None, address: str
) -> None:
    commit = repo.commit()
    content = f"object {commit}\ntype commit\ntag v1.0.0\ntagger {line}\n\nx\n".encode()
    repo.git("update-ref", "refs/tags/v1.0.0", repo.store("tag", content))
    tagger = tags(repo)["v1.0.0"].tagger
    assert tagger is not None
    assert tagger.address == address
    assert (tagger.name, tagger.at is None) == (name or line, name is None)


def test_a_tag_with_two_taggers_or_two_names_is_nobodys_and_no_ones(repo: Maker) -> None:
    commit = repo.commit()
    head = f"object {commit}\ntype commit\ntag v1.0.0\ntag v2.0.0\ntagger {MALLORY} 1 +0000\ntagger Ravi <ravi@example.com> 1 +0000"
    repo.git("update-ref", "refs/tags/v1.0.0", repo.store("tag", f"{head}\n\nx\n".encode()))
    tag = tags(repo)["v1.0.0"]
    assert tag.tagger is not None
    assert tag.tagger.address == ""
    assert not tag.named_truly


@pytest.mark.parametrize("content", [b"", b"tagger x\n\n", b"object 0\n\n"])
def test_an_object_that_is_no_tag_is_damage_and_no_crash(repo: Maker, content: bytes) -> None:
    repo.commit()
    tag = repo.store("tag", content)
    (repo.path / ".git/refs/tags/v1.0.0").write_text(f"{tag}\n")
    with pytest.raises(Unverifiable):
        repo.open().history("v{version}")


@pytest.mark.parametrize(
    "seconds", ["99999999999999", "253402300800", "18446744073709551615", "0" * 20, "7" * 25]
)
@pytest.mark.parametrize("zone", ["+0000", "+9999", "-2400", "+2359"])
def test_times_out_of_range_are_no_time_and_no_crash(repo: Maker, seconds: str, zone: str) -> None:
    commit = repo.commit()
    content = (
        f"object {commit}\ntype commit\ntag v1.0.0\ntagger R <r@example.com> {seconds} {zone}\n\nx\n".encode()
    )
    repo.git("update-ref", "refs/tags/v1.0.0", repo.store("tag", content))
    tagger = tags(repo)["v1.0.0"].tagger
    assert tagger is not None
    usable = seconds == "0" * 20 and zone in {"+0000", "+2359"}
    assert (tagger.at is not None) == usable


def test_declared_zones_keep_the_instant(repo: Maker) -> None:
    repo.commit()
    for name, zone in (("a", "+0530"), ("b", "-0800"), ("c", "+0000")):
        repo.tag(name, at=f"1783994400 {zone}")
    at = {name: tag.tagger.at for name, tag in tags(repo).items() if tag.tagger}
    assert len(set(at.values())) == 1
    assert at["b"] is not None
    assert at["b"].tzinfo == timezone(timedelta(hours=-8))


def test_names_and_messages_that_are_no_utf8_are_read(repo: Maker) -> None:
    commit = repo.commit()
    content = (
        b"object %s\ntype commit\ntag odd-\xff\ntagger R\xe9my <r@example.com> 1 +0000\n\ngr\xfc\xdf\x1b[31m\n"
        % commit.encode()
    )
    tag_id = repo.store("tag", content)
    packed = b"# pack-refs with: peeled fully-peeled sorted \n%s refs/tags/odd-\xff\n^%s\n" % (
        tag_id.encode(),
        commit.encode(),
    )
    (repo.path / ".git/packed-refs").write_bytes(packed)
    (tag,) = repo.open().tags()
    assert tag.name == "odd-\udcff"
    assert tag.named_truly
    assert tag.tagger is not None
    assert tag.tagger.name == "R\ufffdmy"
    assert tag.message == "gr\ufffd\ufffd\x1b[31m"


def plain(*names: str) -> list[Tag]:
    return [Tag(name=name, id=name, target=name, target_type="commit") for name in names]


def test_release_tags_are_in_the_order_of_semver() -> None:
    names = [
        "v1.10.0",
        "v1.9.0",
        "v1.10.0-rc.10",
        "v1.10.0-rc.2",
        "v1.10.0-alpha",
        "v1.10.0-1",
        "v1.10.0-alpha.1",
        "v2.0.0",
    ]
    order = [one.version for one in release_tags(plain(*names), "v{version}").tags]
    assert order == [
        "1.9.0",
        "1.10.0-1",
        "1.10.0-alpha",
        "1.10.0-alpha.1",
        "1.10.0-rc.2",
        "1.10.0-rc.10",
        "1.10.0",
        "2.0.0",
    ]


@pytest.mark.parametrize("twin", ["1.0.0", "V1.0.0", "v1.0.0+build.5", "v01.0.0", "v1.00.0"])
def test_a_version_that_two_tags_spell_is_ambiguous(twin: str) -> None:
    released = release_tags(plain("v1.0.0", twin, "v1.1.0"), "v{version}")
    assert [one.version for one in released.tags] == ["1.1.0"]
    assert [{tag.name for tag in group} for group in released.ambiguous] == [{"v1.0.0", twin}]


@pytest.mark.parametrize(
    "other", ["v1.0.0-rc.1", "v1.0.1", "mobile-v1.0.0", "release", "v1.0", "v1.0.0.0", "v1.0.\u0660"]
)
def test_other_tags_are_no_twins(other: str) -> None:
    released = release_tags(plain("v1.0.0", other), "v{version}")
    assert released.of("1.0.0") is not None
    assert released.ambiguous == ()


def test_a_product_of_several_keeps_to_its_own_pattern() -> None:
    released = release_tags(
        plain("platform-v1.0.0", "mobile-v1.0.0", "v1.0.0", "1.0.0"), "platform-v{version}"
    )
    assert [one.tag.name for one in released.tags] == ["platform-v1.0.0"]
    assert released.ambiguous == ()


@pytest.mark.parametrize(
    "name", ["v" + "9" * 5000 + ".0.0", "v1.0.0-" + "a" * 500, "v", "", "v{version}", "v1.0.0\n"]
)
def test_absurd_names_are_no_versions(name: str) -> None:
    assert release_tags(plain(name), "v{version}").tags == ()
