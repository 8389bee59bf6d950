"""Names in the form in which Moodle keeps them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qti_export.moodle.wording import question_name, tag_free
from tests.qti_export.quizzes import multiple_choice


@pytest.mark.parametrize("title", ["<" * 255, "a<b" * 85, "x" * 255])
def test_a_name_has_at_most_255_characters_or_moodle_s_restore_dies(title):
    assert len(question_name(multiple_choice(title=title), 1, 1)) == 255


@given(st.text(max_size=300))
def test_no_name_has_a_less_than_sign_that_php_takes_for_a_tag(name):
    kept = tag_free(name)
    assert len(kept) <= 255
    assert all(after.isspace() for before, after in pairwise(kept) if before == "<")
