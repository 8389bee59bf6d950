import pytest

from content.forms import Prose
from content.forms.places import with_fields

PROSE = Prose(lambda _name: None)


@pytest.mark.parametrize(
    ("stem", "html"),
    [
        ("The [a] sat.", "<p>The <i>a</i> sat.</p>"),
        ("**[a]** and [b]", "<p><strong><i>a</i></strong> and [b]</p>"),
        ("Twice: [a] [a]", "<p>Twice: <i>a</i> [a]</p>"),
        ("<!-- [a] -->x", "x<p>[a] <i>a</i></p>"),
        ('<b title="[a]">x</b>', '<p><b title="[a]">x</b></p><p>[a] <i>a</i></p>'),
    ],
)
def test_a_field_stands_at_its_place_or_where_that_is_not_seen_below(stem, html):
    assert with_fields(stem, {"a": "<i>a</i>"}, PROSE) == html


def test_a_name_that_is_none_is_shown_as_it_is_written():
    assert with_fields("Q", {"<b>": "<i></i>"}, PROSE) == "<p>Q</p><p>[&lt;b&gt;] <i></i></p>"
