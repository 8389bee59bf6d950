"""A question as a form: the HTML that it is answered in, and the response that a sent form means.

For every page that asks questions. `controls` makes the HTML, kind by kind; `responses` reads what comes back;
`orders` says in which order things are shown; `keys` puts the right answers into words. A form holds no key.
"""

from content.forms.controls import controls
from content.forms.html import Html, tag, text
from content.forms.keys import key_of
from content.forms.prose import Link, Prose
from content.forms.responses import Fields, response_of
from content.forms.shown import Shown

__all__ = ["Fields", "Html", "Link", "Prose", "Shown", "controls", "key_of", "response_of", "tag", "text"]
