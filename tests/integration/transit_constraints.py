"""Each named constraint of money on its way; ``test_constraints`` runs them."""

from arrears.models import TransitLeg
from cases.models import Case
from tests.integration.constraints import refused_copy, refused_part_of_a_penny


class TestTheMoneyOnItsWay:
    def test_transit_kind_is_known(self, case: Case) -> None:
        refused_copy("transit_kind_is_known", TransitLeg, kind="lost")

    def test_transit_way_is_known(self, case: Case) -> None:
        refused_copy("transit_way_is_known", TransitLeg, way="pigeon")

    def test_transit_number_is_positive(self, case: Case) -> None:
        refused_copy("transit_number_is_positive", TransitLeg, number=0)

    def test_transit_says_an_amount(self, case: Case) -> None:
        refused_copy("transit_says_an_amount", TransitLeg, net_pence=None)

    def test_transit_gross_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("transit_gross_is_whole_pence", TransitLeg, "gross_pence")

    def test_transit_fee_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("transit_fee_is_whole_pence", TransitLeg, "fee_pence")

    def test_transit_net_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("transit_net_is_whole_pence", TransitLeg, "net_pence")
