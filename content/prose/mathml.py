"""From TeX to MathML."""

import html
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

CHILDREN = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
"""How many children MathML wants; latex2mathml writes fewer where an argument is missing, as in ``\\frac{1}``."""


def to_mathml(tex: str, *, display: bool) -> str:
    r"""Return the formula as a ``math`` element. Raise ValueError where the TeX is broken or has an unknown macro.

    latex2mathml turns a macro that it does not know into an identifier with a backslash, ``<mi>\foo</mi>``.
    """
    try:
        root = convert_to_element(tex, display="block" if display else "inline")
    except Exception as error:  # latex2mathml lets IndexError, RecursionError and many more of its own through
        raise ValueError(f"This TeX cannot be read: {tex}") from error
    for node in root.iter():
        node.text = html.unescape(node.text) if node.text else node.text
        _refuse_broken(node)
    return tostring(root, encoding="unicode", short_empty_elements=False)


def _refuse_broken(node: Element) -> None:
    if node.text and node.text.startswith("\\") and len(node.text) > 1 and node.tag == "mi":
        raise ValueError(f"The TeX macro {node.text} is not known.")
    if len(node) != CHILDREN.get(node.tag, len(node)):
        raise ValueError(f"An argument is missing in the TeX of <{node.tag}>.")
