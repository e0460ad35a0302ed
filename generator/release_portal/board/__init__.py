"""What stands between a release and its next phase, and the formats in which that is told: one file each."""
