"""SVG images, made safe: what a quiz brings into an LMS may be opened there as a page of its own.

Within ``<img>`` no browser runs the scripts of an SVG or loads anything for it; opened by its address it would.
"""

import re
from typing import Any, NamedTuple

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
XML = "{http://www.w3.org/XML/1998/namespace}"

ELEMENTS = {
    *("circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer"),
    *("feComposite", "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow"),
    *("feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode"),
    *("feMorphology", "feOffset", "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence"),
    *("filter", "g", "image", "line", "linearGradient", "marker", "mask", "path", "pattern", "polygon", "polyline"),
    *("radialGradient", "rect", "stop", "style", "svg", "switch", "symbol", "text", "textPath", "title", "tspan"),
    *("use", "view"),
}
"""What draws. Animations (which can turn a link into a script) and HTML do not."""

WITHIN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp);base64,)")
"""The addresses that stay within the image."""

LEADS_OUT = re.compile(r"""\\|@import|(?:url|src|image|image-set)\(\s*["']?(?!["'#])""", re.IGNORECASE)
"""What CSS, in a ``style`` or in an attribute, may load something by; a backslash can hide it."""

_DROPPED = "dropped"


class SafeSvg(NamedTuple):
    """An SVG that runs and loads nothing. ``cut`` says that something which would have is no longer in it."""

    data: bytes
    cut: bool


def safe_svg(data: bytes) -> SafeSvg:
    """Return the image without scripts, event handlers, HTML, references that lead out, and comments.

    The same image gives the same bytes. Raise ValueError for what is no SVG, or has entities of its own.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except etree.XMLSyntaxError as error:
        raise ValueError(f"This SVG is broken: {error.msg}.") from error
    types: Any = tree.docinfo.internalDTD
    if types is not None and types.entities():
        raise ValueError("This SVG has entities of its own, which no LMS should be asked to read.")
    root = tree.getroot()
    if root.tag != f"{SVG}svg":
        raise ValueError("This is XML, but no SVG.")
    cut = [_cleaned(node) for node in root.iter("*")]
    etree.strip_elements(root, _DROPPED, with_tail=False)
    etree.cleanup_namespaces(root)
    return SafeSvg(etree.tostring(root, encoding="UTF-8", with_tail=False), any(cut))


def _cleaned(node: etree._Element) -> bool:
    """Clean the attributes, or mark the element to be dropped; return whether it was more than an editor's notes."""
    if node.tag == f"{SVG}a":
        node.tag = f"{SVG}g"  # what is drawn within a link stays
    if not _draws(node):
        is_note = not node.tag.startswith(SVG) or node.tag == f"{SVG}metadata"
        node.tag = _DROPPED
        return not is_note
    unsafe = [name for name, value in node.attrib.items() if not _is_safe(str(name), str(value))]
    for name in unsafe:
        del node.attrib[name]
    return any("}" not in str(name) or name == XLINK_HREF for name in unsafe)


def _draws(node: etree._Element) -> bool:
    name = node.tag.removeprefix(SVG)
    return name in ELEMENTS and (name != "style" or not LEADS_OUT.search(node.text or ""))


def _is_safe(name: str, value: str) -> bool:
    if name in ("href", XLINK_HREF):
        return WITHIN.match(value) is not None
    if "}" in name:
        return name.startswith(XML) and name != f"{XML}base"
    return not name.lower().startswith("on") and not LEADS_OUT.search(value)
