"""What a question is answered in, kind by kind: natural controls, which work by keyboard and without a style sheet.

Fields are called ``q.`` and the question's id, and those of its parts have their position behind another period.
"""

from collections.abc import Iterable, Mapping
from functools import singledispatch

from content.forms.html import Html, tag, text
from content.forms.orders import shown_order
from content.forms.places import with_fields
from content.forms.shown import Shown, marked
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
    TextBlock,
)

OFFERED = ".pdf,.docx,.odt,.pptx,.odp,.xlsx,.ods,.zip,image/png,image/jpeg,image/gif,image/webp,text/*"
"""Which files the browser offers to hand in. Phones turn photos of formats of their own into JPEG then."""


@singledispatch
def controls(question: Question, shown: Shown) -> Html:  # noqa: ARG001 - the signature of all kinds
    """Return the question's text with the controls that it is answered in."""
    raise TypeError(f"Questions of the kind {question.kind} have no form.")


def field_name(question: Question, part: int | None = None) -> str:
    """Return what a field is called."""
    return f"q.{question.id}" if part is None else f"q.{question.id}.{part}"


def _stem(question: Question, shown: Shown) -> Html:
    return tag("div", shown.prose.block(question.stem), class_="prose stem", id=_labelled(question))


def _hint(question: Question, words: str) -> Html:
    return tag("p", text(words), class_="hint", id=hint_id(question), dir="auto")


def hint_id(question: Question) -> str:
    """Return the id of the element that tells more of how to answer the question."""
    return f"hint-{question.id}"


def _described(question: Question, shown: Shown) -> str | None:
    return hint_id(question) if shown.has_hints else None


def _labelled(question: Question) -> str:
    return f"stem-{question.id}"


@controls.register
def _text_block(question: TextBlock, shown: Shown) -> Html:
    return _stem(question, shown)


@controls.register
def _choices(question: ChoiceQuestion, shown: Shown) -> Html:
    several = isinstance(question, MultipleResponse)
    hint = _hint(question, shown.say("Choose all that apply") if several else shown.say("Choose one"))
    rows = [_choice(question, at, place, shown, several=several) for at, place in enumerate(shown.order(question))]
    return _stem(question, shown) + hint + tag("div", *rows, class_="choices")


def _choice(question: ChoiceQuestion, at: int, place: int, shown: Shown, *, several: bool) -> Html:
    """Return a choice; its value is where it is shown: many a file has the right choice first."""
    picks = shown.response if isinstance(shown.response, frozenset) else frozenset()
    kind = "checkbox" if several else "radio"
    field = tag("input", type=kind, name=field_name(question), value=at, checked=place in picks)
    words = tag("span", shown.prose.inline(question.choices[place].text), class_="prose", dir="auto")
    mark = shown.choice_mark(place)
    told = tag("span", marked(mark, shown), class_="outcome") if mark else ""
    return tag("label", field, words, told, class_="choice")


@controls.register(ShortAnswer)
@controls.register(Numerical)
def _typed(question: ShortAnswer | Numerical, shown: Shown) -> Html:
    number = isinstance(question, Numerical)
    field = tag(
        "input",
        # A number field would refuse the decimal comma, which scoring takes; and the keys that phones show for decimals
        # have no minus.
        type="text",
        name=field_name(question),
        value=shown.response or "",
        class_="number" if number else "line",
        dir="ltr" if number else "auto",
        aria_labelledby=_labelled(question),
        aria_describedby=_described(question, shown) if number else None,
        autocomplete="off",
        spellcheck="false",
    )
    return _stem(question, shown) + tag("p", field, shown.part(0), class_="field")


@controls.register
def _matching(question: Matching, shown: Shown) -> Html:
    rights = question.rights
    options = {str(at): rights[place] for at, place in enumerate(shown_order(question, shown.seed))}
    at_place = {place: str(at) for at, place in enumerate(shown_order(question, shown.seed))}
    given = shown.response if isinstance(shown.response, tuple) else (None,) * len(question.pairs)
    rows = []
    for number, (pair, place) in enumerate(zip(question.pairs, given, strict=True)):
        left = tag(
            "label", shown.prose.inline(pair.left), class_="prose left", for_=field_name(question, number), dir="auto"
        )
        picked = "" if place is None else at_place[place]
        select = _select(field_name(question, number), options, picked, nothing=shown.say("Choose…"))
        rows.append(tag("div", left, tag("div", select, shown.part(number)), class_="pair"))
    hint = shown.say("Drag what belongs there, or choose it from the list")  # forms.js shows it
    return _stem(question, shown) + tag("div", *rows, class_="pairs", data_hint=hint)


