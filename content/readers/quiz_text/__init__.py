"""Reads quiz text, the Markdown-based format of docs/instructor/quiz_text.md: text2qti's syntax and a few own lines.

From the ground up: `lines` (all that is no comment), `blocks` (a mark and its text), `kinds` (each with its answers in
`choices`, `typed`, `arranged`, `placed` or `handed_in`) and `options` (with their `values`) for the words of the
format, with `marks` to find them; `questions` (blocks to a question) and `brackets` (groups and sections); `grammar`
(which block belongs where; `left_out` tells of the rest) and `reader`. `id_lines` writes ids into such a text.
"""

from content.readers.quiz_text.reader import read_quiz_text

__all__ = ["read_quiz_text"]
