"""The constraints of challenges; collected with the others in ``test_constraints``."""

from cases.models import Calculation, Case
from correspondence.models import Challenge, ChallengeStep
from tests.integration.constraints import refused, refused_copy


class TestTheChallenges:
    def test_challenge_about_is_known(self, case: Case) -> None:
        refused_copy("challenge_about_is_known", Challenge, about="weather")

    def test_challenge_names_a_decision_where_it_is_about_one(self, case: Case) -> None:
        one = Challenge.objects.get(case=case)
        refused(
            "challenge_names_a_decision_where_it_is_about_one",
            Challenge,
            case=case,
            about="service",
            what="Late",
            known_on=one.known_on,
            decision=Calculation.objects.filter(case=case).first(),
        )

    def test_challenge_step_kind_is_known(self, case: Case) -> None:
        refused_copy("challenge_step_kind_is_known", ChallengeStep, kind="begged")
