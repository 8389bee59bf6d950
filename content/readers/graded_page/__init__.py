"""Reads a saved, graded quiz page of a course site, as text: copied, converted to Markdown, or recognised by OCR.

From the ground up: `signs` (the boxes and circles before choices), `pieces` (what a line holds), `outline` (where
questions begin), `header` (title, grade, pass mark), `assembly` (the pieces of one question as a `draft`), `evidence`
(which choices the page shows to be right) and `reader` (all of it as a quiz). A `doubt` is what the page does not show;
nothing is guessed in its place.
"""

from content.readers.graded_page.reader import looks_like_graded_page, read_graded_page

__all__ = ["looks_like_graded_page", "read_graded_page"]
