"""Nights with the paying parent, and what each receiving parent gets."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from arrears.core.estimate.values import Child, Line
from arrears.core.rate_values import Scale, figures
from cms_tracker.language import say
from cms_tracker.money import pounds, round_half_up


def by_children(amount: Fraction, children: Sequence[Child]) -> dict[str, Fraction]:
    """An amount shared out by number of children: exact pence by receiving parent."""
    shares: dict[str, Fraction] = {}
    for child in children:
        shares[child.parent] = shares.get(child.parent, Fraction(0)) + amount / len(children)
    return shares


def lines(amount: Fraction, children: Mapping[int, Child], nights: Scale, further: Fraction) -> list[Line]:
    """Each child's part of the amount less its nights, in the order of the children, who come by their numbers.

    In the highest band ``further`` pence are taken off besides; a part can then be below nothing.
    """
    each = amount / len(children)
    found = []
    for number, child in children.items():
        says, left = say("Child {number}: {each}", number=number, each=pounds(round_half_up(each))), each
        row = nights.reached(child.nights)
        if row is not None:
            says += say(" less {part}", part=_part(row.values[0]))
            left -= each * row.values[0]
            if row is nights.rows[-1]:
                says += say(" and {int}", int=pounds(int(further)))
                left -= further
        band = say("fewer than {key} nights", key=nights.rows[0].key) if row is None else row.label
        band = say("nights not agreed, so counted as {band}", band=band) if child.not_agreed else band
        found.append(Line(say("{says} ({band} a year)", says=says, band=band), left))
    return found


def _part(value: Fraction) -> str:
    """A part in words: beside an amount in pounds, 0.5 would read as 50p."""
    return "half" if value == Fraction(1, 2) else figures(value)


def shares(parts: Iterable[Line], children: Sequence[Child]) -> dict[str, Fraction]:
    """What each receiving parent gets for their children together: never less than nothing."""
    found: dict[str, Fraction] = {}
    for line, child in zip(parts, children, strict=True):
        found[child.parent] = found.get(child.parent, Fraction(0)) + line.amount
    return {parent: max(one, Fraction(0)) for parent, one in found.items()}


def in_pence(exact: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Whole pence by receiving parent that add up to ``total``, the exact sum rounded.

    Pennies that are left go to the largest rest, and of equal ones to the first.
    """
    whole = {parent: one.numerator // one.denominator for parent, one in exact.items()}
    rests = sorted(exact, key=lambda parent: whole[parent] - exact[parent])
    for parent in rests[: total - sum(whole.values())]:
        whole[parent] += 1
    return whole
