"""The kinds of page: one module and one template each, from an assessment to pages."""
