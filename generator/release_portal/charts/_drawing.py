"""SVG element by element: named for screen readers, coloured by classes alone, the same bytes each time."""

from xml.etree import ElementTree as ET

from markupsafe import Markup

HALF, WIDE = 440, 960  # widths in user units: one fits on a phone, the other scrolls there


class Drawing:
    """An SVG image in the making; all lengths are user units, from the upper left corner."""

    def __init__(self, name: str, size: tuple[int, float], title: str, description: str) -> None:
        width, height = size
        ids = f"rp-figure-{name}-title rp-figure-{name}-desc"
        shape = "wide" if width == WIDE else "half"
        self._root = ET.Element("svg")
        self._root.set("class", f"rp-svg rp-chart rp-chart--{shape}")
        self._root.set("viewBox", f"0 0 {width} {_number(height)}")
        self._root.set("role", "img")
        self._root.set("aria-labelledby", ids)
        for tag, id_, text in zip(("title", "desc"), ids.split(), (title, description), strict=True):
            self._add(tag, text, {"id": id_})

    def line(self, begin: tuple[float, float], end: tuple[float, float], look: str) -> None:
        """A straight line."""
        (x1, y1), (x2, y2) = begin, end
        self._add("line", "", {"class": look}, x1=x1, y1=y1, x2=x2, y2=y2)

    def bar(self, x: float, y: float, width: float, height: float, look: str, tip: str = "") -> None:
        """A rectangle, at least one unit wide and high, so that what is there is seen."""
        tall, broad = max(height, 1), max(width, 1)
        self._add("rect", "", {"class": look}, tip, x=x, y=y, width=broad, height=tall)

    def dot(self, x: float, y: float, radius: float, look: str, tip: str = "") -> None:
        """A circle around a point."""
        self._add("circle", "", {"class": look}, tip, cx=x, cy=y, r=radius)

    def diamond(self, x: float, y: float, radius: float, look: str, tip: str = "") -> None:
        """A square on its corner around a point."""
        corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        self.path("M" + "L".join(point(*corner) for corner in corners) + "Z", look, tip)

    def path(self, way: str, look: str, tip: str = "") -> None:
        """A path; `way` is made of letters and of `point`s."""
        self._add("path", "", {"class": look, "d": way}, tip)

    def text(self, x: float, y: float, words: str, look: str = "", anchor: str = "start") -> None:
        """A line of text on its base line; `anchor` is start, middle or end."""
        attributes = {"class": f"rp-t {look}".strip()}
        if anchor != "start":
            attributes["text-anchor"] = anchor
        self._add("text", words, attributes, x=x, y=y)

    def svg(self) -> Markup:
        """The image; ElementTree escaped every text and attribute."""
        return Markup(ET.tostring(self._root, encoding="unicode"))  # noqa: S704  # escaped by ElementTree

    def _add(
        self, tag: str, text: str, attributes: dict[str, str], tip: str = "", /, **places: float
    ) -> None:
        numbers = {name: _number(value) for name, value in places.items()}
        element = ET.SubElement(self._root, tag, {**attributes, **numbers})
        element.text = text or None
        if tip:
            ET.SubElement(element, "title").text = tip


def point(x: float, y: float) -> str:
    """A point as paths spell it."""
    return f"{_number(x)} {_number(y)}"


def _number(value: float) -> str:
    """A coordinate to a tenth of a unit, without a sign on zero: the same on every machine."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")
