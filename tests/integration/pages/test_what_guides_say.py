"""What a reader must find in the guides from 21 on, where a rule is easily told wrong."""

import dataclasses
import datetime as dt
import re
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arrears.core import rates
from arrears.core.case_values import ClockKind
from arrears.core.rate_values import Rate, Row, Scale, Table
from cases.core.facts import Nation, Perspective
from cases.core.roles import PERMISSIONS, SCOPES, Permission, Role
from cms_tracker.pages import help_lines
from cms_tracker.pages.core import reading
from cms_tracker.pages.core.reading import Guide
from cms_tracker.users.models import User
from correspondence.core import clock_rules
from correspondence.core.clocks import days_of
from correspondence.core.letters import registry
from tests.cast import PAUL, ROSA, SAM
from tests.factories import let_in, make_case, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 23)
MINE = [guide for guide in reading.guides().values() if 21 <= guide.number <= 36]


def told(number: int) -> str:
    return words(Client().get(f"/reading/{number}/"))


def told_page(number: int) -> str:
    return Client().get(f"/reading/{number}/").content.decode()


def sentences_with(number: int, word: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.?!:])\s", told(number)) if word in one]


def marked_as_unsure(number: int, start: str) -> bool:
    """Whether the source line that follows these words says that nobody here verified them."""
    page = " ".join(Client().get(f"/reading/{number}/").content.decode().split())
    line = page.partition(start)[2].partition('<p class="source">')[2].partition("</p>")[0]
    return "Not verified by us." in line


class TestEveryOneOfThese:
    @pytest.mark.parametrize("guide", MINE, ids=lambda guide: str(guide.number))
    def test_has_facts_then_options_then_the_risk_and_a_part_for_each_reader(self, guide: Guide) -> None:
        page = told(guide.number)
        parts = ["If you receive maintenance", "If you pay maintenance", "If you help somebody"]
        if guide.number != 35:  # the list of words
            parts = ["Your options", "The risk", *parts]
        places = [page.rindex(f" {part} ") for part in parts]
        assert places == sorted(places)

    @pytest.mark.parametrize("guide", MINE, ids=lambda guide: str(guide.number))
    def test_says_its_number_and_leads_to_each_part_from_the_top(self, guide: Guide) -> None:
        page = Client().get(f"/reading/{guide.number}/").content.decode()
        assert f"Guide {guide.number}. Last checked 23 November 2026." in page
        assert all(f'<a href="#{reader.value}">' in page for reader in guide.readers)

    @pytest.mark.parametrize("guide", MINE, ids=lambda guide: str(guide.number))
    def test_names_the_letters_and_the_pages_of_a_record_that_do_the_job(self, guide: Guide) -> None:
        page = told(guide.number).partition("What you can do on this site")[2].partition("Words in this guide")[0]
        assert guide.number == 35 or guide.letters
        assert all(f"“{registry.title_of(code)}”" in page for code in guide.letters)
        assert page.count("“") == len(guide.letters) + len(guide.places) + len(guide.clocks)


class TestOnesOnlyRecord:
    def _page(self, user: User, number: int) -> str:
        client = Client()
        client.force_login(user)
        return client.get(f"/reading/{number}/").content.decode()

    def test_is_led_into_from_the_letters_and_pages_that_a_guide_names(self) -> None:
        rosa = make_user(ROSA)
        case = make_case(rosa)
        page = self._page(rosa, 24)
        for address in (f"/records/{case.pk}/letters/new/", f"/records/{case.pk}/deadlines/"):
            assert f'href="{address}' in page
        client = Client()
        client.force_login(rosa)
        found = re.findall(rf'href="(/records/{case.pk}/[^"]*)"', page)
        assert len(found) == len(reading.guides()[24].letters) + len(reading.guides()[24].places)
        assert {client.get(one, follow=True).status_code for one in found} == {200}

    def test_is_led_into_from_every_page_that_any_guide_names(self) -> None:
        rosa = make_user(ROSA)
        case = make_case(rosa)
        for number, guide in reading.guides().items():
            if guide.places:
                assert f'href="/records/{case.pk}/' in self._page(rosa, number), number

    def test_is_offered_no_letter_that_its_side_does_not_send(self) -> None:
        paul = make_user(PAUL)
        case = make_case(paul, perspective=Perspective.PAYING)
        page = self._page(paul, 30)
        assert "“Ask to move to Collect and Pay”" in " ".join(page.split())
        assert f'href="{reverse("correspondence:new-letter", args=[case.pk, "move-to-collect"])}"' not in page
        assert f'href="{reverse("correspondence:new-letter", args=[case.pk, "authority"])}"' in page

    def test_is_not_guessed_where_there_are_two_or_where_somebody_only_helps(self) -> None:
        rosa, sam = make_user(ROSA), make_user(SAM)
        case = make_case(rosa)
        let_in(sam, case, by=rosa, role=Role.HELPER, at=timezone.now())
        assert "/records/" + str(case.pk) in self._page(rosa, 24)
        assert str(case.pk) not in self._page(sam, 24)
        make_case(rosa, reference="120000000003")
        assert str(case.pk) not in self._page(rosa, 24)

    def test_is_on_no_page_that_a_stranger_reads(self) -> None:
        make_case(make_user(ROSA))
        assert "/records/" not in told_page(24)


