"""What those who run the site are told: /readyz, /metrics, their page. Each figure moves by one with what it counts."""

import datetime as dt
import io
import re
import smtplib
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from cms_tracker.audit import anchors
from cms_tracker.audit.models import Event
from cms_tracker.pages import standing
from cms_tracker.pages.core.watching import ALERTS
from cms_tracker.users.models import User
from cms_tracker.users.operations import mark_operator
from cms_tracker.watch import operations as watch
from cms_tracker.watch import queries as watched
from correspondence.core.jobs import FailureCode, JobKind, JobState
from correspondence.models import Job
from tests.architecture.source import ROOT
from tests.cast import ADA, ROSA
from tests.factories import give_app, make_case, make_user

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-thirty-two-characters-"
Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture(autouse=True)
def _token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def scraped() -> str:
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return answer.content.decode()


def figures() -> Figures:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(scraped())
        for sample in family.samples
    }


def moved(name: str, act: Callable[[], object], **labels: str) -> float:
    key = (name, tuple(sorted(labels.items())))
    before = figures().get(key, 0)
    act()
    return figures().get(key, 0) - before


def a_job(state: JobState = JobState.QUEUED, **more: Any) -> Job:
    rosa = User.objects.filter(email=ROSA.email).first() or make_user(ROSA)
    case = make_case(rosa, other_parent="Canary parent", children=["Canary child"])
    more = {"subject": case.pk, "requested_by": rosa.pk} | more
    return Job.objects.create(case=case, kind=JobKind.LETTER, state=state, **more)


