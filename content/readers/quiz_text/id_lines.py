"""Puts ids into a quiz text with the smallest change: whole lines come in, and no other line is touched."""

import re

from content.identity import with_ids
from content.problem import Source
from content.quiz import Pool, Quiz, Section
from content.readers.quiz_text.blocks import blocks_of
from content.readers.quiz_text.lines import lines_of
from content.readers.quiz_text.marks import MARKS
from content.readers.quiz_text.options import name_of
from content.readers.quiz_text.reader import read_quiz_text
from content.readers.quiz_text.report import Report

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def with_id_lines(text: str, quiz: Quiz) -> str:
    """Return the text with a line for each id that `content.identity.with_ids` gives to the quiz read from it.

    A text whose quiz and parts have all their ids comes back as it is. Raise ValueError for a text into which they
    cannot be put so that it reads as the same quiz.
    """
    named = with_ids(quiz)
    if named == quiz:
        return text
    added = {} if quiz.id else _line_of_quiz(text, named)
    for part, with_id in zip(quiz.all_parts, named.all_parts, strict=True):
        if not part.id:
            below = isinstance(part, Pool | Section)
            added.setdefault(_line(part.source) + below, []).append(f"id: {with_id.id}")
    new = _with_lines(text, added)
    if read_quiz_text(new, quiz.source.file if quiz.source else "").quiz != named:
        raise ValueError("The ids cannot be put into this text; something stands where they belong.")
    return new


def _line_of_quiz(text: str, named: Quiz) -> dict[int, list[str]]:
    """Return the line for the id of the quiz: below its title, or at the top with a blank line to keep it apart."""
    for block in blocks_of(lines_of(text, Report("")), MARKS):
        if block.mark == "option" and name_of(block) == "quiz title":
            return {block.line + len(block.more) + 1: [f"id: {named.id}"]}
        if block.mark == "question":
            break
    return {1: [f"id: {named.id}", ""]}


def _line(source: Source | None) -> int:
    if source is None:
        raise ValueError("A part of the quiz was not read from a text.")
    return source.line


def _with_lines(text: str, added: dict[int, list[str]]) -> str:
    """Return the text with further lines above those with these numbers, all with the line end of the first."""
    body = text.removeprefix("\ufeff")
    lines = LINE.findall(body)
    ending = re.search(r"\r\n|\r|\n", body)
    end = ending.group() if ending else "\n"
    made = [text[: len(text) - len(body)]]
    for number, line in enumerate(lines, start=1):
        made += [f"{new}{end}" for new in added.get(number, ())]
        made.append(line)
    return "".join(made)
