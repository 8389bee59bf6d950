"""What is matched or brought into order."""

from content.questions import Matching, Ordering, Pair
from qti_export.qti.items.item import Item
from qti_export.qti.items.processing import RESPONSE, Told

ANY_NUMBER = "0"
"""Of a ``matchMax``: two pairs may share a right side, and a distractor belongs to none."""


def matching(item: Item, question: Matching) -> None:
    """Find the right side of each left one. Right sides are shuffled, for their order would tell; left ones stay."""
    places = range(len(question.rights))
    same = {right: [place for place in places if question.rights[place] == right] for right in question.rights}
    pairs = [[f"left_{number} right_{place + 1}" for place in same[pair.right]] for number, pair in _numbered(question)]
    mapped = {text: 1 for texts in pairs for text in texts}
    item.declare("directedPair", "multiple", correct=[texts[0] for texts in pairs], mapped=mapped)
    item.add_stem()
    most = str(len(question.pairs))
    interaction = item.interaction("matchInteraction", shuffle="true", maxAssociations=most)
    lefts, rights = (item.dialect.add(interaction, "simpleMatchSet") for _ in range(2))
    for number, pair in _numbered(question):
        attributes = {"identifier": f"left_{number}", "matchMax": "1", "fixed": "true"}
        item.add_inline(item.dialect.add(lefts, "simpleAssociableChoice", **attributes), pair.left)
    for number, right in enumerate(question.rights, start=1):
        attributes = {"identifier": f"right_{number}", "matchMax": ANY_NUMBER}
        item.dialect.add(rights, "simpleAssociableChoice", right, **attributes)
    for (number, pair), texts in zip(_numbered(question), pairs, strict=True):
        members = [
            item.make.of("member", item.make.value("directedPair", text), item.make.variable(RESPONSE))
            for text in texts
        ]
        told = members[0] if len(members) == 1 else item.make.of("or", *members)
        item.processing.show_each([Told(f"pair_{number}", told, pair.feedback)])
    item.processing.settle_mapped(len(question.pairs))


def _numbered(question: Matching) -> list[tuple[int, Pair]]:
    return list(enumerate(question.pairs, start=1))


def ordering(item: Item, question: Ordering) -> None:
    """Bring items into order. Each place is worth the same; items of the same text may change places."""
    names = [f"item_{number}" for number in range(1, len(question.items) + 1)]
    item.declare("identifier", "ordered", correct=names)
    item.add_stem()
    interaction = item.interaction("orderInteraction", shuffle="true")
    for name, text in zip(names, question.items, strict=True):
        item.add_inline(item.dialect.add(interaction, "simpleChoice", identifier=name), text)
    are_right = []
    for number, text in enumerate(question.items, start=1):
        same = [name for name, other in zip(names, question.items, strict=True) if other == text]
        tests = [
            item.make.of(
                "match",
                item.make.of("index", item.make.variable(RESPONSE), n=str(number)),
                item.make.value("identifier", name),
            )
            for name in same
        ]
        are_right.append(tests[0] if len(tests) == 1 else item.make.of("or", *tests))
    item.processing.settle_parts(are_right)