class TestMetrics:
    @pytest.mark.parametrize(
        "header", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer \u00e9"]
    )
    def test_are_not_there_without_the_token(self, header: str) -> None:
        never = Client().get("/no-such-page")
        answer = Client().get("/metrics", headers={"Authorization": header} if header else {})

        assert (answer.status_code, answer.content) == (404, never.content)

    @pytest.mark.parametrize("header", ["", "Bearer ", f"Bearer {TOKEN}"])
    def test_are_not_there_where_no_token_is_set(self, settings: Any, header: str) -> None:
        settings.METRICS_TOKEN = ""
        assert Client().get("/metrics", headers={"Authorization": header}).status_code == 404

    def test_are_refused_to_an_operator_without_the_token_too(self) -> None:
        olga = make_user(ADA)
        mark_operator(olga.email, mark=True)
        browser = Client()
        browser.force_login(olga)
        assert browser.get("/metrics").status_code == 404

    def test_hold_no_word_of_anybody(self) -> None:
        a_job(JobState.FAILED, failure=FailureCode.GAVE_UP)
        text = scraped()
        known = [ROSA.email, ROSA.name, "Canary", "120000000002", str(User.objects.get().pk)]

        assert not [word for word in known if word in text]
        labels = {value for sample in re.findall(r"\{(.*?)\}", text) for value in re.findall(r'="(.*?)"', sample)}
        assert not [value for value in labels if "@" in value or re.search(r"\d{5}|[0-9a-f]{8}-", value)]

    def test_count_a_wrong_password_once(self) -> None:
        make_user(ROSA)
        wrong = {"login": ROSA.email, "password": "not-the-password-at-all"}
        assert moved("records_login_failures_total", lambda: Client().post(reverse("account_login"), wrong)) == 1
        right = {"login": ROSA.email, "password": ROSA.password}
        assert moved("records_login_failures_total", lambda: Client().post(reverse("account_login"), right)) == 0

    def test_count_a_wrong_code_once(self) -> None:
        give_app(make_user(ADA), ADA)
        browser = Client()
        browser.post(reverse("account_login"), {"login": ADA.email, "password": ADA.password})
        url = reverse("mfa_authenticate")
        assert moved("records_second_step_failures_total", lambda: browser.post(url, {"code": "000000"})) == 1

    def test_count_a_refused_try_once(self, settings: Any) -> None:
        settings.THROTTLES = {**settings.THROTTLES, "join": (1, dt.timedelta(hours=1))}
        browser = Client()
        browser.force_login(make_user(ROSA))
        tries = [lambda: browser.post(reverse("cases:join"), {"code": "nothing"})] * 2
        assert moved("records_throttle_refusals_total", tries[0], kind="join") == 0
        assert moved("records_throttle_refusals_total", tries[1], kind="join") == 1

    def test_count_a_message_by_what_became_of_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_user(ROSA)

        def ask() -> None:
            Client().post(reverse("account_reset_password"), {"email": ROSA.email})

        assert moved("records_mail_total", ask, result="sent") == 1

        def refuses(*_: object, **__: object) -> None:
            raise smtplib.SMTPServerDisconnected

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuses)
        assert moved("records_mail_total", ask, result="failed") == 1

    def test_count_a_request_once_by_route_method_and_class(self) -> None:
        labels = {"route": "pages:privacy", "method": "GET", "status": "2xx"}
        assert moved("records_requests_total", lambda: Client().get("/privacy/"), **labels) == 1
        assert moved("records_request_seconds_count", lambda: Client().get("/privacy/"), route="pages:privacy") == 1

    @pytest.mark.parametrize("state", ["queued", "failed"])
    def test_count_a_paper_by_its_state(self, state: str) -> None:
        failure = FailureCode.GAVE_UP if state == "failed" else ""
        asked = moved("records_papers", lambda: a_job(JobState(state), failure=failure), kind="letter", state=state)
        assert asked == 1
        made = moved(
            "records_papers", lambda: Job.objects.update(state=JobState.READY, failure=""), kind="letter", state=state
        )
        assert made == -1

    def test_tell_how_long_the_oldest_paper_has_waited(self) -> None:
        a_job(made_at=timezone.now() - dt.timedelta(minutes=7))
        a_job(subject=make_case(User.objects.get()).pk)
        waited = figures()["records_papers_oldest_seconds", (("kind", "letter"),)]
        assert 420 <= waited < 480

    def test_count_how_long_a_paper_took(self) -> None:
        def made() -> None:
            watch.made("letter", milliseconds=700)

        assert moved("records_render_seconds_count", made, kind="letter") == 1
        assert moved("records_render_seconds_bucket", made, kind="letter", le="0.5") == 0
        assert moved("records_render_seconds_bucket", made, kind="letter", le="1.0") == 1
        assert moved("records_render_seconds_sum", made, kind="letter") == pytest.approx(0.7)
        watch.made("letter", milliseconds=500_000)
        (took,) = watched.makings()
        assert (took.papers, took.within[-1]) == (5, (120_000, 4))

    def test_tell_when_what_was_last_done(self) -> None:
        at = timezone.now() - dt.timedelta(minutes=3)
        watch.ran("correspondence.sweep", at=at)
        watch.ran("backup", at=at)
        anchors.anchor(at=at)
        found = figures()
        for name in ("records_worker_heard_seconds", "records_anchor_seconds", "records_backup_seconds"):
            assert 180 <= found[name, ()] < 240, name

    def test_tell_of_a_record_whose_figures_wait(self) -> None:
        rosa = make_user(ROSA)
        # Opening a record is written more than once.
        assert moved("records_figures_marked", lambda: make_case(rosa)) >= 1
        assert figures()["records_figures_oldest_seconds", ()] < 60

    def test_read_the_database_a_few_times_however_much_it_holds(
        self, django_assert_max_num_queries: Callable[[int], Any]
    ) -> None:
        figures()
        with django_assert_max_num_queries(12):
            figures()

    def test_stand_each_in_the_operators_table(self) -> None:
        watch.ran("correspondence.sweep", at=timezone.now())
        watch.ran("backup", at=timezone.now())
        anchors.anchor(at=timezone.now())
        # Beside each counter the library tells when it began; that is no figure of ours.
        names = {name for name in re.findall(r"# TYPE (records_\w+) ", scraped()) if not name.endswith("_created")}
        table = (ROOT / "docs" / "operator" / "watching.md").read_text(encoding="utf-8")

        assert len(names) > 20
        assert sorted(name for name in names if f"`{name}`" not in table) == []

    def test_hold_every_figure_that_an_alert_asks_for(self) -> None:
        a_job()
        watch.ran("correspondence.sweep", at=timezone.now())
        watch.ran("backup", at=timezone.now())
        watch.made("letter", milliseconds=5)
        anchors.anchor(at=timezone.now())
        Client().get("/privacy/")
        known = {name for name, _ in figures()}
        # A counter that has a label is there from its first event on; its name stands in the text before that.
        known |= {f"{name}_total" for name in re.findall(r"# TYPE (\w+?)(?:_total)? counter", scraped())}
        groups = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"]
        asked = {
            name for group in groups for rule in group["rules"] for name in re.findall(r"records_\w+", rule["expr"])
        }
        assert asked
        assert asked - known == set()


