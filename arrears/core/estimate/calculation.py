"""The weekly amount under the 2012 scheme, step by step (Child Support Act 1991, Schedule 1; GOV.UK leaflet).

An illustration: CMS decides. Every percentage and threshold is a dated rate. All arithmetic is
exact; the total is rounded once, half a penny up.
"""

from fractions import Fraction

from arrears.core import rates as dated
from arrears.core.estimate import care, income
from arrears.core.estimate.values import Estimate, EstimateError, Line, Question, RateKind, Share, Step, StepKind
from arrears.core.rate_values import Rate, Scale, figures
from arrears.core.rates import Rates
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds, round_half_up

_PERCENT = Fraction(1, 100)
_NAMES = Words({RateKind.BASIC: mark("basic rate"), RateKind.BASIC_PLUS: mark("basic plus rate")})


def estimate(question: Question) -> Estimate:
    """What the published rules come to, with every step; EstimateError where the question lacks something."""
    begins = dated.every()["income_bands"][0].from_on
    if begins is not None and question.on < begins:
        raise EstimateError("on", say("must be {begins} or later, when the 2012 scheme began", begins=day(begins)))
    if not question.children:
        raise EstimateError("children", say("must be at least one"))
    return _Working(question).answer()


class _Working:
    """One estimate while it is being worked out: the steps so far, and the income once it is known."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.rates: Rates = dated.on(question.on)
        numbered = enumerate(question.children, start=1)
        self.numbered = {number: child for number, child in numbered if not child.equal_care}
        self.counted = tuple(self.numbered.values())
        self.income: Fraction | None = None
        self.steps: list[Step] = []

    def answer(self) -> Estimate:
        """The estimate: the special cases first, then by income."""
        question = self.question
        if question.pays_nothing:
            return self._nothing(say("The paying parent is in a group that pays nothing: nil rate."))
        if len(self.counted) < len(question.children) and not self._without_equal_care():
            return self._end(RateKind.NIL, {})
        if question.before_care is not None:
            before = Fraction(question.before_care)
            self._step(StepKind.AMOUNT, say("The weekly amount before nights was given."), [Line(say("Given"), before)])
            return self._after_amount(None, before)
        if question.on_benefit:
            return self._flat_on_benefit()
        return self._by_income()

    def _by_income(self) -> Estimate:
        bands, earned = self.rates.scale("income_bands"), self._weekly_income()
        low, flat_to, basic_from = (self._pence(bands.of(key)) for key in ("flat_from", "flat_to", "basic_from"))
        if earned < low:
            says = say("The income is less than {low} a week, without a listed benefit: nil rate.", low=pounds(low))
            return self._nothing(says, bands)
        if earned <= flat_to:
            says = say(
                "The income is {flat_to} a week or less: flat rate. Nights do not change it.", flat_to=pounds(flat_to)
            )
            flat = self._flat(says, self.rates.flat_rate)
            return self._end(RateKind.FLAT, care.by_children(flat, self.counted))
        if earned < basic_from:
            return self._reduced(earned, flat_to, basic_from)
        return self._basic(earned, basic_from)

    def _weekly_income(self) -> Fraction:
        given = self.question.income
        if given is None:
            raise EstimateError("income", say("is missing"))
        self.steps += income.weekly(given, self.rates)
        earned = self.steps[-1].result
        limit = self._pence(self.rates.scale("income_bands").of("ignored_above"))
        if earned > limit:
            says = say(
                "Income above {limit} a week is left out. A court can be asked for more on top.", limit=pounds(limit)
            )
            lines = [
                Line(say("The income"), earned),
                Line(say("Less what is above {limit}", limit=pounds(limit)), limit - earned),
            ]
            earned = self._step(StepKind.INCOME_LIMIT, says, lines, self.rates.scale("income_bands"))
        self.income = earned
        return earned

    def _reduced(self, earned: Fraction, flat_to: int, basic_from: int) -> Estimate:
        percent = self.rates.scale("reduced_rate").by_count(self._paid_for(), column=self.question.other_children)
        says = say(
            "The income is more than {flat_to} and less than {basic_from} a week: reduced rate.",
            flat_to=pounds(flat_to),
            basic_from=pounds(basic_from),
        )
        self._decide(says, earned)
        above = earned - flat_to
        lines = [
            Line(
                say("For the first {flat_to} of income", flat_to=pounds(flat_to)),
                Fraction(self._pence(self.rates.flat_rate.value)),
            ),
            Line(
                say("{figures}% of the other {money}", figures=figures(percent), money=_money(above)),
                above * percent * _PERCENT,
            ),
        ]
        amount = self._step(StepKind.AMOUNT, self._for_whom(), lines, self.rates.scale("reduced_rate"))
        return self._after_amount(RateKind.REDUCED, amount)

    def _basic(self, earned: Fraction, basic_from: int) -> Estimate:
        bands = self.rates.scale("income_bands")
        limit = self._pence(bands.of("basic_to"))
        self._decide(
            say(
                "The income is {basic_from} a week or more: basic rate or basic plus rate.",
                basic_from=pounds(basic_from),
            ),
            earned,
        )
        counted = self._less_other_children(earned)
        kind = RateKind.BASIC_PLUS if counted > limit else RateKind.BASIC
        word = say("more than") if counted > limit else say("not more than")
        self._decide(
            say(
                "{money} is {word} {limit} a week: {names}.",
                money=_money(counted),
                word=word,
                limit=pounds(limit),
                names=_NAMES[kind],
            ),
            counted,
        )
        basic, plus = self.rates.scale("basic_rate"), self.rates.scale("basic_plus_rate")
        lines = [self._part(basic, min(counted, Fraction(limit)), "")]
        if counted > limit:
            lines.append(self._part(plus, counted - limit, say("the other ")))
        amount = self._step(StepKind.AMOUNT, self._for_whom(), lines, basic)
        return self._after_amount(kind, amount)

    def _part(self, scale: Scale, of: Fraction, which: str) -> Line:
        percent = scale.by_count(self._paid_for())
        return Line(
            say("{figures}% of {which}{money}", figures=figures(percent), which=which, money=_money(of)),
            of * percent * _PERCENT,
        )

    def _less_other_children(self, earned: Fraction) -> Fraction:
        others = self.question.other_children
        if not others:
            return earned
        scale = self.rates.scale("other_children_reduction")
        percent = scale.by_count(others)
        says = say(
            "The paying parent supports {children}. {figures}% of the income is left out.",
            children=_children(others, "other "),
            figures=figures(percent),
        )
        lines = [
            Line(say("The income"), earned),
            Line(say("Less {figures}%", figures=figures(percent)), -earned * percent * _PERCENT),
        ]
        return self._step(StepKind.OTHER_CHILDREN, says, lines, scale)

    def _after_amount(self, kind: RateKind | None, amount: Fraction) -> Estimate:
        """Take out children of other arrangements, then nights, then see to the least amount."""
        question, count = self.question, len(self.counted)
        if question.other_arrangements:
            others = question.other_arrangements
            says = say(
                "{children} of other arrangements counted in the rate. Their part is taken out again.",
                children=_children(others, ""),
            )
            lines = [
                Line(say("The amount for all of them"), amount),
                Line(
                    say(
                        "Less the part of {children} of {count_of}",
                        children=_children(others, ""),
                        count_of=count + others,
                    ),
                    -amount * others / (count + others),
                ),
            ]
            amount = self._step(StepKind.OTHER_ARRANGEMENTS, says, lines, self.rates.scale("basic_rate"))
        shares = self._shared_care(amount)
        least = Fraction(self._pence(self.rates.flat_rate.value))
        if kind is not None and sum(shares.values()) < least:
            says = say("It cannot be less than {money} a week.", money=_money(least))
            self._step(StepKind.LEAST, says, [Line(say("The least amount"), least)], self.rates.flat_rate)
            shares = care.by_children(least, self.counted)
        return self._end(kind, shares)

    def _shared_care(self, amount: Fraction) -> dict[str, Fraction]:
        nights = self.rates.scale("shared_care")
        if not any(nights.reached(child.nights) for child in self.counted):
            return care.by_children(amount, self.counted)
        further = Fraction(self._pence(self.rates.shared_care_further_reduction.value))
        lines = care.lines(amount, self.numbered, nights, further)
        says = say(
            "The amount is divided between the children. Each part is reduced by the nights with the paying parent."
        )
        shares = care.shares(lines, self.counted)
        total = sum(shares.values(), Fraction(0))
        if lost := total - sum(line.amount for line in lines):
            lines.append(Line(say("No receiving parent's part goes below nothing"), lost))
        self._step(StepKind.SHARED_CARE, says, lines, nights)
        return shares

    def _flat_on_benefit(self) -> Estimate:
        says = say("The paying parent, or a partner they live with, gets a listed benefit: flat rate.")
        flat = self._flat(says, self.rates.flat_rate_on_benefit)
        shares = care.by_children(flat, self.counted)
        nights = self.rates.scale("shared_care")
        free = {child.parent for child in self.counted if nights.reached(child.nights)}
        if free:
            least = nights.rows[0].key
            says = say(
                "A child is there {least} nights a year or more. That household's part becomes nothing.", least=least
            )
            kept = sum((one for parent, one in shares.items() if parent not in free), Fraction(0))
            self._step(StepKind.SHARED_CARE, says, [Line(say("What is left"), kept)], nights)
        left = {parent: Fraction(0) if parent in free else one for parent, one in shares.items()}
        return self._end(RateKind.FLAT if any(left.values()) else RateKind.NIL, left)

    def _flat(self, says: str, rate: Rate) -> Fraction:
        return self._step(StepKind.AMOUNT, says, [Line(say("The flat rate"), Fraction(self._pence(rate.value)))], rate)

    def _without_equal_care(self) -> bool:
        """Leave children out whose care is shared equally; False where no other is left."""
        gone = len(self.question.children) - len(self.counted)
        says = say(
            "Both parents share the day-to-day care of {children} equally. Nothing is due for them.",
            children=_children(gone, ""),
        )
        self.steps.append(
            Step(kind=StepKind.CHILDREN, says=says, result=Fraction(0), rate=self.rates.scale("shared_care"))
        )
        return bool(self.counted)

    def _nothing(self, says: str, rate: Rate | Scale | None = None) -> Estimate:
        source = rate or self.rates.scale("income_bands")
        self.steps.append(Step(kind=StepKind.RATE, says=says, result=Fraction(0), rate=source))
        return self._end(RateKind.NIL, {})

    def _end(self, kind: RateKind | None, exact: dict[str, Fraction]) -> Estimate:
        """Round the total once, then give each receiving parent their part of it."""
        total = sum(exact.values(), Fraction(0))
        weekly = round_half_up(total)
        if weekly != total:
            lines = [Line(say("The exact amount"), total), Line(say("To the nearest penny"), weekly - total)]
            self._step(StepKind.ROUNDED, say("Rounded to the nearest penny, once, at the end."), lines)
        parents = dict.fromkeys(child.parent for child in self.question.children)
        shares = care.in_pence({parent: exact.get(parent, Fraction(0)) for parent in parents}, weekly)
        if len(shares) > 1:
            each = [Line(parent, Fraction(amount)) for parent, amount in shares.items()]
            self._step(StepKind.SHARES, say("Each receiving parent's part. The pennies add up to the total."), each)
        return Estimate(
            on=self.question.on,
            rate=kind,
            weekly=weekly,
            shares=tuple(Share(parent, amount) for parent, amount in shares.items()),
            steps=tuple(self.steps),
            income=self.income,
        )

    def _step(self, kind: StepKind, says: str, lines: list[Line], rate: Rate | Scale | None = None) -> Fraction:
        result = sum((line.amount for line in lines), Fraction(0))
        self.steps.append(Step(kind=kind, says=says, lines=tuple(lines), result=result, rate=rate))
        return result

    def _decide(self, says: str, amount: Fraction) -> None:
        rate = self.rates.scale("income_bands")
        self.steps.append(Step(kind=StepKind.RATE, says=says, result=amount, rate=rate))

    def _paid_for(self) -> int:
        """The children whom the percentages count: those to pay for, and those of other arrangements."""
        return len(self.counted) + self.question.other_arrangements

    def _for_whom(self) -> str:
        return say("The amount a week for {children}, before nights.", children=_children(self._paid_for(), ""))

    @staticmethod
    def _pence(value: Fraction) -> int:
        return int(value * 100)


def _children(count: int, which: str) -> str:
    return say(
        "{count_of} {which}{part}", count_of=count, which=which, part=say("child") if count == 1 else say("children")
    )


def _money(pence: Fraction) -> str:
    return pounds(round_half_up(pence))
