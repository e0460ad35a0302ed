"""What the site holds for programs: one file each."""
