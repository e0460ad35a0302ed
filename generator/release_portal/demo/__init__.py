"""The demo: the sample's records replayed as the history that they tell of.

A new portal repository in which each record was committed by its owner at its time, and each sign-off
by its signer with a key of their own; beside it the product repository with its commits and its
signed, annotated tags. Keys are made on the spot and thrown away.
"""

from release_portal.demo._replay import replay

__all__ = ["replay"]