class TestApplying:
    def test_is_free_since_26_february_2024_and_a_page_that_says_20_pounds_is_old(self) -> None:
        page = told(21)
        assert "The fee to apply is £0. It has been free for all since 26 February 2024." in page
        assert "A page that names a fee of £20 is out of date." in page

    def test_can_begin_with_arrears_though_nobody_missed_a_payment(self) -> None:
        assert "some arrears can stand on the first day, though nobody missed a payment" in told(21)

    def test_goes_through_another_office_in_northern_ireland(self) -> None:
        assert "Northern Ireland. You speak to Child Maintenance Choices first." in told(21)

    def test_does_not_promise_the_first_payment(self) -> None:
        assert "usually made within 12 weeks of applying. CMS policy, not law." in told(21)


class TestParentage:
    def test_tells_who_has_to_pay_in_the_meantime_and_who_has_not(self) -> None:
        page = told(22)
        assert "If CMS takes you to be the parent, it works out an amount. You have to pay it until you prove" in page
        assert "If CMS does not, you pay nothing until it is settled." in page
        assert "the amount goes back to when the case was opened" in page

    def test_is_not_sure_of_what_follows_when_a_test_is_refused(self) -> None:
        assert marked_as_unsure(22, "someone who refuses a DNA test can also be taken to be the parent.")


class TestFindingSomebody:
    def test_warns_against_watching_and_tricks(self) -> None:
        page = told(23)
        assert "Do not follow, watch or trick anyone." in page
        assert "You do not have to look for anyone." in page

    def test_says_that_no_address_is_given_out(self) -> None:
        assert (
            "CMS does not give your address to the other parent, or theirs to you, unless a court orders it."
            in told(23)
        )


class TestIncome:
    def test_counts_a_change_of_exactly_a_quarter_at_both_ends(self) -> None:
        share = rates.on(TODAY).income_change_that_counts.value / 100
        held, up_to, down_to = (
            Fraction(reading.guides()[24].figures[name].value.removeprefix("£"))
            for name in ("held", "up_to", "down_to")
        )
        assert (up_to, down_to) == (held * (1 + share), held * (1 - share))
        page = told(24)
        assert "differs by 25% or more, up or down. A change of exactly 25% counts." in page
        assert "holds £250 a week, it acts at £312.50 or more, and at £187.50 or less" in page

    def test_asks_for_10_pounds_a_week_of_each_expense_and_for_nothing_of_a_disability(self) -> None:
        assert "Each must come to £10 a week or more by itself." in told(24)
        page = told(24)
        disability = page[page.index("costs of a disability") :]
        assert disability.startswith("costs of a disability or a long illness of a child they support.")
        assert "These have no least amount." in disability[:120]
        assert "£" not in disability[: disability.index("least amount")]

    def test_names_the_sums_from_which_more_can_be_counted(self) -> None:
        page = told(24)
        assert "dividends, from £2,500 a year" in page
        assert "assets worth £31,250 or more" in page
        assert "income of £100 a week or more, of a parent who pays the flat rate because of a benefit" in page

    def test_takes_no_way_of_life_for_a_ground(self) -> None:
        assert (
            "A costly way of life alone was a ground in an older scheme. In the scheme since 2012 it is not."
            in told(24)
        )

    def test_warns_against_spying_and_says_that_asking_may_be_noticed(self) -> None:
        page = told(24)
        assert "Do not open their post, get into their accounts, or watch them." in page
        assert "The other parent can learn that you asked." in page


