"""What became of a letter stands in its steps alone."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("correspondence", "0003_postings_become_steps")]

    operations = [
        migrations.RemoveConstraint(model_name="letter", name="letter_posting_is_known"),
        migrations.RemoveField(model_name="letter", name="posted_how"),
        migrations.RemoveField(model_name="letter", name="posted_on"),
        migrations.RemoveField(model_name="letter", name="posting_number"),
    ]
