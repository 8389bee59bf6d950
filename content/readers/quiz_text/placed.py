"""Questions that are answered within their text: ``<> [name] answer`` for a blank, ``{*} [name] choice`` to pick."""

import re
from collections.abc import Sequence

from content.questions import Blank, Choice, Dropdown, Dropdowns, FillInBlanks
from content.readers.quiz_text.answers import Answer, Built
from content.readers.quiz_text.report import Report
from content.readers.quiz_text.values import one_line

NAMED = re.compile(r"\[([^\]\n]*)\][ \t\n]*(.*)", re.DOTALL)


def blanks(answers: Sequence[Answer], report: Report) -> Built:
    """Return a question with blanks."""
    by_name = _by_name(answers, report)
    made = tuple(Blank(name=name, answers=tuple(text for text, _ in found)) for name, found in by_name.items())
    return _built(Built(FillInBlanks, {"blanks": made}, []), by_name, answers)


def dropdowns(answers: Sequence[Answer], report: Report) -> Built:
    """Return a question with dropdowns."""
    by_name = _by_name(answers, report)
    made = tuple(
        Dropdown(
            name=name,
            choices=tuple(
                Choice(text=text, correct="*" in answer.block.written, feedback=answer.told) for text, answer in found
            ),
        )
        for name, found in by_name.items()
    )
    return _built(Built(Dropdowns, {"dropdowns": made}, []), by_name, answers)


def _by_name(answers: Sequence[Answer], report: Report) -> dict[str, list[tuple[str, Answer]]]:
    by_name: dict[str, list[tuple[str, Answer]]] = {}
    for answer in answers:
        block = answer.block
        named = NAMED.fullmatch(block.text)
        if named:
            by_name.setdefault(named[1].strip(), []).append((one_line(named[2]), answer))
        else:
            sentence = f"Behind '{block.written}' stands no name of a blank."
            remedy = f"Write it as in '{block.written} [name] text', and '[name]' where it belongs in the question."
            report.error("bad-blank", block.line, sentence, remedy, column=block.column)
    return by_name


def _built(built: Built, by_name: dict[str, list[tuple[str, Answer]]], answers: Sequence[Answer]) -> Built:
    blocks = [answer.block for found in by_name.values() for _, answer in found]
    return built._replace(blocks=blocks, broken=len(blocks) < len(answers))
