"""The HTML in the texts of a quiz that was read from a file: what of it no LMS gets is reported."""

import re
from collections.abc import Iterator

from content.problem import Problem, Severity
from content.quiz import Part, Quiz
from content.readers.checked import with_parts_checked
from content.readers.places import Places
from content.readers.reading import Reading
from content.texts import texts_of

MAY_HAVE_ATTRIBUTES = re.compile("<[A-Za-z][^<>]*=")
"""What every tag with an attribute has in it."""


def with_html_checked(reading: Reading, text: str) -> Reading:
    """Return the reading with a warning for each attribute that is taken out; ``text`` is what it was read from."""
    return with_parts_checked(reading, text, _of_part)


def _of_part(part: Quiz | Part, places: Places) -> Iterator[Problem]:
    from content.prose import lost_attributes  # readers can do without it where there is no HTML

    texts = [text for text in texts_of(part) if MAY_HAVE_ATTRIBUTES.search(text)]
    for tag, name in dict.fromkeys(lost for text in texts for lost in lost_attributes(text)):
        sentence = f"'{name[:40]}' of <{tag}> is not kept: LMSs take out what could run a script or spoil their pages."
        place = places.find((name,), part.source)
        yield Problem(Severity.WARNING, "html-lost", sentence, "Write it without, or in Markdown.", place)
