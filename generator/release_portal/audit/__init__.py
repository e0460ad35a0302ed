"""The audit package: a release sealed, packed as a BagIt bag, and verified without this project."""
