"""The authors' Markdown on a page, with its images where the page has them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from content.forms.formula_names import with_formula_names
from content.forms.html import Html
from content.prose import link_to_themselves, relink, to_html

Link: TypeAlias = Callable[[str], str | None]
"""From the name of an image (see `content.media.Media`) to its address on the page."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Turns Markdown into HTML, formulas into MathML that can be part of a field's name.

    ``zoom`` is the title of the links by which images open large; without one there are none.
    """

    link: Link
    zoom: str = ""

    def block(self, markdown: str) -> Html:
        """Return whole paragraphs."""
        return self._illustrated(to_html(markdown, math="mathml"))

    def inline(self, markdown: str) -> Html:
        """Return what stands within a line, as a choice does."""
        return self._illustrated(to_html(markdown, inline=True, math="mathml"))

    def _illustrated(self, html: Html) -> Html:
        shown = _with_directions(_with_boxes(with_formula_names(relink(html, self.link))))
        return link_to_themselves(shown, self.zoom) if self.zoom else shown


def _with_boxes(html: Html) -> Html:
    """Return the HTML with each table in a box, in which one scrolls that is wider than the page."""
    return html.replace("<table", '<div class="table-box"><table').replace("</table>", "</table></div>")


def _with_directions(html: Html) -> Html:
    """Return the HTML with formulas and code said to run from left to right.

    Where the direction of a text is that of its first letter (``dir="auto"``), theirs are no letters of it then.
    Browsers heed that of an HTML element only, hence one around MathML.
    """
    shown = html.replace("<code", '<code dir="ltr"')
    return shown.replace("<math", '<bdi dir="ltr"><math').replace("</math>", "</math></bdi>")
