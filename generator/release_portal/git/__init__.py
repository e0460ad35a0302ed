"""Reads git as proof: tags, commits, the history of files, signatures. The only part that runs git.

What is read comes back as frozen values and is judged elsewhere: nothing here says what is missing or
what passes. What cannot be read is an `Unverifiable`, which names the fix.

    repository = Repository.open(path)                 a product repository, or Repository.around(portal)
    history = repository.history("v{version}", cache)  tags, release tags, commits, ranges
    files = repository.files(("releases", "roster"))   who added each file, who touched it since
    repository.show(repository.resolve("main"), ("roster",))   files of another commit
    with Verifier(repository, keys) as verifier:       whose signature a tag or a commit has
        verifier.tag(tag, person.emails, now)

The number of git processes does not depend on the number of tags, commits or files; a signature that is
not in the cache costs one.
"""

from release_portal.cache import Cache
from release_portal.git.ancestry import Ancestry
from release_portal.git.commit import Commit, SignatureKind
from release_portal.git.detached import fingerprint, sign_detached, verify_detached
from release_portal.git.files import FileChange, FileHistory, FileLog
from release_portal.git.history import History, Range
from release_portal.git.ident import Ident
from release_portal.git.keys import Key, Keys
from release_portal.git.log import Log
from release_portal.git.repository import Repository
from release_portal.git.signatures import Verifier, every_key
from release_portal.git.tags import Tag
from release_portal.git.tree import Blob
from release_portal.git.unverifiable import State, Unverifiable
from release_portal.git.verdict import Signature, Verdict
from release_portal.git.versions import ReleaseTag, ReleaseTags, release_tags

__all__ = [
    "Ancestry",
    "Blob",
    "Cache",
    "Commit",
    "FileChange",
    "FileHistory",
    "FileLog",
    "History",
    "Ident",
    "Key",
    "Keys",
    "Log",
    "Range",
    "ReleaseTag",
    "ReleaseTags",
    "Repository",
    "Signature",
    "SignatureKind",
    "State",
    "Tag",
    "Unverifiable",
    "Verdict",
    "Verifier",
    "every_key",
    "fingerprint",
    "release_tags",
    "sign_detached",
    "verify_detached",
]