class TestChanges:
    def test_derives_no_day_from_which_a_change_counts(self) -> None:
        page = told(25)
        assert "The decision letter states the day. Copy that day into your record. Do not work it out." in page
        assert marked_as_unsure(25, "It seems that some changes count from the day they happened.")

    def test_have_to_be_reported_by_either_parent_and_within_7_days_by_who_pays(self) -> None:
        page = told(25)
        assert "Either parent should tell CMS of:" in page
        assert "A paying parent must report a change of income of that size within 7 days." in page
        assert "a court can fine you up to £1,000. This holds for both parents." in page


class TestEstimates:
    def test_name_the_amounts_of_a_default_decision(self) -> None:
        page = told(26)
        assert "£39 for one child £51 for two children £64 for three or more children." in page
        assert "This is the total." in page
        assert "£38" not in page

    def test_follow_the_dated_data(self) -> None:
        old = rates.on(TODAY).scale("default_decision")
        row = Row(old.rows[0].key, old.rows[0].label, (Fraction(45),))
        new: tuple[Rate | Scale, ...] = (dataclasses.replace(old, rows=(row, *old.rows[1:])),)
        with rates.using(Table({**rates.every(), "default_decision": new})):
            assert "£45 for one child £51 for two children" in told(26)

    def test_can_turn_out_higher_or_lower(self) -> None:
        assert "If it is more, more was owed all along. It can also be less." in told(26)


class TestALumpSum:
    def test_gets_no_certain_rule_about_a_benefit(self) -> None:
        page = told(27)
        assert not re.search(r"£ ?\d|\bdisregard|\bis ignored|capital|will not (?:affect|change|count)", page)
        for start in ("An old copy of a GOV.UK page says", "Advisers who know benefits well", "People say that help"):
            assert marked_as_unsure(27, start), start
        for name in ("Universal Credit", "Council Tax", "savings"):
            for one in sentences_with(27, name):
                assert one.endswith("?") or re.search(
                    r"do not agree|People say|could mean|takes? money|taking money", one
                ), one

    def test_says_neither_that_it_is_safe_nor_that_it_is_not(self) -> None:
        page = told(27)
        assert (
            "we do not tell you that a lump sum is safe for your benefits, and we do not tell you that it is not"
            in page
        )
        assert "Ask a benefits adviser, not CMS." in page

    def test_that_settles_a_debt_cannot_be_taken_back(self) -> None:
        assert "you cannot change your mind later. The rest is given up. Regular payments go on." in told(27)


class TestSomeoneWhoActs:
    def test_cannot_apply_or_close_the_case_without_a_power_of_attorney(self) -> None:
        page = told(28)
        assert "They cannot apply for you, set up or get payments, or close your case." in page
        assert "For that CMS wants a power of attorney for property and money." in page

    def test_may_do_here_what_the_table_of_roles_allows(self) -> None:
        helper = PERMISSIONS[Role.HELPER]
        assert {Permission.VIEW, Permission.RECORD, Permission.WRITE_LETTERS} <= helper
        assert not {Permission.EXPORT, Permission.DELETE, Permission.SHARE, Permission.SAY_CONTACT} & helper
        page = told(28)
        assert "They can read it, add to it and write letters." in page
        assert "They cannot download it, delete it, let others in, or say how you may be reached." in page
        assert len(SCOPES) == 3
        assert "You choose if they may only explain, or also act." in page

    def test_is_not_promised_a_talk_without_a_letter(self) -> None:
        assert marked_as_unsure(28, "may speak with a helper by phone without a letter")


class TestAPrivateArrangement:
    def test_leaves_arrears_that_cms_cannot_collect(self) -> None:
        page = told(29)
        assert "CMS cannot make the other parent pay what was missed under a private arrangement." in page
        assert "It does not go back before that day." in page
        assert "What was missed before stays outside CMS." in page


