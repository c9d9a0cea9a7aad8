"""Letters: frozen words in, a tagged PDF out."""

from cases.core.roles import Permission
from cms_tracker.web import storage
from cms_tracker.web.clock import now
from correspondence import rendering
from correspondence.core.jobs import JobKind
from correspondence.models import Job, Letter
from correspondence.tasks.making import Made, Progress, makes


@makes(JobKind.LETTER, right=Permission.WRITE_LETTERS)
def letter(job: Job, progress: Progress) -> Made:
    """Lay out the words of one letter. It is too quick to say how far it is."""
    row = Letter.objects.get(case_id=job.of_record, pk=job.subject)
    pdf = rendering.render_pdf(row.html, dated_on=row.dated_on)

    def note(kept: storage.Kept) -> None:
        Letter.objects.filter(pk=row.pk).update(
            pdf_name=kept.stored_as, pdf_sha256=kept.sha256, pages=pdf.pages, ready_at=now()
        )

    return Made(content=[pdf.content], note=note, replaces=row.pdf_name)
