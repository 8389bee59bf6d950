"""What is typed or handed in: short answer, numerical, essay and file upload."""

from decimal import Decimal

from lxml import etree

from content.numbers import EXACT, NumericAnswer
from content.questions import Essay, FileUpload, Numerical, ShortAnswer
from qti_export.qti.items.item import Item
from qti_export.qti.items.processing import RESPONSE, Told
from qti_export.typed_answers import typed_as
from qti_export.xml_tree import add


def short_answer(item: Item, question: ShortAnswer) -> None:
    """Type a few words: the mapping names all that are accepted, for engines and for tools that look for the key."""
    texts = [typed_as(answer.text) for answer in question.answers]
    case = "true" if question.case_sensitive else "false"
    mapped = dict.fromkeys(texts, 1)
    item.declare("string", correct=texts[:1], mapped=mapped, case_sensitive=question.case_sensitive)
    item.add_stem()
    _add_field(item)
    told = [
        item.make.of("stringMatch", item.make.variable(RESPONSE), item.make.value("string", text), caseSensitive=case)
        for text in texts
    ]
    names = [f"answer_{number}" for number in range(1, len(texts) + 1)]
    item.processing.show_first(map(Told, names, told, (answer.feedback for answer in question.answers)))
    item.processing.settle(item.make.is_mapped())


def numerical(item: Item, question: Numerical) -> None:
    """Type a number. Bounds are written out: an engine would reckon those of a margin, with floats."""
    middle = EXACT.divide(EXACT.add(*question.answers[0].bounds()), Decimal(2))
    item.declare("float", correct=[f"{middle:f}"])
    item.add_stem()
    _add_field(item)
    names = [f"answer_{number}" for number in range(1, len(question.answers) + 1)]
    accepted = [_accepts(item, answer) for answer in question.answers]
    item.processing.show_first(map(Told, names, accepted, (answer.feedback for answer in question.answers)))
    accepted = [_accepts(item, answer) for answer in question.answers]
    item.processing.settle(accepted[0] if len(accepted) == 1 else item.make.of("or", *accepted))


def _accepts(item: Item, answer: NumericAnswer) -> etree._Element:
    make = item.make
    low, high = answer.bounds()
    if low == high:
        return make.of("equal", make.variable(RESPONSE), make.value("float", f"{low:f}"), toleranceMode="exact")
    return make.of(
        "and",
        make.of("gte", make.variable(RESPONSE), make.value("float", f"{low:f}")),
        make.of("lte", make.variable(RESPONSE), make.value("float", f"{high:f}")),
    )


def essay(item: Item, question: Essay) -> None:  # noqa: ARG001 - the signature of all kinds
    """Write a text. Nothing is scored: a person decides."""
    item.declare("string")
    item.add_stem()
    item.interaction("extendedTextInteraction", expectedLines="10")


def file_upload(item: Item, question: FileUpload) -> None:  # noqa: ARG001 - the signature of all kinds
    """Hand in a file. Nothing is scored: a person decides."""
    item.declare("file")
    item.add_stem()
    item.interaction("uploadInteraction")


def _add_field(item: Item) -> None:
    """Append a field to type in, which has to stand in a paragraph."""
    paragraph = add(item.body, "p")
    item.dialect.add(paragraph, "textEntryInteraction", responseIdentifier=RESPONSE)