class TestStayingSafe:
    def test_names_a_help_line_of_each_nation(self) -> None:
        page = told(30)
        for nation in ("England", "Wales", "Scotland", "Northern Ireland"):
            lines = [one for one in help_lines.by_nation()[nation] if one.name in reading.signposts()["abuse"]]
            assert lines
            assert all(one.telephone in page for one in lines)

    def test_is_not_sure_that_the_act_of_2023_is_in_force(self) -> None:
        assert marked_as_unsure(30, "We could not check if they are now.")

    def test_leaves_it_to_the_person_whether_to_report(self) -> None:
        page = told(30)
        assert "For some people that day is the dangerous one." in page
        assert "You can wait." in page
        assert "Do not press a client to report." in page

    def test_is_for_parents_who_pay_as_well(self) -> None:
        assert "Paying parents are hurt and controlled too. All of this holds for you." in told(30)


class TestOnesOwnData:
    def test_comes_within_a_month_that_ends_on_the_last_day_of_a_shorter_one(self) -> None:
        figures = reading.guides()[31].figures
        assert (figures["short_day"].value, figures["short_end"].value) == ("31 January", "28 February")
        rule = clock_rules.rules()[ClockKind.ACCESS_REQUEST]
        counted = days_of(rule, dated_on=None, reached_on=dt.date(2027, 1, 31), nation=Nation.ENGLAND)
        assert [one.on for one in counted.readings] == [dt.date(2027, 2, 28)]
        assert "it seems to end on its last day: 31 January" in told(31)

    def test_is_asked_for_under_the_law_of_today(self) -> None:
        page = told(31)
        assert "The law is the UK GDPR, with the Data Protection Act 2018." in page
        assert "Pages that name an Act of 1998 are out of date." in page


class TestChildren:
    def test_have_the_nights_of_the_dated_data(self) -> None:
        figures = reading.guides()[32].figures
        labels = [row.label for row in rates.on(TODAY).scale("shared_care").rows]
        assert [figures[f"nights_{which}"].value for which in ("one", "two", "three", "four")] == labels
        assert "175 nights or more: 1/2 off, and £7 a week more for each such child." in told(32)

    def test_shows_both_pages_that_do_not_agree_on_whom_to_tell(self) -> None:
        page = told(32)
        assert "tell the Child Benefit office about school and training, not CMS" in page
        assert "The two do not agree. Tell both, and keep proof." in page

    def test_leave_a_debt_that_still_has_to_be_paid(self) -> None:
        assert "What was missed before the end must still be paid." in told(32)

    def test_of_several_parents_have_a_debt_each(self) -> None:
        assert "So each debt is separate, and so is each consent to write it off." in told(32)


class TestARecord:
    def test_begins_with_proof_that_is_free(self) -> None:
        page = told(33)
        assert "The Post Office gives proof of posting, free." in page
        assert "CMS does not keep all of its notes for ever." in page


class TestMoneyOnItsWay:
    def test_is_not_called_a_missed_payment(self) -> None:
        assert "Money that was taken but has not come is not a missed payment." in told(34)

    def test_says_when_each_fee_is_taken(self) -> None:
        page = told(34)
        assert "The paying parent’s fee is charged even if a payment is missed." in page
        assert "The receiving parent’s fee is taken only from money passed on." in page

    def test_is_not_sure_of_the_employers_day(self) -> None:
        assert "should reach CMS in the next month, by the 19th (not verified by us)." in told(34)


class TestWords:
    def test_are_all_listed(self) -> None:
        page = told(35)
        assert all(f" {one.word} {one.means}" in page for one in reading.terms())


class TestAnOldDebt:
    def test_has_the_sums_from_which_cms_wrote_first(self) -> None:
        page = told(36)
        assert "more than £500 was owed in a case under 10 years old, or more than £1,000 in an older one" in page

    def test_is_called_neither_too_old_nor_not(self) -> None:
        page = told(36)
        assert "We do not say if an old debt is barred by time or not." in page
        assert "statute" not in page.lower()
        assert "limitation" not in page.lower()
