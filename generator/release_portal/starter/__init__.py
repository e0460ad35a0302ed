"""A portal to start from: a repository with the process, a roster of one, one planned release, and what CI needs.

In a folder that has some of that already, what is missing is added; nothing that exists is changed.
"""

from release_portal.starter._files import guards
from release_portal.starter._lay import Laid, lay
from release_portal.starter._owner import Owner, find_owner

__all__ = ["Laid", "Owner", "find_owner", "guards", "lay"]
