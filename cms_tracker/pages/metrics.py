"""What Prometheus reads: events that were counted, and how everything stands, read at that moment.

Only for whoever has the token; for anybody else the page is not there. No label singles anybody out.
"""

import datetime as dt
import hmac
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from cms_tracker.pages.core.watching import Standing
from cms_tracker.pages.standing import standing
from cms_tracker.watch import queries as watch
from cms_tracker.web import counting
from cms_tracker.web.clock import now
from cms_tracker.web.gates import public
from correspondence.core.jobs import JobKind, JobState


@public()
def metrics(request: HttpRequest) -> HttpResponse:
    """Everything that is counted and how everything stands, in the text format of Prometheus."""
    if not _has_token(request):
        raise Http404
    states = CollectorRegistry()
    states.register(States(standing(at=now())))
    text = generate_latest(counting.events()) + generate_latest(states)
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _has_token(request: HttpRequest) -> bool:
    wanted = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").encode()
    return bool(wanted) and hmac.compare_digest(given, f"Bearer {wanted}".encode())


class States(Collector):
    """How an installation stands at a moment, as figures. One that is not known is left out."""

    def __init__(self, found: Standing) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """Give each figure."""
        one = self._found
        yield _figure("records_database_up", "Whether the database answers", one.database)
        yield _figure("records_migrated", "Whether the tables are those of this version", one.migrated)
        yield _figure("records_broker_up", "Whether the broker answers", one.broker)
        yield _figure("records_files_writable", "Whether files can be kept", one.files)
        yield _figure("records_files_free_bytes", "Bytes that are free where files are kept", one.free)
        yield _figure("records_files_size_bytes", "Bytes that there are where files are kept", one.room)
        if one.database and one.migrated:
            yield from self._of_the_database()

    def _of_the_database(self) -> Iterator[Metric]:
        one = self._found
        yield from self._papers()
        yield _by("records_reminders", "Reminders that have not gone out", "state", one.reminders)
        yield self._age("records_reminders_oldest_seconds", "Since the first could be tried again", one.reminders_since)
        yield _figure("records_figures_marked", "Records written to since their figures were worked out", one.marked)
        yield self._age("records_figures_oldest_seconds", "How long the first of them has waited", one.marked_since)
        yield _figure("records_figures_behind_days", "Days by which the oldest kept figure is behind", one.days_behind)
        for name, words, moment in (
            ("records_worker_heard_seconds", "Since a worker last did its round", one.worker_at),
            ("records_anchor_seconds", "Since the last anchor of the audit", one.anchor_at),
            ("records_backup_seconds", "Since a backup was last finished here", one.backup_at),
        ):
            if moment is not None:
                yield self._age(name, words, moment)
        ages = {name: _seconds(one.at - at) for name, at in one.runs.items()}
        yield _by("records_run_seconds", "Since recurring work last ended well", "task", ages)
        try:
            yield _times()
        except DatabaseError:  # gone between two reads
            return

    def _papers(self) -> Iterator[Metric]:
        unfinished = [state for state in JobState if state != JobState.READY]
        counts = GaugeMetricFamily("records_papers", "Papers that are not ready", labels=["kind", "state"])
        oldest = GaugeMetricFamily("records_papers_oldest_seconds", "How long one has waited", labels=["kind"])
        known = {(paper.kind, paper.state): paper for paper in self._found.papers}
        for kind in JobKind:
            for state in unfinished:
                paper = known.get((kind, state))
                counts.add_metric([kind, state], paper.count if paper else 0)
            queued = known.get((kind, JobState.QUEUED))
            oldest.add_metric([kind], _seconds(self._found.at - queued.since) if queued else 0)
        yield counts
        yield oldest

    def _age(self, name: str, words: str, moment: dt.datetime | None) -> Metric:
        """How long ago something was; 0 where there is nothing that waits."""
        return _figure(name, words, _seconds(self._found.at - moment) if moment else 0)


def _times() -> Metric:
    """How long papers took, from the table that workers write: all of them, on every machine."""
    family = HistogramMetricFamily("records_render_seconds", "How long a paper took to make", labels=["kind"])
    for took in watch.makings():
        steps = [(str(within / 1000), float(papers)) for within, papers in took.within]
        family.add_metric([took.kind], [*steps, ("+Inf", took.papers)], took.milliseconds / 1000)
    return family


def _figure(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=float(value))


def _by(name: str, words: str, label: str, values: Mapping[str, int]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _seconds(age: dt.timedelta) -> int:
    return max(0, int(age.total_seconds()))
