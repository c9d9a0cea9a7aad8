"""What is refused before a page sees it, and what every answer carries."""

from urllib.parse import quote

import pytest
from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms_tracker.web.middleware import RefuseBadInput, SafetyHeaders


def _answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


_guarded = RefuseBadInput(_answer)
_FORM = "application/x-www-form-urlencoded"


class TestRefuseBadInput:
    @pytest.mark.parametrize(
        "request_",
        [
            RequestFactory().get("/?name=" + quote("Siân £5 🙂")),
            RequestFactory().post("/", {"note": "Siân paid £5\r\non Tuesday"}),
            RequestFactory().post("/", "note=" + quote("Siân"), content_type=_FORM),
        ],
    )
    def test_lets_through_what_people_type(self, request_: HttpRequest) -> None:
        assert _guarded(request_).status_code == 200

    @pytest.mark.parametrize(
        "request_",
        [
            RequestFactory().get("/a%00b"),
            RequestFactory().get("/?q=%00"),
            RequestFactory().get("/?%00=q"),
            RequestFactory().get("/?q=%ff"),
            RequestFactory().get("/?q=%ed%a0%80"),
            RequestFactory().get("/", HTTP_COOKIE='session="abcdefgh\\000"'),
            RequestFactory().post("/", "note=%00", content_type=_FORM),
            RequestFactory().post("/", b"note=\xff", content_type=_FORM),
            RequestFactory().post("/", "note=%c3%28", content_type=_FORM),
            RequestFactory().post("/", {"note": "a\0b"}),
        ],
    )
    def test_refuses_bytes_that_no_form_sends(self, request_: HttpRequest) -> None:
        with pytest.raises(BadRequest):
            _guarded(request_)

    def test_refuses_a_body_larger_than_any_form_sends_before_reading_it(self) -> None:
        announced = RequestFactory().post("/", "note=x", content_type=_FORM, CONTENT_LENGTH=str(64 * 1024 * 1024 + 1))
        with pytest.raises(BadRequest):
            _guarded(announced)

    def test_refuses_more_fields_than_any_form_has(self) -> None:
        many = "&".join(f"f{number}=1" for number in range(1001))

        with pytest.raises(TooManyFieldsSent):
            _guarded(RequestFactory().get("/?" + many))


class TestSafetyHeaders:
    def test_forbid_keeping_a_page(self) -> None:
        response = SafetyHeaders(_answer)(RequestFactory().get("/today/"))

        assert response.headers["Cache-Control"] == "no-store"

    def test_let_the_stylesheet_be_kept(self) -> None:
        response = SafetyHeaders(_answer)(RequestFactory().get("/static/css/site.css"))

        assert "Cache-Control" not in response.headers

    def test_give_up_the_powers_of_the_device(self) -> None:
        response = SafetyHeaders(_answer)(RequestFactory().get("/"))

        assert "geolocation=()" in response.headers["Permissions-Policy"]
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
