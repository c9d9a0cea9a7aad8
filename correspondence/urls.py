"""Routes of correspondence. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path, register_converter

from correspondence.core.letters import registry
from correspondence.views import (
    bulk,
    bundle_parts,
    bundles,
    challenges,
    clocks,
    contacts,
    endings,
    events,
    evidence,
    ladder,
    letter_steps,
    letters,
    log,
    moving,
    next_steps,
    one_page,
    promises,
    reminders,
    results,
    statements,
    timeline,
    writing,
)

app_name = "correspondence"


class KindConverter:
    """A kind of letter by its number: its code would tell whoever reads the browser's history too much."""

    regex = "[0-9]{1,3}"

    def to_python(self, value: str) -> str:
        """The kind's code. Raises ValueError, which answers 404, for a number that is none."""
        found = registry.kind_numbered(int(value))
        if found is None or str(found.number) != value:
            raise ValueError(value)
        return found.code

    def to_url(self, value: str) -> str:
        """The kind's number. Raises ValueError, as for any address that cannot be written, for another code."""
        found = registry.kind_of(value)
        if found is None:
            raise ValueError(value)
        return str(found.number)


register_converter(KindConverter, "kind")

urlpatterns = [
    path("records/<uuid:case_id>/contacts/new/", contacts.new_contact, name="new-contact"),
    path("records/<uuid:case_id>/contacts/<uuid:contact_id>/", contacts.contact, name="contact"),
    path("records/<uuid:case_id>/log/", log.log, name="log"),
    path("records/<uuid:case_id>/promises/", promises.promises, name="promises"),
    path("records/<uuid:case_id>/promises/chase/", promises.chase_all, name="chase-all"),
    path("records/<uuid:case_id>/promises/<uuid:promise_id>/chase/", promises.chase_promise, name="chase-promise"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/chase/", promises.chase_reply, name="chase-reply"),
    path("records/<uuid:case_id>/promises/<uuid:promise_id>/", contacts.promise_outcome, name="promise-outcome"),
    path("records/<uuid:case_id>/letters/", letters.letters, name="letters"),
    path("records/<uuid:case_id>/letters/new/<kind:kind>/", writing.new_letter, name="new-letter"),
    path("records/<uuid:case_id>/letters/new/<kind:kind>/check/", writing.check_letter, name="check-letter"),
    path("records/<uuid:case_id>/letters/new/<kind:kind>/read/", writing.preview_letter, name="preview-letter"),
    path("records/<uuid:case_id>/letters/new/<kind:kind>/words/", writing.change_words, name="change-words"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/correct/", writing.correct_letter, name="correct-letter"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/status/", letters.status, name="status"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/page/", letters.page, name="page"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/pdf/", letters.pdf, name="pdf"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/again/", letters.again, name="again"),
    path(
        "records/<uuid:case_id>/letters/<uuid:letter_id>/steps/<slug:kind>/",
        letter_steps.letter_step,
        name="letter-step",
    ),
    path("records/<uuid:case_id>/bundles/", bundles.bundles, name="bundles"),
    path("records/<uuid:case_id>/bundles/new/", bundles.new_bundle, name="new-bundle"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/", bundles.bundle, name="bundle"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/status/", bundles.bundle_status, name="bundle-status"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/dates/", bundle_parts.bundle_period, name="bundle-period"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/names/", bundle_parts.bundle_parties, name="bundle-parties"),
    path(
        "records/<uuid:case_id>/bundles/<uuid:bundle_id>/sections/",
        bundle_parts.bundle_sections,
        name="bundle-sections",
    ),
    path(
        "records/<uuid:case_id>/bundles/<uuid:bundle_id>/in/<slug:part>/", bundle_parts.bundle_list, name="bundle-list"
    ),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/check/", bundles.check_bundle, name="check-bundle"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/again/", bundles.bundle_again, name="bundle-again"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/change/", bundles.reopen_bundle, name="reopen-bundle"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/remove/", bundles.remove_bundle, name="remove-bundle"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/next/", bundles.next_bundle, name="next-bundle"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/take/", bundles.release_bundle, name="release-bundle"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/pdf/", bundles.bundle_pdf, name="bundle-pdf"),
    path("records/<uuid:case_id>/bundles/<uuid:bundle_id>/manifest/", bundles.bundle_manifest, name="bundle-manifest"),
    path("records/<uuid:case_id>/keep-out/", bundle_parts.keep_out, name="keep-out"),
    path(
        "records/<uuid:case_id>/keep-out/<uuid:kept_id>/remove/", bundle_parts.stop_keeping_out, name="stop-keeping-out"
    ),
    path("records/<uuid:case_id>/files/", evidence.evidence, name="evidence"),
    path("records/<uuid:case_id>/files/new/", evidence.new_evidence, name="new-evidence"),
    path("records/<uuid:case_id>/contacts/<uuid:contact_id>/files/new/", evidence.new_evidence, name="contact-file"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/files/new/", evidence.new_evidence, name="letter-file"),
    path("records/<uuid:case_id>/files/<uuid:file_id>/", evidence.evidence_file, name="evidence-file"),
    path("records/<uuid:case_id>/files/<uuid:file_id>/original/", evidence.evidence_original, name="original"),
    path("records/<uuid:case_id>/files/<uuid:file_id>/copy/", evidence.evidence_copy, name="copy"),
    path("records/<uuid:case_id>/payments/statements/", statements.statements, name="statements"),
    path(
        "records/<uuid:case_id>/payments/statements/take/<slug:kind>/", statements.statement_file, name="statement-file"
    ),
    path("records/<uuid:case_id>/payments/statements/<uuid:statement_id>/", statements.statement, name="statement"),
    path(
        "records/<uuid:case_id>/payments/statements/<uuid:statement_id>/status/",
        statements.statement_status,
        name="statement-status",
    ),
    path(
        "records/<uuid:case_id>/payments/statements/<uuid:statement_id>/page/",
        statements.statement_page,
        name="statement-page",
    ),
    path(
        "records/<uuid:case_id>/payments/statements/<uuid:statement_id>/pdf/",
        statements.statement_pdf,
        name="statement-pdf",
    ),
    path(
        "records/<uuid:case_id>/payments/statements/<uuid:statement_id>/again/",
        statements.statement_again,
        name="statement-again",
    ),
    path("records/<uuid:case_id>/overview/summary/", one_page.one_page, name="one-page"),
    path("records/<uuid:case_id>/overview/summary/make/", one_page.make_one_page, name="make-one-page"),
    path("letters/many/", bulk.letters_for_many, name="bulk"),
    path("letters/many/<kind:kind>/", bulk.answer_for_many, name="answer-bulk"),
    path("letters/many/<kind:kind>/check/", bulk.check_for_many, name="check-bulk"),
    path("letters/sets/<uuid:batch_id>/", bulk.batch, name="batch"),
    path("letters/sets/<uuid:batch_id>/next/", bulk.next_letters, name="next-letters"),
    path("letters/sets/<uuid:batch_id>/pdf/<int:part>/", bulk.batch_pdf, name="batch-pdf"),
    path("records/<uuid:case_id>/letters/many/<kind:kind>/", bulk.preview_of_many, name="preview-bulk"),
    path("records/<uuid:case_id>/timeline/", timeline.timeline, name="timeline"),
    path("records/<uuid:case_id>/services/", moving.moving, name="moving"),
    path("records/<uuid:case_id>/ways/", endings.endings, name="endings"),
    path("records/<uuid:case_id>/ways/<int:number>/", endings.ending, name="ending"),
    path("records/<uuid:case_id>/ways/paper/", endings.check_notice, name="check-notice"),
    path("records/<uuid:case_id>/ways/before/", endings.not_wanted, name="not-wanted"),
    path("records/<uuid:case_id>/deadlines/", clocks.deadlines, name="deadlines"),
    path("records/<uuid:case_id>/deadlines/new/", clocks.choose_clock, name="choose-deadline"),
    path("records/<uuid:case_id>/deadlines/new/<int:number>/", clocks.new_clock, name="new-deadline"),
    path("records/<uuid:case_id>/deadlines/<uuid:clock_id>/end/", clocks.end_clock, name="end-deadline"),
    path(
        "records/<uuid:case_id>/deadlines/decisions/<uuid:decision_id>/end/",
        clocks.end_decision_clock,
        name="end-decision-deadline",
    ),
    path("records/<uuid:case_id>/deadlines/letters/<uuid:letter_id>/", clocks.count_letter, name="count-letter"),
    path("records/<uuid:case_id>/routes/", challenges.routes, name="routes"),
    path("records/<uuid:case_id>/routes/which/", challenges.which_route, name="which-route"),
    path("records/<uuid:case_id>/routes/new/<int:number>/", challenges.new_route, name="new-route"),
    path("records/<uuid:case_id>/routes/<uuid:challenge_id>/step/", challenges.route_step, name="route-step"),
    path("next/", next_steps.ask, name="ask-next"),
    path("records/<uuid:case_id>/next/", next_steps.steps, name="next"),
    path("records/<uuid:case_id>/next/<int:number>/", next_steps.begin, name="begin"),
    path("records/<uuid:case_id>/results/", results.results, name="results"),
    path("records/<uuid:case_id>/results/new/", results.new_result, name="new-result"),
    path("records/<uuid:case_id>/steps/", ladder.ladder, name="ladder"),
    path("records/<uuid:case_id>/events/", events.events, name="events"),
    path("records/<uuid:case_id>/events/new/", events.choose_event, name="choose-event"),
    path("records/<uuid:case_id>/events/new/<int:number>/", events.new_event, name="new-event"),
    path("account/reminders/", reminders.reminders, name="reminders"),
    path("account/reminders/confirm/<str:key>/", reminders.confirm, name="confirm-reminders"),
    path("account/calendar/new/", reminders.new_calendar, name="new-calendar"),
    path("account/calendar/<uuid:feed_id>/replace/", reminders.replace_calendar, name="replace-calendar"),
    path("account/calendar/<uuid:feed_id>/off/", reminders.close_calendar, name="close-calendar"),
    path("calendar/<str:token>.ics", reminders.calendar, name="calendar"),
]
