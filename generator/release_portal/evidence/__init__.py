"""Reports of CI tools: one file for each format. What a record says of a report is held against these."""
