"""The formats in which findings are told: one file each."""
