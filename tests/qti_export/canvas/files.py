"""How Canvas finds the files that a text of a package shows, rewritten from its sources.

Its importers take a file along only if the manifest lists it, and resolve ``$IMS-CC-FILEBASE$`` to the root of the
package (canvas-lms `lib/cc/importer`, `Qti::HtmlHelper`); ``+`` in an address is decoded to a blank.
"""

from urllib.parse import unquote_plus

from lxml.html import fragments_fromstring

from tests.qti_export.packages import tree

BASE = "$IMS-CC-FILEBASE$/"
NO_FILE = (".xml", ".dat", ".qti")


def course_files(members: dict[str, bytes]) -> dict[str, bytes]:
    """The files that land in the course, by path."""
    listed = [
        file.get("href", "")
        for resource in tree(members["imsmanifest.xml"]).iter("resource")
        if resource.get("type") == "webcontent"
        for file in resource.iter("file")
    ]
    return {path: members[path] for path in listed if not path.endswith(NO_FILE)}


def shown(html: str, members: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """The alternative text and the bytes of each image that a text shows."""
    files = course_files(members)
    found = []
    for node in fragments_fromstring(html, no_leading_text=False):
        for image in [] if isinstance(node, str) else node.iter("img"):
            address = image.get("src", "")
            assert address.startswith(BASE), address
            found.append((image.get("alt", ""), files[unquote_plus(address.removeprefix(BASE))]))
    return found
