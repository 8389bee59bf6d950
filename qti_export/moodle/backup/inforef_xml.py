"""``inforef.xml``: what of the rest of the backup belongs to the quiz. What is not named here is not restored."""

from collections.abc import Iterator

from qti_export.moodle.backup.files_xml import Files
from qti_export.moodle.backup.ids import GRADE_ITEM, TOP_CATEGORY
from qti_export.moodle.backup.plan import Plan
from qti_export.xml_tree import add, element, whole


def document(plan: Plan, files: Files) -> Iterator[bytes]:
    """Yield the file: the quiz's own files, its grade item, every category of questions, the top one included."""
    root = element("inforef")
    categories = (TOP_CATEGORY, *(category.number for category in plan.categories))
    named = {"file": tuple(files.of_activity()), "grade_item": (GRADE_ITEM,), "question_category": categories}
    for kind, numbers in named.items():
        if not numbers:
            continue
        references = add(root, f"{kind}ref")
        for number in numbers:
            add(add(references, kind), "id", str(number))
    return whole(root)
