"""Ids that survive edits: an author's own where given, else derived from the file's name and the question's place.

Never random and never a hash of the wording, so that a second import updates and does not duplicate (see Canvas's
"Overwrite assessment content with matching IDs", which compares idents).
"""

import itertools
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import PurePath
from typing import TypeVar

from content.questions import Question
from content.quiz import ID_MAX_LENGTH, Part, Pool, Quiz, Section

PartT = TypeVar("PartT", Question, Question | Pool, Part)


def with_ids(quiz: Quiz) -> Quiz:
    """Return the quiz with an id for itself and for every part; ids that its author gave stay as they are.

    A quiz is named after its file (``week 3.md`` -> ``week-3``), a question after its place among all questions
    (``q1``, ``q2``, ...), and so is a pool (``pool1``) and a section (``section1``). A place whose name an author's id
    has taken already gets the next free of ``q1-2``, ``q1-3``, ...
    """
    file = quiz.source.file if quiz.source else quiz.title
    names = _Names({part.id for part in quiz.all_parts if part.id})
    parts = tuple(names.named(part) for part in quiz.parts)
    return replace(quiz, id=quiz.id or id_from_name(PurePath(file).stem), parts=parts)


class _Names:
    """Gives every part that has no id the name of its place."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._counts: Counter[str] = Counter()

    def named(self, part: PartT) -> PartT:
        """Return the part and all that is in it with ids. Each is counted where it begins."""
        match part:
            case Section():
                return replace(part, id=self._id("section", part), parts=tuple(map(self.named, part.parts)))
            case Pool():
                return replace(part, id=self._id("pool", part), questions=tuple(map(self.named, part.questions)))
            case _:
                id_ = self._id("q", part)
                return part if part.id else replace(part, id=id_)

    def _id(self, prefix: str, part: Part) -> str:
        self._counts[prefix] += 1
        if part.id:
            return part.id
        place = f"{prefix}{self._counts[prefix]}"
        names = itertools.chain([place], (f"{place}-{again}" for again in itertools.count(2)))
        name = next(name for name in names if name not in self._taken)
        self._taken.add(name)
        return name


def id_from_name(name: str) -> str:
    """Return a valid id made from a file's name or a title.

    Names that lose letters on the way (a name in another script, an overlong one) keep apart by a short digest.
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", ascii_name)
    slug = "-".join(words).lower()
    if not slug or not slug[0].isalpha():
        slug = f"quiz-{slug}".rstrip("-")
    letters_lost = sum(map(str.isalnum, name)) > sum(map(str.isalnum, ascii_name))
    if letters_lost or len(slug) > ID_MAX_LENGTH:
        import hashlib  # it loads all of OpenSSL, and few names need it

        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        slug = f"{slug[: ID_MAX_LENGTH - 9].rstrip('-')}-{digest}"
    return slug
