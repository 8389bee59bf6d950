"""What can be wrong with the answers of a question, kind by kind."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import singledispatch
from itertools import accumulate

from content.checks.findings import Finding, error, shows_nothing, warning
from content.numbers import MAX_DIGITS, Margin, NumericAnswer, PercentMargin, Range, SignificantDigits, is_sane
from content.questions import (
    BLANK,
    Choice,
    ChoiceQuestion,
    Dropdowns,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
)
from content.typed_text import fold

MARKUP = re.compile(r"<pre.*?</pre>|<code.*?</code>|\\\(.{0,500}?\\\)|\\\[.{0,500}?\\\]|<[^>]*>", re.DOTALL)
"""Code, formulas and tags in the HTML that `content.prose` makes."""


@singledispatch
def check_answers(question: Question) -> Iterator[Finding]:  # noqa: ARG001 - the signature of all kinds
    """Return what is wrong with the answers; a kind without a function of its own has none."""
    yield from ()


@check_answers.register
def _choices(question: ChoiceQuestion) -> Iterator[Finding]:
    if len(question.choices) < 2:
        sentence = f"The question has {'one choice' if question.choices else 'no choices'}; it needs at least two."
        remedy = "Write each choice at the beginning of a line, as in 'a) text', and the right one as in '*b) text'."
        yield error("too-few-choices", "choices", sentence, remedy)
    yield from _check_texts([choice.text for choice in question.choices], "choices", "choice")
    for place, choice in enumerate(question.choices):
        if choice.text.strip() and shows_nothing(choice.text):
            sentence = "This choice shows nothing, as a comment does; Moodle would drop it."
            yield error("empty-choice", "choices", sentence, "Write something to be seen.", place)
    several = isinstance(question, MultipleResponse)
    right = sum(choice.correct for choice in question.choices)
    if question.choices and not right:
        remedy = f"Put a star at the right one, as in '{'[*]' if several else '*a)'} text'."
        yield error("no-key", "key", "No choice of this question is marked as right.", remedy)
    if right > 1 and not several:
        sentence = f"{right} choices are marked as right, where students can pick only one."
        remedy = "Keep one star, or write '[ ]' and '[*]' in place of the letters to let students pick several."
        yield error("several-keys", "key", sentence, remedy)


@check_answers.register
def _short_answer(question: ShortAnswer) -> Iterator[Finding]:
    texts = [answer.text for answer in question.answers]
    yield from _check_accepted(texts, case_sensitive=question.case_sensitive)


@check_answers.register
def _numerical(question: Numerical) -> Iterator[Finding]:
    if not question.answers:
        yield _no_key()
    for place, answer in enumerate(question.answers):
        yield from _check_number(answer, place)


def _check_number(answer: NumericAnswer, place: int) -> Iterator[Finding]:
    if not is_sane(answer):
        sentence = "A number of this answer is too long, too large or too small."
        yield error("bad-number", "answers", sentence, "Give it at most 50 digits, within 99 powers of ten.", place)
        return
    match answer:
        case Range(low=low, high=high) if low > high:
            sentence = f"The range is upside down: it begins at {low} and ends at {high}."
            yield error("upside-down", "answers", sentence, "Write the smaller number first.", place)
        case Margin(margin=margin) | PercentMargin(percent=margin) if margin < 0:
            sentence = "The margin is below 0, so no number can be right."
            yield error("negative-margin", "answers", sentence, "Write it without the minus.", place)
        case SignificantDigits(value=value, digits=digits) if not value or not 1 <= digits <= MAX_DIGITS:
            sentence = f"No number has {digits} significant digits of {value}."
            remedy = f"Ask for 1 to {MAX_DIGITS} digits of another number than 0, or write a margin: '= 0 +- 0.1'."
            yield error("bad-digits", "answers", sentence, remedy, place)


@check_answers.register
def _matching(question: Matching) -> Iterator[Finding]:
    if len(question.pairs) < 2:
        sentence = f"The question has {'one pair' if question.pairs else 'no pairs'}; it needs at least two."
        yield error("too-few-pairs", "pairs", sentence, "Write each pair on a line, as in '> left -> right'.")
    yield from _check_texts([pair.left for pair in question.pairs], "pairs", "left side")
    for place, pair in enumerate(question.pairs):
        if not pair.right.strip():
            yield error("empty-answer", "pairs", "This pair has no right side.", "Write it behind '->'.", place)
    taken = {pair.right.strip() for pair in question.pairs}
    for place, distractor in enumerate(question.distractors, start=len(question.pairs)):
        text = distractor.strip()
        if not text:
            yield error("empty-answer", "distractors", "This distractor has no text.", "Write it, or remove it.", place)
        elif text in taken:
            sentence = "This distractor is among the right sides already, so students cannot tell the two apart."
            yield error("duplicate-distractor", "distractors", sentence, "Change or remove it.", place)
        taken.add(text)


@check_answers.register
def _ordering(question: Ordering) -> Iterator[Finding]:
    if len(question.items) < 2:
        sentence = f"The question has {'one item' if question.items else 'no items'}; it needs at least two."
        yield error("too-few-items", "items", sentence, "Write each item on a line, in the right order: '~ first'.")
    yield from _check_texts(question.items, "items", "item")


@check_answers.register
def _fill_in_blanks(question: FillInBlanks) -> Iterator[Finding]:
    starts = _starts([len(blank.answers) for blank in question.blanks])
    yield from _check_places(question.stem, [blank.name for blank in question.blanks], starts)
    for blank, start in zip(question.blanks, starts, strict=True):
        yield from _check_accepted(blank.answers, start, case_sensitive=question.case_sensitive)


@check_answers.register
def _dropdowns(question: Dropdowns) -> Iterator[Finding]:
    starts = _starts([len(dropdown.choices) for dropdown in question.dropdowns])
    yield from _check_places(question.stem, [dropdown.name for dropdown in question.dropdowns], starts)
    for dropdown, start in zip(question.dropdowns, starts, strict=True):
        yield from _check_dropdown(dropdown.choices, start)


def _check_dropdown(choices: Sequence[Choice], start: int) -> Iterator[Finding]:
    if len(choices) < 2:
        remedy = "Write each on a line, as in '{ } [name] text', and the right one as in '{*} [name] text'."
        yield error("too-few-choices", "dropdowns", "A dropdown needs at least two choices.", remedy, start)
    yield from _check_texts([choice.text for choice in choices], "dropdowns", "choice", start)
    right = sum(choice.correct for choice in choices)
    if right != 1:
        code, sentence = "no-key", "No choice of this dropdown is marked as right."
        if right:
            code, sentence = "several-keys", f"{right} choices of this dropdown are marked as right."
        yield error(code, "dropdowns", sentence, "Put a star at the one that is right: '{*} [name] text'.", start)


def _starts(counts: Sequence[int]) -> list[int]:
    """Return the position of the first answer of each blank or dropdown among all answers of the question."""
    return list(accumulate(counts, initial=0))[:-1]


def _check_places(stem: str, names: Sequence[str], starts: Sequence[int]) -> Iterator[Finding]:
    """Return what is wrong between the names of blanks or dropdowns and the places in the stem."""
    if not names:
        yield _no_key()
    places = Counter(BLANK.findall(stem))
    for name, start in zip(names, starts, strict=True):
        if not BLANK.fullmatch(f"[{name}]"):
            sentence = f"'{name[:40]}' cannot be the name of a blank."
            remedy = "Use letters (a-z), digits and single hyphens between them, a letter first."
            yield error("bad-blank", "stem", sentence, remedy, start)
        elif places[name] != 1:
            sentence = f"The question's text has {places[name] or 'no'} places '[{name}]'; it needs exactly one."
            yield error("bad-blank", "stem", sentence, f"Write '[{name}]' where it belongs in the text, once.", start)
    named = set(names)
    for name in _shown_places(stem) if places.keys() - named else ():
        if name in named:
            continue
        sentence = f"The question's text has '[{name}]', and no answer below is for it."
        yield warning("idle-blank", "stem", sentence, f"Write its answers below, each as in '<> [{name}] answer'.")
    for name, count in Counter(names).items():
        if count > 1:
            yield error("bad-blank", "stem", f"There are {count} blanks with the name '{name}'.", "Rename one.")


def _shown_places(stem: str) -> dict[str, None]:
    """Return the names in brackets that are seen as such: not the words of links, nor what is in code or a formula."""
    from content.prose import to_html  # most texts have no bracket without an answer

    return dict.fromkeys(BLANK.findall(MARKUP.sub("", to_html(stem))))


def _check_accepted(answers: Sequence[str], start: int = 0, *, case_sensitive: bool) -> Iterator[Finding]:
    if not answers:
        yield _no_key()
    seen: dict[str, int] = {}
    for place, answer in enumerate(answers):
        text = fold(answer, case_sensitive=case_sensitive)
        if not text:
            yield error("empty-answer", "answers", "This answer has no text.", "Write or remove it.", start + place)
        elif seen.setdefault(text, place) != place:
            sentence = f"This answer is the same as accepted answer {seen[text] + 1}."
            yield warning("duplicate-answer", "answers", sentence, "Remove one of the two.", start + place)


def _check_texts(texts: Sequence[str], field: str, what: str, start: int = 0) -> Iterator[Finding]:
    code = "choice" if what == "choice" else "answer"
    seen: dict[str, int] = {}
    for place, text in enumerate(map(str.strip, texts)):
        if not text:
            yield error(f"empty-{code}", field, f"This {what} has no text.", "Write it, or remove it.", start + place)
        elif seen.setdefault(text, place) != place:
            sentence = f"This {what} has the same text as {what} {seen[text] + 1} of the question."
            yield warning(f"duplicate-{code}", field, sentence, "Change or remove one of the two.", start + place)


def _no_key() -> Finding:
    return error("no-key", "answers", "The question has no right answer.", "Write at least one below it.")
