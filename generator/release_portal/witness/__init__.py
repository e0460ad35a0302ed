"""Asks git: the portal's own history, the product repositories, and what differs from a base branch."""

from release_portal.witness._moves import moves
from release_portal.witness._products import products
from release_portal.witness._witness import Witness

__all__ = ["Witness", "moves", "products"]
