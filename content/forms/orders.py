"""The order in which right sides and items are shown: their own would tell the key."""

from random import Random

from content.questions import Matching, Ordering


def shown_order(question: Matching | Ordering, seed: int) -> tuple[int, ...]:
    """Return the positions of the right sides or items as they are shown to who has this seed.

    What is sent of them are their places in this order, since their positions would tell what belongs where. Items
    are never shown in the right order.
    """
    count = len(question.items if isinstance(question, Ordering) else question.rights)
    places = list(range(count))
    Random(f"{seed}/{question.id}").shuffle(places)  # noqa: S311 - an order, no secret
    if isinstance(question, Ordering) and places == list(range(count)):
        places = [*places[1:], *places[:1]]
    return tuple(places)
