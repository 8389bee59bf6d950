"""The images of a quiz that was read from a file: loaded, or reported with the place that names them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from content.media import Media
from content.problem import Problem, Severity, Source
from content.quiz import Part, Quiz
from content.readers.image_files import BadImageError, ImageFolder
from content.readers.places import Places
from content.readers.reading import Reading
from content.texts import texts_of

MAY_SHOW = re.compile(r"!\[|<img\b", re.IGNORECASE)
"""What every image has in it; most texts have not, and need not be turned into HTML for this."""


def with_images(reading: Reading, text: str, folder: Path | None) -> Reading:
    """Return the reading with the images that the texts of its quiz show, and with a problem for each bad one.

    ``text`` is what the quiz was read from. Images are named from ``folder``; where that is None, none are loaded.
    """
    if reading.quiz is None:
        return reading
    loader = _Loader(Places(text, reading.quiz.source), folder)
    for part in (reading.quiz, *reading.quiz.all_parts):
        loader.take(part)
    problems = sorted((*reading.problems, *loader.problems), key=lambda one: (one.source.line, one.source.column))
    media = tuple(one for one in loader.media.values() if one is not None)
    return Reading(replace(reading.quiz, media=media), tuple(problems))


class _Loader:
    """Loads each image once, and reports each bad one once, where it is named first."""

    def __init__(self, places: Places, folder: Path | None) -> None:
        self._places = places
        self._folder = ImageFolder(folder) if folder is not None else None
        self.media: dict[str, Media | None] = {}
        self.problems: list[Problem] = []

    def take(self, part: Quiz | Part) -> None:
        """Load the images that the part shows."""
        from content.prose import images, to_html  # readers can do without it where there is no image

        for text in texts_of(part):
            if MAY_SHOW.search(text):
                for image in images(to_html(text)):
                    place = self._places.find((unquote(image.address), image.address), part.source)
                    self.problems += self._of_image(image.name, image.address, place)
                    if not image.alt.strip():
                        self.problems.append(_no_alt(place))

    def _of_image(self, name: str | None, address: str, place: Source) -> Iterator[Problem]:
        if not address:
            sentence = "This image has no address that could be kept, or its bytes are in the text itself."
            remedy = "Save it as a file beside the quiz, and name that."
            yield Problem(Severity.WARNING, "no-image-address", sentence, remedy, place)
        if name is None or name in self.media:
            return
        self.media[name] = None
        if self._folder is None:
            sentence = f"The image '{name}' is not taken along: this text comes without the folder that it lies in."
            yield Problem(Severity.WARNING, "image-left", sentence, "Use its https address, or read a file.", place)
            return
        try:
            self.media[name], cut = self._folder.read(name)
        except BadImageError as bad:
            yield Problem(Severity.ERROR, bad.code, bad.sentence, bad.remedy, place)
            return
        if cut:
            sentence = f"'{name}' could run or load something; that is taken out of it."
            yield Problem(Severity.WARNING, "unsafe-svg", sentence, "See that it still looks right.", place)


def _no_alt(place: Source) -> Problem:
    sentence = "This image has no alternative text, so who cannot see it does not know what it shows."
    return Problem(Severity.WARNING, "no-alt-text", sentence, "Describe it, as in '![a cat asleep](cat.png)'.", place)
