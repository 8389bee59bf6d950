"""``files.xml``: which text of which record shows which image; and the images, each content once."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from content.prose import relink
from qti_export.images import ImageFile
from qti_export.moodle.backup.ids import QUIZ_CONTEXT
from qti_export.moodle.backup.records import MOODLE_FORMAT, Value, add_record
from qti_export.moodle.pluginfile import BASE
from qti_export.package import Member
from qti_export.xml_tree import element, whole

AREAS = {
    "answertext": "answer",
    "feedback": "answerfeedback",
    **{area: area for area in ("questiontext", "generalfeedback", "hint")},
    **{f"{kind}feedback": f"{kind}feedback" for kind in ("correct", "partiallycorrect", "incorrect")},
}
"""The file area that belongs to a text, by the name of its element."""


class Use(NamedTuple):
    """A text that shows an image: the component, file area and record that it belongs to, and the file's name."""

    component: str
    area: str
    item: str
    name: str


class Files:
    """The files of a backup. They become known while the texts that show them are written, so they come after those."""

    def __init__(self, images: Mapping[str, ImageFile]) -> None:
        self._images = images
        self._uses: dict[Use, ImageFile] = {}

    def link(self, html: str, component: str, area: str, item: str) -> str:
        """Return the HTML of a text such that it shows its images, which are noted."""

        def address(name: str) -> str | None:
            image = self._images.get(name)
            if image is None:
                return None
            self._uses[Use(component, area, item, image.name)] = image
            return f"{BASE}/{image.name}"

        return relink(html, address)

    def link_all(self, entry: etree._Element) -> None:
        """Let all texts of a question's entry show their images. A text belongs to the record that it stands in."""
        if not self._images:
            return
        for text in entry.iter(*AREAS):
            record = text.getparent()
            if record is None or not text.text or _is_typed(text, record):
                continue
            where = ("qtype_match", "subquestion") if record.tag == "match" else ("question", AREAS[str(text.tag)])
            text.text = self.link(text.text, *where, record.get("id", ""))

    def of_activity(self) -> Iterator[int]:
        """Yield the ids of the files that belong to the quiz itself, and not to a question."""
        yield from (number for number, use in enumerate(self._uses, start=1) if use.component == "mod_quiz")

    def document(self) -> Iterator[bytes]:
        """Yield the file."""
        root = element("files")
        for number, (use, image) in enumerate(self._uses.items(), start=1):
            add_record(root, "file", number, _record(use, image))
        return whole(root)

    def members(self) -> Iterator[Member]:
        """Yield the images, named after their content."""
        for digest, data in {_digest(image): image.data for image in self._uses.values()}.items():
            yield Member(f"files/{digest[:2]}/{digest}", [data])


def _is_typed(text: etree._Element, record: etree._Element) -> bool:
    return text.tag == "answertext" and record.findtext("answerformat") == str(MOODLE_FORMAT)


def _record(use: Use, image: ImageFile) -> dict[str, Value]:
    return {
        "contenthash": _digest(image),
        "contextid": QUIZ_CONTEXT,
        "component": use.component,
        "filearea": use.area,
        "itemid": use.item,
        "filepath": "/",
        "filename": use.name,
        "userid": None,
        "filesize": len(image.data),
        "mimetype": image.type,
        "status": 0,
        "timecreated": 0,
        "timemodified": 0,
        "source": use.name,
        "author": None,
        "license": None,
        "sortorder": 0,
        "repositorytype": None,
        "repositoryid": None,
        "reference": None,
    }


def _digest(image: ImageFile) -> str:
    return hashlib.sha1(image.data, usedforsecurity=False).hexdigest()
