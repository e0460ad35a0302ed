"""The site for the public: built from `public`, proved by `leaks`, published beside the internal one."""

from release_portal.front.building import Built, Leaked, build

__all__ = ["Built", "Leaked", "build"]
