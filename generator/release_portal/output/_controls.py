"""The controls that a rule's page names, as short labels: `SOC 2 CC8.1`, `PCI DSS 6.5.1`."""

import re
from collections.abc import Iterator

_SECTION = re.compile(r"^## Controls\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_REMARK = re.compile(r" \([^)]*\)")
_LABEL = re.compile(r"[A-Z0-9]\S*(?: [A-Z0-9]\S*)*")  # words of a title: a remark goes on in small letters
_CLAUSE = re.compile(r"[A-Z]{0,3}[0-9]\S*")


def controls(documentation: str) -> tuple[str, ...]:
    """The controls below `## Controls`, in their order: one a bullet, or several in a sentence."""
    section = _SECTION.search(documentation)
    return tuple(dict.fromkeys(_labels(section[1]))) if section else ()


def _labels(text: str) -> Iterator[str]:
    for entry in re.split(r"\n- |\n\n", f"\n{text.strip()}"):
        framework = ""
        for part in re.split(r"[,;] | and ", _REMARK.sub("", " ".join(entry.partition(":")[0].split()))):
            label = _LABEL.match(part.rstrip("."))
            if label is None or label[0] == "None":
                continue
            # "SOC 2 CC6.1 and CC8.1": a clause by itself belongs to the framework named before it.
            alone = bool(framework and _CLAUSE.fullmatch(label[0]))
            yield f"{framework} {label[0]}" if alone else label[0]
            framework = framework if alone else label[0].rpartition(" ")[0]
