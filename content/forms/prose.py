"""The authors' Markdown on a page, with its images where the page has them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from content.forms.html import Html
from content.prose import relink, to_html

Link: TypeAlias = Callable[[str], str | None]
"""From the name of an image (see `content.media.Media`) to its address on the page."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Turns Markdown into HTML, formulas into MathML."""

    link: Link

    def block(self, markdown: str) -> Html:
        """Return whole paragraphs."""
        return relink(to_html(markdown, math="mathml"), self.link)

    def inline(self, markdown: str) -> Html:
        """Return what stands within a line, as a choice does."""
        return relink(to_html(markdown, inline=True, math="mathml"), self.link)
