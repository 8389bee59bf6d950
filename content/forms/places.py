"""Fields within a text, at the places of its blanks or dropdowns."""

import re
from collections.abc import Mapping

from content.forms.html import Html, tag, text
from content.forms.prose import Prose
from content.questions import BLANK

PLACE = re.compile("(<[^>]*)?\ue000([0-9]+)\ue001")
"""A place by its number, between characters that mean nothing to Markdown; and the tag that it stands in, if any."""


def with_fields(stem: str, fields: Mapping[str, Html], prose: Prose) -> Html:
    """Return the text with each field at its place; one whose place is not seen stands below, behind its name."""
    names = list(fields)
    open_names = dict.fromkeys(names)

    def marked(found: re.Match[str]) -> str:
        return f"\ue000{names.index(found[1])}\ue001" if found[1] in fields else found[0]

    def filled(found: re.Match[str]) -> str:
        name = names[int(found[2])]
        if found[1] or name not in open_names:
            return f"{found[1] or ''}[{name}]"
        del open_names[name]
        return fields[name]

    html = PLACE.sub(filled, prose.block(BLANK.sub(marked, re.sub("[\ue000\ue001]", "", stem))))
    return html + "".join(tag("p", text(f"[{name}] "), fields[name]) for name in open_names)
