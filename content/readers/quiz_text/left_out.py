"""What is said of lines that the reader cannot use, or leaves out."""

import difflib
import re

from content.readers.quiz_text.blocks import FENCE, UNMARKED, Block
from content.readers.quiz_text.options import ALL_OPTIONS, GROUP_OPTIONS, SOLUTION_OPTIONS
from content.readers.quiz_text.report import Report

INDENT = "Indent it if it continues the text above it"

MARK_WITHOUT_SPACE = re.compile(r"\d+\.|\*?[A-Za-z]\.|\.\.\.|…|\*(?!\*)|<>|~(?!~)|[-+=!>?]")


def report_mark(block: Block, report: Report) -> None:
    """Report a block whose mark the reader has no use for."""
    if block.mark == UNMARKED:
        _report_unmarked(block, report)
    elif block.mark == FENCE:
        _report_fence(block, report)
    elif block.mark == "solution":
        sentence = "Solutions ('!') are left out: an LMS would show them to students."
        report.note("left-out", block.line, sentence, "Nothing needs to be done.")


def report_option(block: Block, name: str, report: Report) -> None:
    """Report an option that the reader has no use for."""
    if name in SOLUTION_OPTIONS:
        sentence = f"'{block.written}' speaks of a solutions file, and is left out."
        report.note("left-out", block.line, sentence, "Nothing needs to be done.")
    elif name in GROUP_OPTIONS:
        sentence = f"'{block.written}' speaks of a group, and stands in none or below its first question."
        report.error("stray-mark", block.line, sentence, "Move it below the line GROUP, or remove it.")
    else:
        similar = difflib.get_close_matches(name, ALL_OPTIONS, n=1)
        guess = f"Did you mean '{similar[0].capitalize()}:'? " if similar else ""
        sentence = f"'{block.written}' is no line that quiz text knows."
        report.error("unknown-option", block.line, sentence, f"{guess}{INDENT}, or remove it.")


def _report_unmarked(block: Block, report: Report) -> None:
    found = MARK_WITHOUT_SPACE.match(block.first)
    if block.first[0] in " \t":
        sentence = "This line is indented, and there is no text above it that it could continue."
        remedy = "Move it to the beginning of the line."
    elif found:
        sentence = f"This line begins with '{found.group()}' and no space behind it."
        remedy = f"Put a space there if it is a mark. {INDENT}."
    else:
        sentence = "This line begins with no mark that quiz text knows."
        remedy = f"{INDENT}; else begin it with a mark, as in '1. question' or 'a) choice'."
    report.error("unmarked-line", block.line, sentence, remedy)


def _report_fence(block: Block, report: Report) -> None:
    if ".run" in block.first:
        sentence = "Code that writes questions when it is run is not supported, and is left out."
        report.error("not-yet", block.line, sentence, "Run it yourself, and put what it prints in its place.")
    else:
        sentence = "This code block is not indented, so it belongs to no text."
        remedy = "Indent all of it, the lines with the fences too, to where the text above it begins."
        report.error("unmarked-line", block.line, sentence, remedy)
