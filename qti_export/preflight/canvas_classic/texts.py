"""Traps of texts and files in Classic Quizzes: what the sanitiser takes out, what is too long, which pictures miss."""

import re
from collections.abc import Iterator

from qti_export.preflight.canvas_classic.question import ITEM, Question
from qti_export.preflight.markup import TAG, shortened
from qti_export.preflight.model import Effect
from qti_export.preflight.rules import Said

STEM_MAX_LENGTH = 16_384
REMOVED = re.compile(
    r"<(script|style|svg|form|input|button|select|textarea|link|meta)\b|<[^<>]*\son[a-z]+\s*=", re.IGNORECASE
)
DATA_IMAGE = re.compile(r"""<img\b[^<>]*\bsrc\s*=\s*["']?data:""", re.IGNORECASE)
DOLLARS = re.compile(r"(?<![\\$])\$(?=[^\s$])[^$\n]{0,200}?[\\^_{][^$\n]{0,200}?\$|\$\$[^$]{1,500}\$\$")


@ITEM.trap(
    "classic-long-stem", Effect.CHANGES, "A question text of more than 16,384 characters is replaced by a notice."
)
def _long_stem(question: Question) -> Iterator[Said]:
    length = len(question.item.stem_html)
    if length > STEM_MAX_LENGTH:
        yield Said(f"Canvas puts a notice in the place of its {length:,} characters.", "Move a part of it to a page.")


@ITEM.trap(
    "classic-sanitised", Effect.VANISHES, "Scripts, styles, forms, SVG and event handlers in texts are taken out."
)
def _sanitised(question: Question) -> Iterator[Said]:
    for text in question.item.all_texts:
        if text.type != "text/plain" and (found := REMOVED.search(text.text)):
            yield Said(f"Canvas takes '{shortened(found[0])}' out.", "Say it in plain HTML.", text.node)


@ITEM.trap(
    "classic-data-image", Effect.VANISHES, "Pictures inside the HTML (data:) are dropped from stems and choices."
)
def _data_image(question: Question) -> Iterator[Said]:
    for text in question.item.all_texts:
        if text.type != "text/plain" and DATA_IMAGE.search(text.text):
            yield Said("A picture that is written into the HTML is dropped.", "Put it into the package.", text.node)


@ITEM.trap("classic-plain-stem", Effect.CHANGES, "The line ends of a stem in text/plain are lost.")
def _plain_stem(question: Question) -> Iterator[Said]:
    for text in question.item.stem:
        if text.type == "text/plain" and "\n" in text.text.strip():
            yield Said("The lines of the question text run into one.", "Send it as text/html.", text.node)


@ITEM.trap("classic-dollar-math", Effect.NOTES, "Formulas between dollar signs are not set as formulas.")
def _dollar_math(question: Question) -> Iterator[Said]:
    for text in question.item.all_texts:
        if found := DOLLARS.search(TAG.sub(" ", text.text)):
            yield Said(
                f"'{shortened(found[0])}' stays as it is written; if it is a formula, it is not set.",
                r"Write \( ... \) or \[ ... \].",
                text.node,
            )
