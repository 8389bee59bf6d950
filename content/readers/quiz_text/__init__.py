"""Reads quiz text, the Markdown-based format of docs/instructor/quiz_text.md: text2qti's syntax and a few own lines.

From the ground up: `lines` (all that is no comment), `blocks` (a mark and its text), `kinds` and `options` (the words
of the format, with `marks` to find them), `questions` (blocks to a question), `grammar` (which block belongs where;
`left_out` tells of the rest) and `reader`.
"""

from content.readers.quiz_text.reader import read_quiz_text

__all__ = ["read_quiz_text"]
