"""A Common Cartridge 1.3 with one quiz in QTI 1.2, for the LMSs that import no other open format."""

from collections.abc import Iterator

from content.prose import relink
from content.quiz import UNLIMITED, Quiz
from qti_export import qti12
from qti_export.cartridge import manifest
from qti_export.common_cartridge import items, losses
from qti_export.common_cartridge.nearest import as_cartridge_quiz
from qti_export.images import image_files
from qti_export.package import Member, pack
from qti_export.report import Exported, NotExportable, report
from qti_export.xml_text import Xml

STEPS = (
    "In your LMS open the course's import page, choose 'Common Cartridge' where it asks for a format, and this file.",
    "Open the quiz that the import has made, and look it through, question by question.",
    "Set there what this report says that did not arrive, points first.",
)

BASE = "$IMS-CC-FILEBASE$/"
"""How a cartridge says that a path begins at its root."""

FOLDER = "media"


def export(quiz: Quiz) -> Exported:
    """Return the cartridge of a checked quiz that has all its ids.

    Raise NotExportable where no question of it can go, since a cartridge holds no empty quiz.
    """
    flat = as_cartridge_quiz(quiz)
    if not flat.questions:
        raise NotExportable([losses.nothing_goes(quiz)])
    images = {name: f"{FOLDER}/{file.name}" for name, file in image_files(flat).items()}
    addresses = {name: f"{BASE}{path}" for name, path in images.items()}
    files = {f"{FOLDER}/{file.name}": file.data for file in image_files(flat).values()}

    def written() -> Iterator[Xml]:
        for number, question in enumerate(flat.questions, start=1):
            title = question.title or f"Question {number}"
            item = items.new_item(question, question.id, title, shuffles=quiz.settings.shuffle_answers)
            yield qti12.with_html(item, [relink(html, addresses.get) for html in qti12.html_of(item)])

    data = pack(
        [
            Member("imsmanifest.xml", manifest.document(flat, files, manifest.V1P3)),
            Member(manifest.QUIZ_PATH, qti12.assessment(flat.id, flat.title, qti_fields(flat), written())),
            *(Member(path, [data]) for path, data in files.items()),
        ]
    )
    return Exported(data, report("common-cartridge", flat, losses.of(quiz, flat), STEPS, with_images=True))


def qti_fields(quiz: Quiz) -> dict[str, str]:
    """Return the metadata of the assessment: all that the profile can say of how a quiz is given."""
    fields = {"cc_profile": "cc.exam.v0p1", "qmd_assessmenttype": "Examination", "qmd_scoretype": "Percentage"}
    if losses.keeps_time_limit(quiz.settings):
        fields["qmd_timelimit"] = str(quiz.settings.time_limit)
    if quiz.settings.attempts is not None and losses.keeps_attempts(quiz.settings):
        fields["cc_maxattempts"] = "unlimited" if quiz.settings.attempts == UNLIMITED else str(quiz.settings.attempts)
    return fields
