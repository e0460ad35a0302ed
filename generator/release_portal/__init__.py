"""A portal of release records: data goes one way, through these modules, from top to bottom.

registry, finding, failure   how parts are found; what is wrong; why a command stops
shipped                      what comes with the program: the sample, the theme's fonts
drafts                       files that take their place only when they are whole
codeowners                   who consents to changes of a repository
clock                        the instant as of which everything is judged
cache, signature, workers    what is kept; whether files changed; work shared out to processes
budget, prose                what reading a file may cost; authors' Markdown as clean HTML
units                        finished parts of a site, kept from build to build
digest, source, settings     content digests; the reader of records; what mkdocs.yml says
records, roster, process     what a release consists of; who may sign; what the process demands
release, progress, portal    one release; how far it is; everything, as frozen values
folder, evidence_files, stated  a release's folder -> its records, its evidence, and what decides how it is read
shelf, load, pull_request    disk and git -> Portal, by way of what was read before; what a base branch judges
rules, todo, assess          Portal -> findings; what is open and who must act
coverage                     process and rules -> what guards what
metrics, charts              records -> values; values -> figures with their tables
output, board, pages         findings -> text; what keeps releases from moving on; an assessment -> pages
sealing, audit               what a seal is over; an assessment -> a seal, a package that is verified without us
imports                      files of CI tools, git and forges -> entries of records, with their evidence
schemas                      record types -> JSON Schema, for editors
exports                      an assessment -> files for programs: API, feeds, calendar
search                       finished pages -> an index of their words, in bundles
public                       a portal -> what the public may see of it: values of their own, their pages and files
leaks                        an assessment and a finished site -> which internal texts stand in it, in whatever form
surroundings                 what a release's pages are made from, and a key for it
csp, splice, shell, book, site, plugin, macros  pages -> a site that runs nothing but its own, through MkDocs and Material
scaffold, prefill, demo      records and repositories that are written for people
starter                      a portal for a team to start from
recall, latest               what a command said last time, while nothing has changed
front                        the site for the public, proved before it is published
commands, cli                the command line
"""
