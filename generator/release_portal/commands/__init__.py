"""The commands: one file each, at most forty lines of it the command."""
