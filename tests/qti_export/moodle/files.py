"""How Moodle finds the files that a text shows, rewritten from its sources, independent of the exporter.

Moodle XML: ``qformat_xml::import_files`` takes the ``file`` elements beside a ``text``. Cartridge:
``cc2moodle::update_sources`` looks from the folder of the QTI file, for question texts only.
"""

from base64 import b64decode
from collections.abc import Callable
from urllib.parse import unquote

from lxml import etree
from lxml.html import fragments_fromstring

PLUGINFILE = "@@PLUGINFILE@@/"

Shown = list[tuple[str, bytes]]
"""The alternative text and the bytes of each image."""


def shown(html: str, file_at: Callable[[str], bytes]) -> Shown:
    """The images of a text, whose addresses lead where the function says."""
    nodes = [node for node in fragments_fromstring(html) if not isinstance(node, str)]
    return [(img.get("alt", ""), file_at(img.get("src", ""))) for node in nodes for img in node.iter("img")]


def in_plugin_files(files: dict[str, bytes]) -> Callable[[str], bytes]:
    """Addresses of files that belong to a text, by name."""

    def file_at(address: str) -> bytes:
        assert address.startswith(PLUGINFILE), address
        return files[unquote(address.removeprefix(PLUGINFILE))]

    return file_at


def in_data(address: str) -> bytes:
    """What an address holds that is its own file."""
    start, _, data = address.partition(";base64,")
    assert start.startswith("data:image/"), address
    return b64decode(data)


def shown_in_bank(question: etree._Element) -> Shown:
    """The images of all texts of a question of a Moodle XML file."""
    found: Shown = []
    for holder in question.iter("*"):
        text = holder.findtext("text", "")
        if holder.tag == "info":
            assert not holder.findall("file")  # ``qformat_xml::import_category`` takes the text alone
        elif holder.get("format") == "html" and (question.get("type"), holder.tag) != ("shortanswer", "answer"):
            files = {}
            for file in holder.iterfind("file"):
                assert (file.get("path"), file.get("encoding")) == ("/", "base64")
                files[file.get("name", "")] = b64decode(file.text or "")
            pairs = shown(text, in_plugin_files(files)) if "<img" in text else []
            assert len({data for _, data in pairs}) == len(files), "a file that nothing shows"
            found += pairs
    return found
