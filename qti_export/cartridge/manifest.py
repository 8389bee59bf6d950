"""The manifest of a Common Cartridge. Moodle checks it against the XSD and refuses the restore at any violation."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from content.characters import drop_forbidden
from content.quiz import Quiz
from qti_export.xml_tree import add, element, whole


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
    root = element("manifest", xmlns=version.namespace, identifier=f"{quiz.id}__manifest")
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Common Cartridge")
    add(metadata, "schemaversion", version.number)
    metadata.append(_lom(quiz.title, version.lom))
    organizations = add(root, "organizations")
    organization = add(organizations, "organization", identifier=f"{quiz.id}__tree", structure="rooted-hierarchy")
    wrapper = add(organization, "item", identifier=f"{quiz.id}__root")
    activity = add(wrapper, "item", identifier=f"{quiz.id}__item", identifierref=quiz.id)
    add(activity, "title", quiz.title)
    resources = add(root, "resources")
    quiz_type = f"imsqti_xmlv1p2/imscc_xml{version.code}/assessment"
    add(add(resources, "resource", identifier=quiz.id, type=quiz_type), "file", href=QUIZ_PATH)
    for number, path in enumerate(images, start=1):
        image = add(resources, "resource", identifier=f"{quiz.id}__image_{number}", type="webcontent", href=path)
        add(image, "file", href=path)
    return whole(root)


def _lom(title: str, namespace: str) -> etree._Element:
    """Return the metadata, whose title names the course where the cartridge is restored into a new one."""
    lom = etree.Element(f"{{{namespace}}}lom", nsmap={"lomimscc": namespace})
    general = etree.SubElement(lom, f"{{{namespace}}}general")
    string = etree.SubElement(etree.SubElement(general, f"{{{namespace}}}title"), f"{{{namespace}}}string")
    string.text = drop_forbidden(title)
    return lom
