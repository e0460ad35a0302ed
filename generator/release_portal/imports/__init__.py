"""Importers: one file for each format. What a tool says becomes entries of records, with the file as evidence."""
