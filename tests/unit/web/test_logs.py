"""What a log says of an exception: where it was and of what kind, never what stood in it."""

import logging
import sys

import pytest

from cms_tracker.sealed.ring import CannotOpenError
from cms_tracker.web.logs import Line

LINE = Line(fmt="{levelname} {name}: {message}", style="{")


def logged(message: str, *args: object, error: BaseException | None = None, name: str = "django.request") -> str:
    given = (type(error), error, error.__traceback__) if error else None
    return LINE.format(logging.LogRecord(name, logging.ERROR, "", 0, message, args, given))  # type: ignore[arg-type]


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except type(error):
        return sys.exc_info()[1] or error


class TestALine:
    def test_has_no_word_of_an_exception_or_of_its_cause(self) -> None:
        cause = raised(KeyError("CanaryCause"))
        text = logged("Internal Server Error: /x/", error=raised(ValueError("row (CanaryWord)"), cause))

        assert "Canary" not in text
        assert "builtins.ValueError" in text
        assert "builtins.KeyError" in text
        assert "test_logs.py" in text

    def test_repeats_nothing_that_another_formatter_wrote_of_it(self) -> None:
        error = raised(ValueError("CanaryWord"))
        record = logging.LogRecord("cases", logging.ERROR, "", 0, "x", (), (type(error), error, error.__traceback__))
        assert "Canary" in logging.Formatter().format(record)

        assert "Canary" not in LINE.format(record)

    def test_says_which_key_is_missing(self) -> None:
        assert "sealed with key 1234" in logged("x", error=raised(CannotOpenError("sealed with key 1234")))

    @pytest.mark.parametrize("forged", ["a\nERROR root: forged", "a\r\nforged", "a\rforged"])
    def test_stays_one_line(self, forged: str) -> None:
        assert len(logged("%s", forged).splitlines()) == 1

    @pytest.mark.parametrize("name", ["somebody.elses", "cms_tracker.pages", "celery.worker"])
    @pytest.mark.parametrize("message", ["%(rows)d rows, %(why)s", "%(why)d"])
    def test_has_no_word_of_an_exception_among_values_by_name(self, name: str, message: str) -> None:
        text = logged(message, {"rows": 3, "why": ValueError("CanaryWord")}, name=name)

        assert "Canary" not in text
        assert ("3 rows, " in text) == ("rows" in message)

    def test_repeats_no_value_by_name_of_somebody_elses_message(self) -> None:
        text = logged("took %(what)s in %(ms)d ms", {"what": "CanaryWord", "ms": 12}, name="somebody.elses")

        assert text == "ERROR somebody.elses: took … in 12 ms"

    def test_repeats_a_value_by_name_of_a_message_of_ours(self) -> None:
        text = logged("task %(name)s of %(whom)s", {"name": "letters.make", "whom": "rosa@example.com"}, name="cases")

        assert text == "ERROR cases: task letters.make of (address)"

    def test_says_nothing_of_what_a_task_stumbled_over(self) -> None:
        record = logging.LogRecord(
            "celery.app.trace", logging.ERROR, "", 0, "Task %(name)s raised %(exc)s\n%(traceback)s",
            ({"name": "letters.make", "exc": "ValueError('CanaryWord')", "traceback": "CanaryTrace"},), None,
        )  # fmt: skip

        assert LINE.format(record) == "ERROR celery.app.trace: the task letters.make failed: an exception"
