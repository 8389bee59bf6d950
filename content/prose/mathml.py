"""From TeX to MathML."""

import html
import re
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element

CHILDREN = {"mfrac": 2, "mover": 2, "mroot": 2, "msub": 2, "msubsup": 3, "msup": 2, "munder": 2, "munderover": 3}
"""How many children MathML wants; latex2mathml writes fewer where an argument is missing, as in ``\\frac{1}``."""

FAULTS = {
    "DoubleSubscriptsError": "Something in it has two subscripts: braces say which belongs to what.",
    "DoubleSuperscriptsError": "Something in it has two superscripts: braces say which belongs to what.",
    "ExtraLeftOrMissingRightError": "A \\left has no \\right.",
    "MissingEndError": "A \\begin has no \\end.",
    "MissingSuperScriptOrSubscriptError": "Nothing stands behind a _ or ^.",
}
"""What is wrong, by the name of latex2mathml's error."""


def to_mathml(tex: str, *, display: bool) -> str:
    r"""Return the formula as a ``math`` element. Raise ValueError where the TeX is broken or has an unknown macro.

    latex2mathml turns a macro that it does not know into an identifier with a backslash, ``<mi>\foo</mi>``.
    """
    if _unbalanced(tex):
        raise ValueError("Its braces do not match.")
    try:
        root = convert_to_element(tex, display="block" if display else "inline")
    except Exception as error:  # latex2mathml lets IndexError, RecursionError and many more of its own through
        raise ValueError(FAULTS.get(type(error).__name__, "It is no TeX that is known.")) from error
    for node in root.iter():
        node.text = html.unescape(node.text) if node.text else node.text
        _refuse_broken(node)
    return tostring(root, encoding="unicode", short_empty_elements=False)


def _unbalanced(tex: str) -> bool:
    """Return whether a brace is missing, which latex2mathml does not always mind."""
    depth = 0
    for brace in re.findall(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return True
    return depth > 0


def _refuse_broken(node: Element) -> None:
    if node.text and node.text.startswith("\\") and len(node.text) > 1 and node.tag == "mi":
        raise ValueError(f"The command {node.text} is not known.")
    if len(node) != CHILDREN.get(node.tag, len(node)):
        raise ValueError("An argument of a command is missing.")
