"""The manifest of a Common Cartridge. Moodle checks it against the XSD and refuses the restore at any violation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from content.quiz import Quiz
from qti_export.xml_text import Xml, element, whole


@dataclass(frozen=True, slots=True)
class Version:
    """A version of Common Cartridge: ``number`` as the manifest says it, ``code`` as it stands in names (``v1p1``)."""

    number: str
    code: str

    @property
    def namespace(self) -> str:
        """Return its default namespace. Moodle knows a cartridge by it, within the first 1024 bytes of the manifest."""
        return f"http://www.imsglobal.org/xsd/imscc{self.code}/imscp_v1p1"

    @property
    def lom(self) -> str:
        """Return the namespace of the metadata of the whole cartridge."""
        return f"http://ltsc.ieee.org/xsd/imscc{self.code}/LOM/manifest"


V1P1 = Version("1.1.0", "v1p1")
V1P3 = Version("1.3.0", "v1p3")

QUIZ_PATH = "quiz.xml"
"""At the root of the package: Moodle resolves the paths of pictures from the folder of the quiz's file."""


def document(quiz: Quiz, images: Iterable[str], version: Version) -> Iterator[bytes]:
    """Yield the manifest; ``images`` are the paths of those in the package: an LMS takes only what is listed.

    The title of the item becomes the quiz's name in Moodle, where an assessment without an item is dropped.
    """
    activity = element("item", element("title", quiz.title), identifier=f"{quiz.id}__item", identifierref=quiz.id)
    tree = element("item", activity, identifier=f"{quiz.id}__root")
    organization = element("organization", tree, identifier=f"{quiz.id}__tree", structure="rooted-hierarchy")
    quiz_type = f"imsqti_xmlv1p2/imscc_xml{version.code}/assessment"
    pictures = [
        element(
            "resource",
            element("file", href=path),
            identifier=f"{quiz.id}__image_{number}",
            type="webcontent",
            href=path,
        )
        for number, path in enumerate(images, start=1)
    ]
    root = element(
        "manifest",
        _metadata(quiz.title, version),
        element("organizations", organization),
        element(
            "resources",
            element("resource", element("file", href=QUIZ_PATH), identifier=quiz.id, type=quiz_type),
            *pictures,
        ),
        xmlns=version.namespace,
        identifier=f"{quiz.id}__manifest",
    )
    return whole(root)


def _metadata(title: str, version: Version) -> Xml:
    """Return the metadata, whose title names the course where the cartridge is restored into a new one."""
    named = element("lomimscc:title", element("lomimscc:string", title))
    lom = element("lomimscc:lom", element("lomimscc:general", named), **{"xmlns:lomimscc": version.lom})
    schema = (element("schema", "IMS Common Cartridge"), element("schemaversion", version.number))
    return element("metadata", *schema, lom)