@controls.register
def _ordering(question: Ordering, shown: Shown) -> Html:
    """Each item has its place picked; `forms.js` adds buttons that move it, and has it dragged."""
    order = shown_order(question, shown.seed)
    answered = isinstance(shown.response, tuple)
    given = shown.response if isinstance(shown.response, tuple) else order
    rows = [
        _item(question, number, order.index(place), place, shown, answered=answered)
        for number, place in enumerate(given)
        if place is not None
    ]
    place = shown.say("Place %(place)s of %(count)s", place="%(place)s", count="%(count)s")  # forms.js fills it in
    items = tag("ol", *rows, class_="items", data_place=place)
    return _stem(question, shown) + _hint(question, shown.say("Bring these into order")) + items


def _item(question: Ordering, number: int, at: int, place: int, shown: Shown, *, answered: bool) -> Html:
    name = field_name(question, at)
    words = tag("span", shown.prose.inline(question.items[place]), class_="prose", id=f"{name}.words", dir="auto")
    options = {str(one): str(one) for one in range(1, len(question.items) + 1)}
    picked = str(number + 1) if answered else ""
    select = _select(name, options, picked, nothing=shown.say("Place…"), labelled=f"{name}.words")
    moves = [
        _move(arrow, step, label, name)
        for arrow, step, label in (("↑", "-1", shown.say("Move up")), ("↓", "1", shown.say("Move down")))
    ]
    moving = tag("span", select, *moves, class_="moves")
    return tag("li", words, shown.part(number), moving, class_="item")


def _move(arrow: str, step: str, label: str, name: str) -> Html:
    """Return a button that says what it does, and to which item."""
    id_ = f"{name}.move{step}"
    return tag(
        "button",
        arrow,
        type="button",
        class_="move",
        id=id_,
        data_move=step,
        aria_label=label,
        aria_labelledby=f"{id_} {name}.words",
    )


@controls.register
def _fill_in_blanks(question: FillInBlanks, shown: Shown) -> Html:
    fields = {blank.name: _blank(question, number, blank.name, shown) for number, blank in enumerate(question.blanks)}
    return tag("div", with_fields(question.stem, fields, shown.prose), class_="prose stem", id=_labelled(question))


def _blank(question: FillInBlanks, number: int, name: str, shown: Shown) -> Html:
    field = tag(
        "input",
        type="text",
        name=field_name(question, number),
        value=_given(shown).get(name, ""),
        class_="blank",
        aria_label=shown.say("Blank %(number)s", number=number + 1),
        dir="auto",
        autocomplete="off",
        spellcheck="false",
    )
    return tag("span", field, shown.part(number), class_="place")


@controls.register
def _dropdowns(question: Dropdowns, shown: Shown) -> Html:
    fields = {one.name: _dropdown(question, number, one, shown) for number, one in enumerate(question.dropdowns)}
    return tag("div", with_fields(question.stem, fields, shown.prose), class_="prose stem", id=_labelled(question))


def _dropdown(question: Dropdowns, number: int, dropdown: Dropdown, shown: Shown) -> Html:
    options = {str(place): choice.text for place, choice in enumerate(dropdown.choices)}
    picked = str(_given(shown).get(dropdown.name, ""))
    label = shown.say("Dropdown %(number)s", number=number + 1)
    select = _select(field_name(question, number), options, picked, nothing=shown.say("Choose…"), label=label)
    return tag("span", select, shown.part(number), class_="place")


def _given(shown: Shown) -> Mapping[str, str | int]:
    return shown.response if isinstance(shown.response, Mapping) else {}


def _select(
    name: str,
    options: Mapping[str, str],
    picked: str,
    *,
    nothing: str,
    label: str | None = None,
    labelled: str | None = None,
) -> Html:
    made: Iterable[Html] = (
        tag("option", text(words), value=value, selected=value == picked) for value, words in options.items()
    )
    first = tag("option", text(nothing), value="", selected=not picked)
    id_ = None if label or labelled else name
    return tag("select", first, *made, name=name, id=id_, aria_label=label, aria_labelledby=labelled, dir="auto")


@controls.register
def _essay(question: Essay, shown: Shown) -> Html:
    words = shown.response if isinstance(shown.response, str) else ""
    name, label = field_name(question), _labelled(question)
    # Not described by the count of its words: Orca reads out each change of what describes the field with the focus.
    area = tag("textarea", text(words), name=name, rows=8, aria_labelledby=label, dir="auto")
    return _stem(question, shown) + tag("p", area, class_="field")


@controls.register
def _file_upload(question: FileUpload, shown: Shown) -> Html:
    given = tag("span", text(shown.response), class_="file-name", dir="auto") if isinstance(shown.response, str) else ""
    field = tag(
        "input",
        type="file",
        name=field_name(question),
        accept=OFFERED,
        aria_labelledby=_labelled(question),
        aria_describedby=_described(question, shown),
    )
    return _stem(question, shown) + tag("p", field, given, class_="field")
