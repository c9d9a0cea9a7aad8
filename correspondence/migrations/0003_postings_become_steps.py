"""The day, the way and the number of each posting become a step of their own."""

from django.db import migrations

BATCH = 500


def as_steps(apps, schema_editor):
    Letter = apps.get_model("correspondence", "Letter")
    LetterStep = apps.get_model("correspondence", "LetterStep")
    posted = Letter.objects.filter(posted_on__isnull=False)
    rows = posted.values_list("id", "case_id", "posted_on", "posted_how", "posting_number")
    steps = (
        LetterStep(letter_id=letter, case_id=case, kind="posted", on=on, how=how, number=number)
        for letter, case, on, how, number in rows.iterator()
    )
    LetterStep.objects.bulk_create(steps, batch_size=BATCH)


def as_columns(apps, schema_editor):
    Letter = apps.get_model("correspondence", "Letter")
    LetterStep = apps.get_model("correspondence", "LetterStep")
    struck = set(apps.get_model("cases", "StrikeOut").objects.values_list("case_id", "fact_id"))
    for step in LetterStep.objects.filter(kind="posted").order_by("on", "entered_at"):
        if (step.case_id, step.id) not in struck:
            of_letter = Letter.objects.filter(pk=step.letter_id)
            of_letter.update(posted_on=step.on, posted_how=step.how, posting_number=step.number)


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0002_strike_out_by_case"),
        ("correspondence", "0002_letter_steps"),
    ]

    operations = [migrations.RunPython(as_steps, as_columns)]
