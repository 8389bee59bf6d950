"""What a formula is called where it is part of a name.

Screen readers read MathML itself as a formula. But where the text of a choice or a question names a field, the name is
made by the browser (seen in Firefox 153 and Chromium), and leaves out MathML that has none itself: a choice that is a
formula would be silent.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element, fromstring

from content.forms.html import Html

FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
IN_PARENTHESES = re.compile(r"\([^()]*\)")

SCRIPTS = {
    "msub": ("_",),
    "munder": ("_",),
    "msup": ("^",),
    "mover": ("^",),
    "msubsup": ("_", "^"),
    "munderover": ("_", "^"),
}
"""What stands before each part that is set below or above another one."""


def with_formula_names(html: Html) -> Html:
    """Return the HTML of `content.prose`, where each ``math`` element is named by itself in one line.

    ``1 / 2`` is a fraction and ``x ^ 2`` a power, as in UnicodeMath, which is readable in every language.
    """
    return FORMULA.sub(lambda found: _named(found[0]), html)


@lru_cache(maxsize=2048)  # a quiz's page is shown to a thousand students
def _named(formula: Html) -> Html:
    try:
        name = _in_one_line(fromstring(formula))  # noqa: S314 - written by latex2mathml and sanitised
    except RecursionError:  # hundreds of roots under roots; no name says that
        return formula
    return formula.replace("<math", f'<math aria-label="{escape(name)}"', 1) if name else formula


def _in_one_line(node: Element) -> str:
    parts = [_in_one_line(child) for child in node]
    match node.tag.rpartition("}")[2]:
        case "mphantom":
            return ""
        case "mfrac" if node.get("linethickness") == "0":  # a binomial coefficient: rows, as in a table
            return "; ".join(parts)
        case "mfrac":
            return " / ".join(map(_grouped, parts))
        case "msqrt":
            return f"√ {_grouped(_spaced(parts))}"
        case "mroot":
            return f"{_grouped(parts[1])} √ {_grouped(parts[0])}"
        case "mtable":
            return "; ".join(parts)
        case "mtr":
            return ", ".join(parts)
        case tag if tag in SCRIPTS:
            scripts = zip(SCRIPTS[tag], parts[1:], strict=True)
            return _spaced([_grouped(parts[0]), *(f"{sign} {_grouped(part)}" for sign, part in scripts)])
        case _:
            return _spaced([*(node.text or "").split(), *parts])


def _grouped(part: str) -> str:
    """Return the part in parentheses, where it is more than one symbol and has none yet."""
    return f"({part})" if " " in part and not IN_PARENTHESES.fullmatch(part) else part


def _spaced(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)
