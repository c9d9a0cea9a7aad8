"""Bundles: what was made, a new one, how far it is, and taking it away."""

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web import downloads, storage
from cms_tracker.web.clock import now, today
from cms_tracker.web.methods import FORM, PRESS, sent
from correspondence import operations, presenters, queries
from correspondence.core.bundles import choices as bundle_choices
from correspondence.core.bundles import contents, findings
from correspondence.core.bundles.exhibits import picked
from correspondence.core.bundles.purposes import SECTIONS, Section, template_of, templates
from correspondence.core.jobs import JobKind
from correspondence.forms.bundles import PurposeForm, ReleaseForm

if TYPE_CHECKING:
    from cases.models import Case
    from correspondence.models import Bundle, Job


@case_view(Permission.VIEW)
def bundles(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every bundle of the record, and a button for a new one."""
    jobs = queries.jobs_of(case.pk, JobKind.BUNDLE)
    rows = [
        {
            "bundle": one,
            "title": template_of(bundle_choices.from_json(one.choices).purpose).title,
            "seen": presenters.job_seen(jobs.get(one.pk)) if one.made_on else None,
        }
        for one in queries.bundles_of(case.pk)
    ]
    may_write = Permission.WRITE_LETTERS in request.rights
    return render(
        request, "correspondence/bundles.html", {"case": case, "here": "letters", "rows": rows, "may_write": may_write}
    )


@case_view(Permission.WRITE_LETTERS, FORM)
def new_bundle(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Choose who a bundle is for; what usually goes in is in."""
    form = PurposeForm(sent(request))
    if form.is_valid():
        try:
            begun = operations.begin_bundle(
                actor=request.user,
                case=case,
                purpose=form.cleaned_data["purpose"],
                on=today(),
                bundle_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("correspondence:bundle", case.pk, begun.pk)
    context = {"case": case, "here": "letters", "form": form, "templates": templates()}
    return render(request, "correspondence/new_bundle.html", context)


@case_view(Permission.VIEW)
def bundle(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """One bundle: what is in it while it is put together, then how far it is, then what was made."""
    job, found = _with_work(case, bundle_id)
    template = "correspondence/bundle.html" if found.made_on is None else "correspondence/made_bundle.html"
    return render(request, template, _context(request, case, found, job))


@case_view(Permission.VIEW, asked_by_timer=True)
def bundle_status(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """How far a bundle is: the part of its page that asks again while it is being made."""
    job, found = _with_work(case, bundle_id)
    if found.made_on is None:
        return redirect("correspondence:bundle", case.pk, found.pk)
    part = request.headers.get("HX-Request")
    template = "correspondence/bundle_status.html" if part else "correspondence/made_bundle.html"
    return render(request, template, _context(request, case, found, job))


@case_view(Permission.WRITE_LETTERS, FORM)
def check_bundle(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """What goes in, who will see it, and the button that has it made."""
    found = found_bundle(case, bundle_id)
    if request.method == "POST":
        operations.make_bundle(actor=request.user, case=case, bundle_id=found.pk, on=today())
        return redirect("correspondence:bundle", case.pk, found.pk)
    if found.made_on is not None:
        return redirect("correspondence:bundle", case.pk, found.pk)
    return render(request, "correspondence/check_bundle.html", _context(request, case, found, None))


@case_view(Permission.WRITE_LETTERS, PRESS)
def bundle_again(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """Ask once more for a bundle that could not be made, or whose file is lost."""
    found = found_bundle(case, bundle_id)
    if found.made_on is not None:
        operations.try_again(
            actor=request.user,
            case=case,
            kind=JobKind.BUNDLE,
            subject=found.pk,
            stored_as=found.pdf_name,
            sha256=found.pdf_sha256,
        )
    return redirect("correspondence:bundle", case.pk, found.pk)


@case_view(Permission.WRITE_LETTERS, PRESS)
def reopen_bundle(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """Stop a bundle that is being made, or change one that may not leave."""
    found = found_bundle(case, bundle_id)
    try:
        operations.reopen_bundle(actor=request.user, case=case, bundle_id=found.pk)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect("correspondence:bundle", case.pk, found.pk)


@case_view(Permission.WRITE_LETTERS, PRESS)
def remove_bundle(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """Throw away a bundle that was never made."""
    try:
        operations.remove_bundle(actor=request.user, case=case, bundle_id=bundle_id)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("correspondence:bundle", case.pk, bundle_id)
    messages.success(request, say("Thrown away. Nothing of your record has changed."))
    return redirect("correspondence:bundles", case.pk)


@case_view(Permission.WRITE_LETTERS, PRESS)
def next_bundle(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """Begin the next version of a finished bundle."""
    found = found_bundle(case, bundle_id)
    try:
        begun = operations.continue_bundle(actor=request.user, case=case, bundle_id=found.pk, on=today())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("correspondence:bundle", case.pk, found.pk)
    return redirect("correspondence:bundle", case.pk, begun.pk)


@case_view(Permission.WRITE_LETTERS, FORM)
def release_bundle(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """Before a bundle leaves: who will see it, and what nobody could read for the person."""
    found = found_bundle(case, bundle_id)
    if not found.pdf_sha256:
        return redirect("correspondence:bundle", case.pk, found.pk)
    unread = [one for one in queries.documents_of(found) if one.unread]
    form = ReleaseForm(sent(request), unread=unread)
    if form.is_valid():
        try:
            operations.release_bundle(
                actor=request.user,
                case=case,
                bundle_id=found.pk,
                looked_at=form.cleaned_data.get("looked_at", []),
                at=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("correspondence:bundle", case.pk, found.pk)
    context = _context(request, case, found, None) | {"form": form, "unread": unread}
    return render(request, "correspondence/release_bundle.html", context)


@case_view(Permission.WRITE_LETTERS)
def bundle_pdf(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """The PDF, under a name that says nothing, once it was let go and if it is the very file that was made."""
    found = found_bundle(case, bundle_id)
    if found.released_at is None:
        return redirect("correspondence:bundle", case.pk, found.pk)
    content = storage.read_kept(found.pdf_name, sha256=found.pdf_sha256)
    if content is None:
        messages.error(request, "The PDF is not there. You can make it again.")
        return redirect("correspondence:bundle", case.pk, found.pk)
    operations.note_download(actor=request.user, case=case, bundle_id=found.pk)
    return downloads.download(content, name=_file_name(found), media_type="application/pdf")


@case_view(Permission.WRITE_LETTERS)
def bundle_manifest(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """The manifest, as JSON or, with ``?as=text``, as text that ``sha256sum --check`` reads."""
    found = found_bundle(case, bundle_id)
    if found.released_at is None or found.pages is None:
        return redirect("correspondence:bundle", case.pk, found.pk)
    value = contents.manifest(
        queries.documents_of(found), file_name=_file_name(found), file_sha256=found.pdf_sha256, pages=found.pages
    )
    stem = _file_name(found).removesuffix(".pdf")
    answer: HttpResponse
    if request.GET.get("as") == "text":
        answer = HttpResponse(contents.manifest_text(value), content_type="text/plain; charset=utf-8")
        answer["Content-Disposition"] = say('attachment; filename="{stem}.sha256"', stem=stem)
    else:
        answer = JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 1})
        answer["Content-Disposition"] = say('attachment; filename="{stem}.json"', stem=stem)
    return answer


def found_bundle(case: "Case", bundle_id: uuid.UUID) -> "Bundle":
    """One bundle of this case, or 404."""
    found = queries.bundle_of(case.pk, bundle_id)
    if found is None:
        raise Http404
    return found


def _file_name(found: "Bundle") -> str:
    version = f"-version-{found.version}" if found.version > 1 else ""
    return f"bundle-{found.made_on}{version}.pdf"


def _with_work(case: "Case", bundle_id: uuid.UUID) -> tuple["Job | None", "Bundle"]:
    # The work before the bundle: what is ready by the first look stands in what the second one reads.
    return queries.job_of(JobKind.BUNDLE, bundle_id), found_bundle(case, bundle_id)


def _context(request: CaseRequest, case: "Case", found: "Bundle", job: "Job | None") -> dict[str, Any]:
    chosen = bundle_choices.from_json(found.choices)
    template = template_of(chosen.purpose)
    args = [case.pk, found.pk]
    context: dict[str, Any] = {
        "case": case,
        "here": "letters",
        "bundle": found,
        "template": template,
        "choices": chosen,
        "sections": [SECTIONS[one] for one in chosen.sections],
        "may_write": Permission.WRITE_LETTERS in request.rights,
    }
    if found.made_on is None:
        ground = queries.bundle_ground(case)
        exhibits = picked(ground.exhibits, chosen.exhibits) if chosen.has(Section.EVIDENCE) else []
        return context | {
            "letters": picked(ground.letters, chosen.letters) if chosen.has(Section.LETTERS) else None,
            "exhibits": exhibits if chosen.has(Section.EVIDENCE) else None,
            "contacts": [one for one in ground.contacts if one.key not in chosen.left_out],
            "pictures": [one for one in exhibits if getattr(one, "is_picture", False)],
            "kept_out": queries.kept_out(case.pk),
        }
    return context | {
        "seen": presenters.job_seen(job),
        "findings": findings.from_json(found.findings),
        "groups": contents.grouped(queries.documents_of(found)),
        "thing": "bundle",
        "page_url": reverse("correspondence:bundle", args=args),
        "status_url": reverse("correspondence:bundle-status", args=args),
        "again_url": reverse("correspondence:bundle-again", args=args),
    }
