"""What a worker has to make gets a row of its own: the states of letters move there."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import correspondence.core.jobs

MOVED = ("state", "attempts", "lease_until", "failure")
BATCH = 500


def letters_to_jobs(apps, schema_editor):
    """Every letter that was made keeps its state; nobody knows any more who asked for it."""
    letter, job = apps.get_model("correspondence", "Letter"), apps.get_model("correspondence", "Job")
    rows = letter.objects.order_by("pk").values("pk", "case_id", "made_at", *MOVED)
    batch = []
    for row in rows.iterator(chunk_size=BATCH):
        batch.append(job(kind="letter", subject=row.pop("pk"), **_whole(row)))
        if len(batch) == BATCH:
            job.objects.bulk_create(batch)
            batch = []
    job.objects.bulk_create(batch)


def _whole(row):
    """A letter in hand always had a lease, and a failed one a reason; were one without, it is made afresh."""
    if row["state"] == "rendering" and row["lease_until"] is None:
        row["state"] = "queued"
    if row["state"] == "failed" and not row["failure"]:
        row["failure"] = "gave_up"
    return row


def jobs_to_letters(apps, schema_editor):
    """Going back: the letters take their states again. Reasons that are newer than they become the old ones."""
    letter, job = apps.get_model("correspondence", "Letter"), apps.get_model("correspondence", "Job")
    for row in job.objects.filter(kind="letter").values("subject", *MOVED).iterator(chunk_size=BATCH):
        letter.objects.filter(pk=row.pop("subject")).update(**row)


def _is(state):
    return models.Q(("state", correspondence.core.jobs.JobState[state]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_strike_out_by_case"), ("correspondence", "0004_letters_keep_no_posting")]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.UUIDField()),
                ("requested_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("state", models.CharField(default=correspondence.core.jobs.JobState["QUEUED"], max_length=10)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(blank=True, max_length=20)),
                ("step", models.CharField(blank=True, max_length=40)),
                ("done", models.PositiveIntegerField(default=0)),
                ("of", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "lease_until"], name="job_waiting"),
                    models.Index(fields=["requested_by", "started_at"], name="job_turn"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "subject"), name="one_job_per_paper"),
                    models.CheckConstraint(
                        condition=models.Q(state__in=list(correspondence.core.jobs.JobState)),
                        name="job_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=~_is("RENDERING") | models.Q(lease_until__isnull=False),
                        name="job_in_hand_has_a_lease",
                    ),
                    models.CheckConstraint(
                        condition=~_is("FAILED") | ~models.Q(failure=""), name="failed_job_says_why"
                    ),
                ],
            },
        ),
        migrations.RunPython(letters_to_jobs, jobs_to_letters),
        migrations.RemoveConstraint(model_name="letter", name="letter_state_is_known"),
        migrations.RemoveConstraint(model_name="letter", name="ready_letter_has_its_hash"),
        migrations.RemoveIndex(model_name="letter", name="letter_waiting"),
        migrations.RemoveField(model_name="letter", name="attempts"),
        migrations.RemoveField(model_name="letter", name="failure"),
        migrations.RemoveField(model_name="letter", name="lease_until"),
        migrations.RemoveField(model_name="letter", name="state"),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(pdf_name="", pdf_sha256="") | ~models.Q(pdf_name="") & ~models.Q(pdf_sha256=""),
                name="letter_file_has_its_hash",
            ),
        ),
    ]
