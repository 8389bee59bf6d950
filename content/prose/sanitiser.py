"""The allow-list: HTML that the sanitisers of Canvas and Moodle (HTML Purifier) both let through unchanged."""

import re
from collections.abc import Iterator

import nh3

from content.characters import drop_forbidden

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "div", "dl"),
    *("dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "ol", "p", "pre", "q"),
    *("samp", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("u", "ul", "var"),
}

ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "col": {"span"},
    "colgroup": {"span"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start", "type"},
    "span": {"style"},  # the colours of code: an LMS has no style sheet of ours
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}

STYLES = {"background-color", "color", "font-style", "font-weight", "text-align", "text-decoration"}

SCHEMES = {"http", "https", "mailto"}

SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")

MATHML_TAGS = {  # what latex2mathml writes
    *("math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace"),
    *("msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover"),
}

MATHML_ATTRIBUTES = {
    *("accent", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle", "fence", "form"),
    *("height", "largeop", "linethickness", "lspace", "mathbackground", "mathcolor", "mathsize", "mathvariant"),
    *("maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace", "scriptlevel"),
    *("separator", "stretchy", "symmetric", "voffset", "width", "xmlns"),
}


def _cleaner(mathml: bool) -> nh3.Cleaner:
    math = dict.fromkeys(MATHML_TAGS, MATHML_ATTRIBUTES) if mathml else {}
    return nh3.Cleaner(
        tags={*TAGS, *math},
        attributes=ATTRIBUTES | math,
        url_schemes=SCHEMES,
        filter_style_properties=STYLES,
        link_rel=None,
    )


_HTML = _cleaner(mathml=False)
_HTML_WITH_MATHML = _cleaner(mathml=True)

_KEPT = re.compile(rf"<(?:/?(?:{'|'.join(sorted(TAGS))})(?=[\s/>]|$)|!--)", re.IGNORECASE)


def is_kept(text: str, place: int) -> bool:
    """Return whether a tag on the list, or a comment, begins at this place of the text."""
    return _KEPT.match(text, place) is not None


def keep_as_text(raw: str) -> str:
    """Return the raw HTML with every tag that is not on the list made into text.

    So ``List<String>`` and a question about ``<script>`` keep their words, which a sanitiser would drop in silence.
    Whole comments stay, for the sanitiser to drop.
    """
    comments_end = raw.rfind("-->")

    def kept_or_text(found: re.Match[str]) -> str:
        place = found.start()
        stays = place < comments_end if raw.startswith("<!--", place) else is_kept(raw, place)
        return "<" if stays else "&lt;"

    return re.sub("<", kept_or_text, raw)


def clean(html: str, *, mathml: bool = False) -> str:
    """Return the HTML with nothing but what is on the list. The only entities in it are those that XML knows."""
    cleaner = _HTML_WITH_MATHML if mathml else _HTML
    return drop_forbidden(cleaner.clean(html).replace("&nbsp;", "\xa0"))  # HTML may name characters: &#127;


def taken_out(raw: str) -> Iterator[tuple[str, str]]:
    """Yield the tag and the name of each attribute in the raw HTML that `clean` takes out, wholly or in part.

    The address of a picture is not among them: what is wrong with it is told of the picture.
    """
    from lxml import html  # takes long to load, and most texts have no attributes in them

    for element in html.fragment_fromstring(raw, create_parent="div").iter(*TAGS):
        kept = ATTRIBUTES["*"] | ATTRIBUTES.get(str(element.tag), set())
        for name, value in element.attrib.items():
            if name not in kept or (name == "href" and not _leads(value)) or (name == "style" and _loses(value)):
                yield str(element.tag), str(name)


def _leads(address: str) -> bool:
    scheme = SCHEME.match(re.sub("[\t\n\r]", "", address))  # which no browser sees in an address
    return scheme is None or scheme[1].lower() in SCHEMES


def _loses(style: str) -> bool:
    names = (declaration.partition(":")[0].strip().lower() for declaration in style.split(";"))
    return any(name and name not in STYLES for name in names)
