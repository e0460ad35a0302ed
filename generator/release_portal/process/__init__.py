"""The process document: release-process.md, parsed into phases, deliverables and reference slots.

Front matter names the process and its roles. `## N. Title` opens a phase; its bullets stand in lists
below `**Actions:**` and `**Deliverables:**`. `## References` opens the list of reference slots. A comment
at the end of a heading or bullet binds it, as `key: word, word; key: word`:

    ## 1. Planning & Scope Definition <!-- phase: planning -->
    - CAB minutes <!-- records: cab-minutes; signed-by: cab-chair; optional; when: impact -->
    - Regulatory Contact List <!-- slot: regulatory-contacts -->

Without a comment a phase and a slot take the slug of their text, and a deliverable is a document under it.
"""

from release_portal.process._document import parse
from release_portal.process._values import CONDITIONS, Action, Binding, Deliverable, Phase, Process, Slot

__all__ = ["CONDITIONS", "Action", "Binding", "Deliverable", "Phase", "Process", "Slot", "parse"]
