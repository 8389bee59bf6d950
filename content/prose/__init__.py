"""From an author's Markdown and TeX to HTML that every LMS keeps, and to plain text.

`render` is the door; behind it `markdown` (the parser), `tex` (where formulas are), `mathml`, `highlighting` (code)
and `sanitiser` (what may pass). `images` finds the images in the HTML, and sends them where an LMS has them.
"""

from content.prose.images import Image, images, link_to_themselves, relink
from content.prose.render import Math, formulas, lost_attributes, to_html, to_plain

__all__ = [
    "Image",
    "Math",
    "formulas",
    "images",
    "link_to_themselves",
    "lost_attributes",
    "relink",
    "to_html",
    "to_plain",
]
