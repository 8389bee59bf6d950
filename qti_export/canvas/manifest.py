"""The manifest of a Canvas package."""

from collections.abc import Iterator

from content.quiz import Quiz
from qti_export.canvas.images import paths
from qti_export.xml_text import Xml, element, whole

NAMESPACE = "http://www.imsglobal.org/xsd/imscp_v1p1"
"""Plain content packaging. Canvas's own exports declare Common Cartridge's namespace with a resource type that
Common Cartridge does not know; its importers read this one just as well, and it is valid."""

RESERVED_ID = "assessment_meta"
"""The one id that would make the quiz's file overwrite the file of its settings."""

CANVAS_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
"""What Canvas calls all of its own files: settings, and question banks."""


def of_quiz(quiz: Quiz) -> Iterator[bytes]:
    """Yield the manifest: the quiz, and its settings as what it depends on.

    Classic finds the settings by resource type and path, New Quizzes by the dependency.
    """
    settings = f"{quiz.id}__meta"
    assessment = element(
        "resource",
        element("file", href=content_path(quiz)),
        element("dependency", identifierref=settings),
        identifier=quiz.id,
        type="imsqti_xmlv1p2",
    )
    return _document(quiz, assessment, _resource(settings, CANVAS_TYPE, meta_path(quiz)))


def of_bank(quiz: Quiz) -> Iterator[bytes]:
    """Yield the manifest of a package with a question bank alone, under the type that New Quizzes finds banks by."""
    return _document(quiz, _resource(f"{quiz.id}__bank", CANVAS_TYPE, content_path(quiz)))


def _document(quiz: Quiz, *resources: Xml) -> Iterator[bytes]:
    """Yield the manifest with these resources and the images: Canvas imports no file that is not listed."""
    pictures = [
        _resource(f"{quiz.id}__image_{number}", "webcontent", path) for number, path in enumerate(paths(quiz), start=1)
    ]
    root = element(
        "manifest",
        element("metadata", element("schema", "IMS Content"), element("schemaversion", "1.1.3")),
        element("organizations"),
        element("resources", *resources, *pictures),
        xmlns=NAMESPACE,
        identifier=f"{quiz.id}__manifest",
    )
    return whole(root)


def _resource(identifier: str, type_: str, path: str) -> Xml:
    return element("resource", element("file", href=path), identifier=identifier, type=type_, href=path)


def content_path(quiz: Quiz) -> str:
    """Return where the questions stand in the package."""
    return f"{quiz.id}/{quiz.id}.xml"


def meta_path(quiz: Quiz) -> str:
    """Return where the settings stand: Classic looks in the folder named after the assessment's ident, nowhere else."""
    return f"{quiz.id}/assessment_meta.xml"
