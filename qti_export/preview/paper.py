"""A question on paper, kind by kind: what is written into or marked, and what the answer key says of it."""

from functools import singledispatch
from string import ascii_uppercase

from content.forms import Html, Shown, key_of, tag, text
from content.forms.orders import shown_order
from content.forms.places import with_fields
from content.questions import (
    ChoiceQuestion,
    Dropdown,
    Dropdowns,
    Essay,
    FileUpload,
    FillInBlanks,
    Matching,
    MultipleResponse,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
)

ESSAY_LINES = 12


def letter(place: int) -> str:
    """Return what a choice is called on paper: A to Z, then AA, AB, and so on."""
    rounds, place = divmod(place, len(ascii_uppercase))
    return (letter(rounds - 1) if rounds else "") + ascii_uppercase[place]


@singledispatch
def on_paper(question: Question, shown: Shown) -> Html:
    """Return the question's text, and where to answer it; a text block is only read."""
    return _stem(question, shown)


@singledispatch
def key_on_paper(question: Question, shown: Shown) -> Html:
    """Return the right answer, by the letters and numbers that it has on this paper."""
    return "<br>".join(key_of(question, shown.prose)) or "A person grades this."


def _stem(question: Question, shown: Shown) -> Html:
    return tag("div", shown.prose.block(question.stem), class_="prose")


def _line(kind: str) -> Html:
    return tag("span", class_=f"line {kind}")


@on_paper.register
def _choices(question: ChoiceQuestion, shown: Shown) -> Html:
    several = isinstance(question, MultipleResponse)
    rows = [
        tag(
            "li",
            tag("span", class_="box" if several else "bubble"),
            tag("b", letter(at)),
            tag("div", shown.prose.inline(question.choices[place].text), class_="prose"),
        )
        for at, place in enumerate(shown.order(question))
    ]
    hint = tag("p", "Mark all that apply.", class_="hint") if several else ""
    return _stem(question, shown) + hint + tag("ul", *rows, class_="choices")


@key_on_paper.register
def _choices_key(question: ChoiceQuestion, shown: Shown) -> Html:
    return ", ".join(letter(at) for at, place in enumerate(shown.order(question)) if place in question.key)


@on_paper.register
def _short_answer(question: ShortAnswer, shown: Shown) -> Html:
    return _stem(question, shown) + tag("p", _line("long"), class_="answer")


@on_paper.register
def _numerical(question: Numerical, shown: Shown) -> Html:
    return _stem(question, shown) + tag("p", _line("short"), class_="answer")


@on_paper.register
def _matching(question: Matching, shown: Shown) -> Html:
    lefts = [
        tag("li", _line("letter"), tag("div", shown.prose.inline(pair.left), class_="prose")) for pair in question.pairs
    ]
    rights = [
        tag("li", tag("b", letter(at)), tag("span", text(question.rights[place])))
        for at, place in enumerate(shown_order(question, shown.seed))
    ]
    hint = tag("p", "Write the letter that belongs to each.", class_="hint")
    return _stem(question, shown) + hint + tag("div", tag("ul", *lefts), tag("ul", *rights), class_="pairs")


@key_on_paper.register
def _matching_key(question: Matching, shown: Shown) -> Html:
    order = shown_order(question, shown.seed)
    return ", ".join(letter(order.index(place)) for place in question.key)


@on_paper.register
def _ordering(question: Ordering, shown: Shown) -> Html:
    rows = [
        tag("li", _line("letter"), tag("div", shown.prose.inline(question.items[place]), class_="prose"))
        for place in shown_order(question, shown.seed)
    ]
    hint = tag("p", f"Number these from 1 to {len(rows)}, in the right order.", class_="hint")
    return _stem(question, shown) + hint + tag("ul", *rows, class_="items")


@key_on_paper.register
def _ordering_key(question: Ordering, shown: Shown) -> Html:
    return ", ".join(str(place + 1) for place in shown_order(question, shown.seed))


@on_paper.register
def _fill_in_blanks(question: FillInBlanks, shown: Shown) -> Html:
    fields = {blank.name: _line("short") for blank in question.blanks}
    return tag("div", with_fields(question.stem, fields, shown.prose), class_="prose roomy")


@on_paper.register
def _dropdowns(question: Dropdowns, shown: Shown) -> Html:
    fields = {one.name: _to_pick(one) for one in question.dropdowns}
    hint = tag("p", "Mark one in each bracket.", class_="hint")
    return tag("div", with_fields(question.stem, fields, shown.prose), class_="prose roomy") + hint


def _to_pick(dropdown: Dropdown) -> Html:
    choices = [tag("span", tag("span", class_="bubble"), text(choice.text)) for choice in dropdown.choices]
    return tag("span", "[ ", *choices, " ]", class_="pick")


@on_paper.register
def _essay(question: Essay, shown: Shown) -> Html:
    return _stem(question, shown) + tag("div", *(_line("whole") for _ in range(ESSAY_LINES)), class_="lines")


@on_paper.register
def _file_upload(question: FileUpload, shown: Shown) -> Html:
    return _stem(question, shown) + tag("p", tag("span", class_="box"), " Handed in separately", class_="answer")
