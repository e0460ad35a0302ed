"""A portal of release records: data goes one way, through these modules, from top to bottom.

registry, finding, failure   how parts are found; what is wrong; why a command stops
digest, source, settings     content digests; the reader of records; what mkdocs.yml says
records, roster, process     what a release consists of; who may sign; what the process demands
release, progress, portal    one release; how far it is; everything, as frozen values
load                         disk and git -> Portal
rules, assess                Portal -> findings
output, pages                findings -> text; an assessment -> pages
shell, site, plugin, macros  pages -> a site, through MkDocs and Material
scaffold, demo               records and repositories that are written for people
commands, cli                the command line
"""
