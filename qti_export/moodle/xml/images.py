"""The images of a quiz in Moodle XML: each in the element of the text that shows it."""

from base64 import b64encode
from collections.abc import Mapping

from lxml import etree

from content.prose import relink
from qti_export.images import ImageFile
from qti_export.moodle.pluginfile import BASE
from qti_export.xml_tree import add

TYPED_IN = ("shortanswer", "numerical")
"""The types whose answers are no HTML, though they say so."""


def add_images(question: etree._Element, files: Mapping[str, ImageFile]) -> None:
    """Let each text of the question show its images, and append their bytes to it.

    The description of a category has no files in Moodle.
    """
    for holder in question.iter("*"):
        is_typed = holder.tag == "answer" and question.get("type") in TYPED_IN
        if holder.get("format") == "html" and holder.tag != "info" and not is_typed:
            _add_to(holder, files)


def _add_to(holder: etree._Element, files: Mapping[str, ImageFile]) -> None:
    shown: dict[str, ImageFile] = {}

    def link(name: str) -> str | None:
        file = files.get(name)
        if file is None:
            return None
        shown[file.name] = file
        return f"{BASE}/{file.name}"

    text = holder.find("text")
    if text is None or not text.text:
        return
    text.text = relink(text.text, link)
    for file in shown.values():
        add(holder, "file", b64encode(file.data).decode(), name=file.name, path="/", encoding="base64")
