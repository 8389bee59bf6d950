"""Images in HTML are found, and sent where an LMS has them."""

import pytest
from hypothesis import given

from content.prose import Image, images, link_to_themselves, relink, to_html
from tests.content.strategies import texts


def test_images_are_found_with_their_address_and_alternative_text() -> None:
    html = to_html('a ![one < "two"](my%20cat.png "title") <img src="b.png"> ![x](https://x.org/c.png)')
    assert list(images(html)) == [
        Image("my%20cat.png", 'one < "two"'),
        Image("b.png", ""),
        Image("https://x.org/c.png", "x"),
    ]
    assert [image.name for image in images(html)] == ["my cat.png", "b.png", None]


def test_an_image_whose_bytes_stand_in_the_text_has_no_address_left() -> None:
    assert list(images(to_html("![x](data:image/png;base64,AAAA)"))) == [Image("", "x")]


def test_an_image_goes_where_it_is_sent() -> None:
    html = to_html('![a&b](./cat.png) and <img alt=" src=" src="dog.png" title="x">')
    sent = relink(html, lambda name: f"$BASE$/m&m/{name}")
    assert [image.address for image in images(sent)] == ["$BASE$/m&m/cat.png", "$BASE$/m&m/dog.png"]
    assert [image.alt for image in images(sent)] == ["a&b", " src="]
    assert 'title="x"' in sent


@pytest.mark.parametrize(
    "text", ["![x](https://x.org/c.png)", "![x](c.png)", "[to](c.png)", "`<img src='c.png'>`", "x"]
)
def test_what_is_not_sent_elsewhere_stays(text: str) -> None:
    html = to_html(text)
    assert relink(html, lambda name: None) == html


def test_the_web_and_links_are_not_asked_for() -> None:
    html = to_html("![x](https://x.org/c.png) [to](c.png) `<img src='c.png'>`")
    assert relink(html, lambda name: "elsewhere") == html


@given(texts())
def test_only_the_addresses_of_images_change(text: str) -> None:
    html = to_html(text)
    there = list(images(html))
    sent = list(images(relink(html, lambda name: f"m/{len(name)}")))
    assert [image.alt for image in sent] == [image.alt for image in there]
    assert relink(relink(html, lambda name: "m"), lambda name: "m") == relink(html, lambda name: "m")


def test_an_image_links_to_itself_unless_its_author_has_linked_it():
    html = to_html('![A "cat"](cat.png) and [![a dog](dog.png)](https://example.org) and <img src="cow.png" width="9">')
    linked = link_to_themselves(html, 'Show "large"')
    link = '<a class="zoom" href="{}" target="_blank" rel="noopener" title="Show &quot;large&quot;">'
    assert f'{link.format("cat.png")}<img src="cat.png" alt="A &quot;cat&quot;"></a>' in linked
    assert f'{link.format("cow.png")}<img src="cow.png" width="9"></a>' in linked
    assert '<img src="dog.png" alt="a dog"></a>' in linked
    assert linked.count("zoom") == 2
    assert list(images(linked)) == list(images(html))


def test_what_shows_no_file_is_linked_to_none():
    for html in ("<p><img></p>", "<p>$x$</p>", to_html("$x^2$", math="mathml")):
        assert link_to_themselves(html, "Show") == html
