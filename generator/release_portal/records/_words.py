"""Words that several record types share."""

from typing import Literal

Level = Literal["low", "medium", "high"]
Impact = Literal["none", "minor", "material"]
