"""The address that may be written to belongs to the person, not to reminders: it moves to ``users.SafeMail``, sealed."""

from django.conf import settings
from django.db import migrations, models


def move(apps, schema_editor):
    asked = apps.get_model("correspondence", "ReminderSettings").objects.exclude(address="")
    safe_mail = apps.get_model("users", "SafeMail")
    for one in asked.exclude(said_safe_at=None).select_related("user"):
        safe_mail.objects.create(
            user_id=one.user_id,
            address=one.address,
            of_sign_in=one.address == one.user.email,
            said_safe_at=one.said_safe_at,
            confirmed_at=one.confirmed_at,
            key_hash=one.key_hash,
            key_expires_at=one.key_expires_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ("correspondence", "0012_job_of_a_person"),
        ("users", "0003_safe_mail"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="remindersettings", name="reminders_go_only_where_it_is_safe"),
        migrations.RemoveField(model_name="remindersettings", name="address"),
        migrations.RemoveField(model_name="remindersettings", name="confirmed_at"),
        migrations.RemoveField(model_name="remindersettings", name="key_expires_at"),
        migrations.RemoveField(model_name="remindersettings", name="key_hash"),
        migrations.RemoveField(model_name="remindersettings", name="said_safe_at"),
        migrations.AddConstraint(
            model_name="remindersettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_on", False), ("since__isnull", False), _connector="OR"),
                name="reminders_begin_on_a_day",
            ),
        ),
    ]
