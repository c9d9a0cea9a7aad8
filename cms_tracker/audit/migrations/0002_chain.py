"""Events that were written before are chained in the order in which they were."""

from django.db import migrations, models

from cms_tracker.audit.append_only import lifted
from cms_tracker.audit.chain import START, Entry, seal_of

BATCH = 1000


def chain(apps, editor):
    Event = apps.get_model("audit", "Event")
    ends = {}
    last = 0
    while rows := list(Event.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for row in rows:
            of = row.case_id or row.actor_id
            seq, before = ends.get(of, (0, START))
            entry = Entry(of, seq + 1, row.kind, row.actor_id, row.case_id, row.subject, row.at)
            row.chain, row.seq, row.seal = of, entry.seq, seal_of(entry, before=before)
            ends[of] = row.seq, row.seal
        with lifted(editor.connection, Event._meta.db_table):
            Event.objects.bulk_update(rows, ["chain", "seq", "seal"], batch_size=100)
        last = rows[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.AddField("event", "chain", models.UUIDField(null=True)),
        migrations.AddField("event", "seq", models.PositiveIntegerField(default=0), preserve_default=False),
        migrations.AddField("event", "seal", models.CharField(max_length=64, default=""), preserve_default=False),
        migrations.RunPython(chain, migrations.RunPython.noop, elidable=True),
        migrations.AlterField("event", "chain", models.UUIDField()),
        migrations.AddConstraint(
            "event", models.UniqueConstraint(fields=["chain", "seq"], name="event_has_its_place"),
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("chains", models.PositiveBigIntegerField()),
                ("events", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="AnchoredEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("anchor", models.PositiveIntegerField()),
                ("chain", models.UUIDField()),
                ("seq", models.PositiveIntegerField()),
                ("seal", models.CharField(max_length=64)),
            ],
        ),
        migrations.AddConstraint(
            "anchoredend", models.UniqueConstraint(fields=["chain", "anchor"], name="chain_is_anchored_once"),
        ),
    ]
