"""MathML as the schemas of both MathML 2 (in QTI 2.1 and 2.2) and MathML 3 (in 3.0) take it."""

import re
from copy import deepcopy

from lxml import etree

SPACES = {
    "negativethinmathspace": "-0.167em",
    "negativemediummathspace": "-0.222em",
    "negativethickmathspace": "-0.278em",
    "0": "0em",
}
"""Lengths that MathML 2 does not know, or not everywhere."""

NUMBER = r"(?:[0-9]+|[0-9]*\.[0-9]+)"
LENGTH = re.compile(rf"[+-]?{NUMBER}(?:em|ex|px|in|cm|mm|pt|pc)|(?:very){{0,2}}(?:thin|thick)mathspace|mediummathspace")
LENGTHS = re.compile(rf"{NUMBER}(?:em|ex|px|in|cm|mm|pt|pc)(?: {NUMBER}(?:em|ex|px|in|cm|mm|pt|pc))*")
COLOUR = re.compile(
    "#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?"
    "|aqua|black|blue|fuchsia|gray|green|lime|maroon|navy|olive|purple|red|silver|teal|white|yellow"
)

FORMS = {
    **dict.fromkeys(("width", "height", "depth", "lspace", "rspace"), LENGTH),
    **dict.fromkeys(("columnspacing", "rowspacing"), LENGTHS),
    **dict.fromkeys(("mathcolor", "mathbackground"), COLOUR),
    "linethickness": re.compile(rf"{NUMBER}(?:em|ex|px|in|cm|mm|pt|pc)|thin|medium|thick"),
    "notation": re.compile("[a-z]+"),
    "voffset": re.compile("(?!)"),  # unknown to MathML 2
}
"""What the attributes that an author's TeX can set must look like; one that does not is left out."""


def kept(formula: etree._Element, lost: set[str]) -> etree._Element:
    """Return a valid copy of a formula; ``lost`` grows where some of its spacing, size or colour is left out."""
    made = deepcopy(formula)
    made.tail = None
    for node in list(made.iter(etree.Element)):
        for name, value in list(node.attrib.items()):
            if not _set(node, str(name), str(value)):
                del node.attrib[name]
                lost.add("details of formulas")
        parent = node.getparent()
        if parent is not None and not len(node) and etree.QName(node).localname == "mstyle":
            parent.remove(node)  # the size of nothing
    return made


def _set(node: etree._Element, name: str, value: str) -> bool:
    """Give the attribute a valid value, and return whether there is one."""
    form = FORMS.get(name)
    if form is None:
        return True
    if name == "mathbackground" and etree.QName(node).localname in {"mpadded", "mspace"}:
        return False
    value = SPACES.get(value, value.split()[0] if name == "notation" and value.strip() else value)
    node.set(name, value)
    return form.fullmatch(value) is not None
