"""What the public site holds for programs: one file each."""
