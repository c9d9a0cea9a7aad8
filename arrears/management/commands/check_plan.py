"""``manage.py check_plan``: what a repayment plan comes to (rules sections 5 and 7)."""

from typing import Any

from django.core.management.base import CommandParser

from arrears.core import plans
from arrears.core.answers import plan_json, plan_text
from arrears.management import plain_command
from arrears.management.plain_command import PlainCommand
from cases.core.facts import Frequency


class Command(PlainCommand):
    help = "What a repayment plan comes to: its label, how many payments, and what two years would take."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--arrears", required=True, help="the arrears at the start, such as 12391.53")
        parser.add_argument("--instalment", help="the arrears part of each payment")
        parser.add_argument("--total", help="the whole payment, with --ongoing")
        parser.add_argument("--ongoing", help="the part of the payment that is ongoing maintenance")
        parser.add_argument("--fee", help="the part of the payment that is a collection fee")
        parser.add_argument("--frequency", required=True, help=", ".join(one.value for one in Frequency))
        parser.add_argument("--first", required=True, help="the day of the first payment, YYYY-MM-DD")
        parser.add_argument("--review", help="the day of the next annual review")
        parser.add_argument("--net-income", help="net income in the interval of one payment")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verdict = plans.check(
                arrears=plain_command.amount("--arrears", options["arrears"]),
                first_payment_on=plain_command.day("--first", options["first"]),
                frequency=_frequency(options["frequency"]),
                instalment=plain_command.optional_amount("--instalment", options["instalment"]),
                total=plain_command.optional_amount("--total", options["total"]),
                ongoing=plain_command.optional_amount("--ongoing", options["ongoing"]),
                fee=plain_command.optional_amount("--fee", options["fee"]),
                review_on=plain_command.optional_day("--review", options["review"]),
                net_income=plain_command.optional_amount("--net-income", options["net_income"]),
            )
        except plans.PlanError as error:
            plain_command.refuse(f"--{error.field.replace('_', '-')}", error.message)
        self.say(plain_command.as_json(plan_json(verdict)) if options["json"] else plan_text(verdict))


def _frequency(value: str) -> Frequency:
    try:
        return Frequency(value)
    except ValueError:
        plain_command.refuse("--frequency", "must be one of " + ", ".join(one.value for one in Frequency))
