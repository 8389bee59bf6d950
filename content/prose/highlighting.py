"""Code blocks with their colours written inline, since an LMS has no style sheet of ours."""

import html
import re

from pygments import highlight as pygments_highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

LANGUAGE = re.compile(r"\{?\.?([\w+#-]+)")
"""``python``, and Pandoc's ``{.python .numberLines}``, which text2qti's users write."""

MAX_LENGTH = 20_000
"""Longer code stays plain: some of Pygments' lexers take quadratic time."""

_FORMATTER = HtmlFormatter(noclasses=True, nowrap=True)


def highlight(code: str, info: str) -> str:
    """Return the code as HTML, coloured if ``info`` (what stands behind the fence) names a language that is known."""
    language = LANGUAGE.match(info)
    if not language or len(code) > MAX_LENGTH:
        return html.escape(code, quote=False)
    try:
        lexer = get_lexer_by_name(language[1], stripnl=False)
    except ClassNotFound:
        return html.escape(code, quote=False)
    return pygments_highlight(code, lexer, _FORMATTER)
