"""The images in HTML that `content.prose.to_html` has made: which there are, and where they lie for an LMS.

Its sanitiser writes every attribute as ``name="value"`` without ``<``, ``>`` or ``"`` in the value.
"""

import html as entities
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from content.media import local_name

IMAGE = re.compile("<img[^>]*>")
IMAGE_OR_LINK = re.compile("<a[ >].*?</a>|<img[^>]*>", re.DOTALL)
ATTRIBUTE = re.compile(' ([a-z]+)="([^"]*)"')


class Image(NamedTuple):
    """An image in HTML: its address as it stands in the text (empty where it has none), and its alt text."""

    address: str
    alt: str

    @property
    def name(self) -> str | None:
        """The name of the file that it shows, see `content.media.local_name`; None where it shows none."""
        return local_name(self.address)


def images(html: str) -> Iterator[Image]:
    """Yield the images of the HTML in their order."""
    for tag in IMAGE.findall(html):
        given = {name: entities.unescape(value) for name, value in ATTRIBUTE.findall(tag)}
        yield Image(given.get("src", ""), given.get("alt", ""))


def relink(html: str, link: Callable[[str], str | None]) -> str:
    """Return the HTML with the addresses of its images replaced by those that ``link`` returns for their names.

    A name is that of `content.media.Media`; an image for which None is returned stays as it is, and so does one from
    the web, which is not asked for.
    """
    if "<img" not in html:
        return html
    return IMAGE.sub(lambda tag: ATTRIBUTE.sub(lambda found: _relinked(found, link), tag[0]), html)


def _relinked(found: re.Match[str], link: Callable[[str], str | None]) -> str:
    name = local_name(entities.unescape(found[2])) if found[1] == "src" else None
    address = link(name) if name else None
    return found[0] if address is None else f' src="{entities.escape(address)}"'


def link_to_themselves(html: str, title: str) -> str:
    """Return the HTML with each image in a link to it that opens a page of its own, ``title`` saying what it does.

    An image that its author has linked stays as it is.
    """
    if "<img" not in html:
        return html
    return IMAGE_OR_LINK.sub(lambda found: _linked(found[0], entities.escape(title)), html)


def _linked(element: str, title: str) -> str:
    address = dict(ATTRIBUTE.findall(element)).get("src") if element.startswith("<img") else None
    if not address:
        return element
    return f'<a class="zoom" href="{address}" target="_blank" rel="noopener" title="{title}">{element}</a>'
