"""Money on its way through CMS: one row for each leg that somebody told of."""

from django.db import models

from arrears.core import transit_facts
from cms_tracker.audit.append_only import Fact, Limit, whole
from cms_tracker.sealed.fields import EncryptedCharField


class TransitLeg(Fact):
    """A leg of the sum ``number``. ``payment``: what it became, once that is on the record."""

    limit = Limit(transit_facts.MOST_LEGS, "steps of money on its way", "kind")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    way = models.CharField(max_length=12)
    on = models.DateField()
    recorded_on = models.DateField(null=True)
    gross_pence = models.PositiveBigIntegerField(null=True)
    fee_pence = models.PositiveBigIntegerField(null=True)
    net_pence = models.PositiveBigIntegerField(null=True)
    reference = EncryptedCharField(max_length=60, blank=True)
    payment = models.ForeignKey("arrears.Payment", on_delete=models.CASCADE, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(transit_facts.LegKind)), name="transit_kind_is_known"
            ),
            models.CheckConstraint(condition=models.Q(way__in=list(transit_facts.Way)), name="transit_way_is_known"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="transit_number_is_positive"),
            models.CheckConstraint(
                condition=(
                    models.Q(gross_pence__isnull=False, gross_pence__gt=0)
                    & (models.Q(net_pence__isnull=True) | models.Q(net_pence__gt=0))
                )
                | models.Q(gross_pence__isnull=True, net_pence__isnull=False, net_pence__gt=0),
                name="transit_says_an_amount",
            ),
            whole("gross_pence", name="transit_gross_is_whole_pence"),
            whole("fee_pence", name="transit_fee_is_whole_pence"),
            whole("net_pence", name="transit_net_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = (
            "kind", "way", "on", "recorded_on", "gross_pence", "fee_pence", "net_pence", "reference", "note",
            "entered_at",
        )  # fmt: skip
        public = ("id", "case", "number", "payment")

    def __str__(self) -> str:
        return str(self.pk)