class TestReadiness:
    def test_says_of_each_part_whether_it_is_well(self, broker: Any) -> None:
        watch.ran("correspondence.sweep", at=timezone.now())
        answer = Client().get("/readyz")

        assert (answer.status_code, answer.content.decode()) == (
            200,
            "ready\ndatabase ok\nmigrations ok\nfiles ok\nbroker ok\nworker ok\n",
        )

    def test_is_only_worse_without_a_broker(self, broker: Any) -> None:
        watch.ran("correspondence.sweep", at=timezone.now())
        broker.stop()
        answer = Client().get("/readyz")

        assert answer.status_code == 200
        assert answer.content.decode().startswith("degraded\n")
        assert "broker failed\nworker ok" in answer.content.decode()

    def test_ends_where_files_cannot_be_kept(self, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
        settings.PRIVATE_FILES_DIR = settings.BASE_DIR / "manage.py" / "files"
        answer = Client().get("/readyz")

        assert answer.status_code == 503
        assert answer.content.decode().startswith("not ready\n")
        assert "files failed" in answer.content.decode()

    def test_ends_where_a_migration_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(standing, "_migrated", [])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'watch'")
        answer = Client().get("/readyz")

        assert answer.status_code == 503
        assert "migrations failed" in answer.content.decode()

    def test_ends_where_the_database_does_not_answer(self, no_database: None) -> None:
        answer = Client().get("/readyz")

        assert answer.status_code == 503
        assert "database failed" in answer.content.decode()
        assert Client().get("/healthz").status_code == 503
        figures_left = figures()
        assert figures_left["records_database_up", ()] == 0


@pytest.fixture
def no_database() -> Any:
    """Every statement fails as it does where the server has gone."""
    from django.db import OperationalError

    def gone(*_: Any) -> None:
        raise OperationalError("connection refused by Canary")

    with connection.execute_wrapper(gone):
        yield


class TestTheOperatorsPage:
    @pytest.fixture
    def browser(self) -> Client:
        olga = make_user(ADA)
        mark_operator(olga.email, mark=True)
        User.objects.update(is_adviser=False, safety_page_seen_at=timezone.now())
        found = Client()
        found.force_login(olga)
        return found

    def test_says_what_is_wrong_first(self, browser: Client) -> None:
        a_job(made_at=timezone.now() - dt.timedelta(minutes=7))
        page = browser.get(reverse("pages:operator")).content.decode()

        assert "A paper has waited for more than five minutes." in page
        assert "RecordsPapersWait" in page
        assert page.index("RecordsPapersWait") < page.index("The parts")

    def test_says_so_where_nothing_is_wrong(self, browser: Client, broker: Any) -> None:
        for name in ("correspondence.sweep", "pages.roll_forward", "backup"):
            watch.ran(name, at=timezone.now())
        anchors.anchor(at=timezone.now())
        page = browser.get(reverse("pages:operator")).content.decode()

        assert "Nothing that is watched for is wrong." in page
        assert not [alert.name for alert in ALERTS if alert.name in page]

    def test_shows_nothing_of_anybody(self, browser: Client) -> None:
        a_job(JobState.FAILED, failure=FailureCode.GAVE_UP)
        page = browser.get(reverse("pages:operator")).content.decode()

        assert "not made" in page
        assert not [word for word in (ROSA.email, ROSA.name, "Canary", "120000000002") if word in page]


class TestTheCommand:
    def test_marks_a_person_and_takes_the_mark_away_and_both_are_kept(self) -> None:
        rosa = make_user(ROSA)
        call_command("make_operator", f" {ROSA.email.upper()}", stdout=io.StringIO())
        rosa.refresh_from_db()
        assert rosa.is_operator
        call_command("make_operator", ROSA.email, "--withdraw", stdout=io.StringIO())
        rosa.refresh_from_db()
        assert not rosa.is_operator
        kinds = Event.objects.filter(actor_id=rosa.pk, kind__contains="operator").order_by("pk")
        assert list(kinds.values_list("kind", flat=True)) == ["user.made_operator", "user.operator_withdrawn"]

    @pytest.mark.parametrize("arguments", [["nobody@example.com"], [ROSA.email, "--withdraw"]])
    def test_refuses_what_changes_nothing(self, arguments: list[str]) -> None:
        make_user(ROSA)
        with pytest.raises(CommandError):
            call_command("make_operator", *arguments)
        assert not Event.objects.filter(kind__contains="operator").exists()
