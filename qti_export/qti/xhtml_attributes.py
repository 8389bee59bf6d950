"""The attributes of HTML elements, as far as QTI has them."""

import re
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from lxml import etree

LANGUAGE = re.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
LENGTH = re.compile("[0-9]+%?")
COUNT = re.compile("[1-9][0-9]{0,3}")

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

PATTERNS = {
    ("img", "alt"): re.compile(".*", re.DOTALL),
    ("img", "height"): LENGTH,
    ("img", "width"): LENGTH,
    ("td", "colspan"): COUNT,
    ("td", "rowspan"): COUNT,
    ("th", "colspan"): COUNT,
    ("th", "rowspan"): COUNT,
    ("th", "scope"): re.compile("row|col|rowgroup|colgroup"),
}
"""What is kept as it is, where it has this form."""

LOST = {
    "dir": "text direction",
    "title": "tooltips",
    "start": "list numbers",
    "type": "list numbers",
    "height": "picture sizes",
    "width": "picture sizes",
    "colspan": "joined table cells",
    "rowspan": "joined table cells",
}
"""What an instructor calls that which is lost with an attribute; of others nothing is seen."""

ADDRESSES = {("a", "href"), ("img", "src")}

ALIGNMENTS = {"left", "center", "right", "justify"}

AS_ELEMENT = {("font-weight", "bold"): "b", ("font-style", "italic"): "i"}

LOST_STYLES = {"color": "colours", "background-color": "colours", "text-decoration": "underlining"}


class Kept:
    """Copies attributes; ``lost`` grows with the names of what QTI has no place for."""

    def __init__(self, *, has_direction: bool) -> None:
        self._has_direction = has_direction
        self.lost: set[str] = set()

    def copy(self, source: etree._Element, made: etree._Element) -> etree._Element:
        """Copy what QTI knows, and return the element for the content: inside of ``made`` where a style became one."""
        for name, value in source.attrib.items():
            if name == "style":
                continue
            self._copy_one(made, str(name), str(value))
        if made.tag == "img" and "alt" not in made.attrib:
            made.set("alt", "")
        return self._styled(source, made) if "style" in source.attrib else made

    def leads(self, source: etree._Element, name: str) -> bool:
        """Return whether the element leads anywhere; a broken address counts as lost."""
        given = source.get(name, "")
        if given and not address(given):
            self.lost.add("broken links")
        return address(given) != ""

    def _copy_one(self, made: etree._Element, name: str, value: str) -> None:
        pattern = PATTERNS.get((made.tag, name))
        if (made.tag, name) in ADDRESSES:
            made.set(name, address(value))
        elif pattern is not None and pattern.fullmatch(value):
            made.set(name, value)
        elif name == "lang" and LANGUAGE.fullmatch(value):
            made.set(XML_LANG, value)
        elif name == "dir" and self._has_direction and value in {"ltr", "rtl"}:
            made.set("dir", value)
        elif name in LOST:
            self.lost.add(LOST[name])

    def _styled(self, source: etree._Element, made: etree._Element) -> etree._Element:
        inner = made
        for name, value in _declarations(source.get("style", "")):
            if made.tag in {"td", "th"} and name == "text-align" and value in ALIGNMENTS:
                made.set("align", value)
            elif made.tag == "span" and (name, value) in AS_ELEMENT:
                inner = etree.SubElement(inner, AS_ELEMENT[name, value])
            elif name in LOST_STYLES:
                self.lost.add(LOST_STYLES[name])
        return inner


def address(text: str) -> str:
    """Return an address as a URI (RFC 3986), all else percent-encoded, or "" where it is none."""
    try:
        urlsplit(text).port  # noqa: B018 - raises where the port is no number
    except ValueError:
        return ""
    first, *rest = text.split("#")
    if rest:
        first = f"{first}#{'%23'.join(rest)}"
    encoded = quote(first, safe="/?:@!$&'()*+,;=~-._%#")
    return re.sub("%(?![0-9A-Fa-f]{2})", "%25", encoded)


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip().lower(), value.strip().lower()
