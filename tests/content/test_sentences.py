"""Texts that are marked for translation where nobody knows of languages."""

import json
from decimal import Decimal

from content.sentences import Counted, Sentence, in_english, together


def test_a_sentence_is_its_text_and_knows_what_it_was_made_of() -> None:
    sentence = Sentence("Points must be from 0 to %(most)s.", most=Decimal("2.50"))
    assert sentence == "Points must be from 0 to 2.50."
    assert (sentence.pattern, sentence.values) == ("Points must be from 0 to %(most)s.", {"most": Decimal("2.50")})
    assert json.dumps(sentence) == '"Points must be from 0 to 2.50."'


def test_a_per_cent_sign_is_one_where_nothing_is_filled_in() -> None:
    assert Sentence("100% and %s") == "100% and %s"


def test_whole_numbers_are_grouped_by_thousands() -> None:
    assert in_english("%(length)s characters", length=100001) == "100,001 characters"


def test_a_counted_sentence_has_the_form_of_its_number() -> None:
    assert Counted("%(num)s day late", "%(num)s days late", 1) == "1 day late"
    late = Counted("%(num)s day late", "%(num)s days late", 2)
    assert (late, late.one, late.pattern, late.num) == ("2 days late", "%(num)s day late", "%(num)s days late", 2)


def test_sentences_together_are_one_text_of_which_each_is_known() -> None:
    first, second = Sentence("Go back."), Sentence("Ask for help.")
    both = together(first, second)
    assert both == "Go back. Ask for help."
    assert list(both.values.values()) == [first, second]
    assert together() == ""
