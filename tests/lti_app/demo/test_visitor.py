import threading
from collections.abc import Iterator

import pytest
from flask import Flask, redirect, request
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from lti_app.demo.visitor import Visitor, WrongPage

FORM = """
<form action="/elsewhere"></form>
<form action="/echo" method="post"><input name="kept" value="1"><input type="checkbox" name="unticked" value="2">
<button name="pressed" value="3">Go</button></form><iframe src="/echo"></iframe>
"""


def create_site() -> Flask:
    site = Flask("site")

    @site.get("/secure")
    def secure() -> Response:
        response = redirect("/echo")
        response.set_cookie("secret", "s3", secure=True, httponly=True, samesite="None", partitioned=True)
        return response

    @site.route("/echo", methods=["GET", "POST", "PUT"])
    def echo() -> dict[str, object] | str:
        if request.method == "PUT":
            return {"sent": request.get_json(), "token": request.headers["X-CSRF-Token"], "cookies": request.cookies}
        return f"<p>{sorted(request.form.items())} {sorted(request.cookies.items())}</p>"

    for path, answer in {"/form": FORM, "/broken": ("<h1>Out of order</h1>", 500)}.items():
        site.add_url_rule(path, path, lambda answer=answer: answer)
    site.add_url_rule("/away", "away", lambda: redirect("http://example.org/"))
    return site


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_site(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://localhost:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    visitor = Visitor()
    yield visitor
    visitor.close()


def test_a_secure_cookie_comes_back_over_http_after_a_redirect_and_later(site: str, visitor: Visitor) -> None:
    visitor.open(f"{site}/secure")
    assert visitor.page.text_content() == "[] [('secret', 's3')]"
    visitor.open("/echo")
    assert visitor.page.text_content() == "[] [('secret', 's3')]"


def test_visitors_share_no_cookies(site: str, visitor: Visitor) -> None:
    visitor.open(f"{site}/secure")
    another = Visitor()
    another.open(f"{site}/echo")
    another.close()
    assert another.page.text_content() == "[] []"


@pytest.mark.parametrize("url", ["http://example.org/", "https://example.org/", "http://127.0.0.2/"])
def test_no_other_machine_is_asked(visitor: Visitor, url: str) -> None:
    with pytest.raises(WrongPage, match="not on this machine"):
        visitor.open(url)


def test_a_redirect_to_another_machine_is_not_followed(site: str, visitor: Visitor) -> None:
    with pytest.raises(WrongPage, match="not on this machine"):
        visitor.open(f"{site}/away")


def test_a_form_is_sent_as_it_stands_or_with_other_fields(site: str, visitor: Visitor) -> None:
    visitor.open(f"{site}/form")
    form = visitor.form("/echo")
    visitor.submit(form)
    assert visitor.page.text_content() == "[('kept', '1')] []"
    visitor.submit(form, [("a", "1")])
    assert visitor.page.text_content() == "[('a', '1')] []"


def test_what_is_not_on_the_page_is_missed(site: str, visitor: Visitor) -> None:
    visitor.open(f"{site}/form")
    assert visitor.first("//iframe").get("src") == "/echo"
    with pytest.raises(WrongPage, match="has no form for '/sign-in'"):
        visitor.form("/sign-in")
    with pytest.raises(WrongPage, match="has nothing at //table"):
        visitor.first("//table")


def test_an_error_page_is_a_wrong_page_that_says_why(site: str, visitor: Visitor) -> None:
    with pytest.raises(WrongPage, match="/broken answered 500: Out of order"):
        visitor.open(f"{site}/broken")


def test_json_is_put_as_a_script_does(site: str, visitor: Visitor) -> None:
    visitor.open(f"{site}/secure")
    answer = visitor.put("/echo", {"response": [1]}, {"X-CSRF-Token": "t"})
    assert answer == {"sent": {"response": [1]}, "token": "t", "cookies": {"secret": "s3"}}
