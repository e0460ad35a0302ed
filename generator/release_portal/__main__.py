"""`python -m release_portal` is the command line."""

from release_portal.cli import main

main()
