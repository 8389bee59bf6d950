"""Reads quiz text, the Markdown-based format of docs/instructor/quiz_text.md (text2qti's syntax, and a few own lines).

From the ground up: `lines` (what is no comment), `blocks` (a mark and its text), `marks` and `options` (the words of
the format), `kinds` (how a question is answered), `questions` and `reader` (blocks to a quiz).
"""

from content.readers.quiz_text.reader import read_quiz_text

__all__ = ["read_quiz_text"]
