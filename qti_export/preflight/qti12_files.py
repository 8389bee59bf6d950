"""Which files of a package hold QTI, and of which version."""

from qti_export.preflight.documents import Document

QTI2_ITEM, QTI2_TEST = "assessmentItem", "assessmentTest"
QTI3 = ("qti-assessment-item", "qti-assessment-test", "qti-assessment-section")


def is_qti12(document: Document) -> bool:
    """Return whether it is QTI 1.2: a ``questestinterop``, or an item or bank without one."""
    return document.tag in {"questestinterop", "assessment", "objectbank"} or (
        document.tag == "item" and document.root is not None and document.root.find("presentation") is not None
    )


def is_qti2(document: Document) -> bool:
    """Return whether it is QTI 2.x."""
    return document.tag in {QTI2_ITEM, QTI2_TEST, "assessmentSection"}


def is_qti3(document: Document) -> bool:
    """Return whether it is QTI 3.0."""
    return document.tag in QTI3


def version(document: Document) -> str:
    """Return the version of QTI 2 by the namespace: ``2.0``, ``2.1`` or ``2.2``, "" where it says none."""
    for number in ("2.0", "2.1", "2.2"):
        if f"v{number.replace('.', 'p')}" in document.namespace:
            return number
    return ""
