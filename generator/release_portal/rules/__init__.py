"""The rules: one file each. A rule's docstring is its documentation page."""
