"""Whole ways through the product, as each person goes them: command line, git, keys and browser, nothing in between."""
