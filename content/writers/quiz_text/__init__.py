"""A quiz as quiz text, the format that `content.readers.quiz_text` reads (docs/instructor/quiz_text.md).

`pieces` writes a text behind its mark, `header` the top of the file, `answers` what stands below a question, and
`questions` the rest of it; `quizzes` puts them together.
"""

from content.writers.quiz_text.quizzes import write_quiz_text

__all__ = ["write_quiz_text"]
