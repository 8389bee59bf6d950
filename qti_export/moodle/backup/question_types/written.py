"""What a person grades (``essay``), and a text that asks nothing (``description``)."""

from content.prose import to_html
from content.questions import Essay, FileUpload, TextBlock
from qti_export.moodle.backup.question_types.base import Placed, QuestionType, plugin_of
from qti_export.moodle.backup.records import Value, add_record, html

TEXT: dict[str, Value] = {
    "responseformat": "editor",
    "responserequired": True,
    "responsefieldlines": 15,
    "minwordlimit": None,
    "maxwordlimit": None,
    "attachments": 0,
    "attachmentsrequired": 0,
}

FILE: dict[str, Value] = {**TEXT, "responseformat": "noinline", "responserequired": False}
FILE |= {"attachments": 1, "attachmentsrequired": 1}
"""No text, and one file."""

FOR_THE_GRADER: dict[str, Value] = {
    **html("graderinfo", ""),
    **html("responsetemplate", ""),
    "filetypeslist": "",
    "maxbytes": 0,
}


def essay(question: Essay | FileUpload, placed: Placed) -> QuestionType:
    """Return an essay, of a text or of a file."""
    plugin = plugin_of("essay")
    what = FILE if isinstance(question, FileUpload) else TEXT
    add_record(plugin, "essay", placed.number, {**what, **FOR_THE_GRADER})
    return QuestionType("essay", to_html(question.stem), plugin)


def description(question: TextBlock, placed: Placed) -> QuestionType:  # noqa: ARG001 - the signature of all kinds
    """Return a description. The type has no plugin and no number in the quiz."""
    return QuestionType("description", to_html(question.stem), None, penalty="0.0000000", length=0)
