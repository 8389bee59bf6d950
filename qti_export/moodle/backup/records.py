"""Records as Moodle's backups write them: an element with an id, its plain values first, then what is nested in it.

The order counts. Moodle reads a backup as a stream and hands a record on as soon as the first nested element in it
starts (``progressive_parser``); a value that comes later is lost, and the restore dies where it is needed.
"""

from collections.abc import Mapping
from typing import TypeAlias

from lxml import etree

from content.characters import drop_forbidden
from qti_export.moodle.pluginfile import defused
from qti_export.xml_tree import add

Value: TypeAlias = str | int | bool | None

NULL = "$@NULL@$"
"""How a backup says null. The same as somebody's text would become null, too."""

MOODLE_FORMAT = 0
HTML_FORMAT = 1
"""Formats of texts. A text without one gets Moodle's automatic format, which makes line breaks of its own."""


def container(parent: etree._Element, tag: str) -> etree._Element:
    """Append an element for records to be nested in, and return it.

    Where there are none, Moodle knows by the line end that it is not an empty value (``simplified_parser_processor``).
    """
    made = add(parent, tag)
    made.text = "\n"
    return made


def add_record(parent: etree._Element, tag: str, number: int | str, values: Mapping[str, Value]) -> etree._Element:
    """Append a record with this id and its plain values, and return it for what is nested in it."""
    record = add(parent, tag, id=str(number))
    add_values(record, values)
    return record


def add_values(record: etree._Element, values: Mapping[str, Value]) -> None:
    """Append the plain values of a record; nothing may be nested in it yet."""
    for name, value in values.items():
        etree.SubElement(record, name).text = _written(value) or None


def html(name: str, markup: str, format_name: str = "") -> dict[str, Value]:
    """Return a text in HTML and its format, which nearly always is named after it.

    A backup writes links to pages of its site as ``$@QUIZVIEWBYID*1@$``. Where a text says so by itself, the ``@`` is
    written as an entity, so that it stays the text that it is.
    """
    return {name: defused(markup).replace("$@", "$&#64;"), format_name or f"{name}format": HTML_FORMAT}


def _written(value: Value) -> str:
    if value is None:
        return NULL
    if isinstance(value, str):
        text = drop_forbidden(value)
        return f"{text} " if text == NULL else text
    return f"{value:d}"
