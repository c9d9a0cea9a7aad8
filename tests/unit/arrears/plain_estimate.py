"""A second reading of the calculator's rules, short and slow, that shares nothing with the first."""

from collections.abc import Sequence
from fractions import Fraction as F

REDUCED = {
    1: ["0.17", "0.141", "0.132", "0.124"],
    2: ["0.25", "0.212", "0.199", "0.189"],
    3: ["0.31", "0.264", "0.249", "0.238"],
}
OFF = [F(0), F("0.11"), F("0.14"), F("0.16")]


def plain_estimate(
    income: F, nights: Sequence[int], others: int = 0, elsewhere: int = 0, *, benefit: bool = False
) -> tuple[str, F]:
    """The rate and the exact pounds a week, for one receiving parent. ``income`` is pounds a week."""
    count = min(len(nights) + elsewhere, 3)
    if benefit:
        return ("nil", F(0)) if max(nights) >= 52 else ("flat", F(7))
    if income < 7:
        return "nil", F(0)
    if income <= 100:
        return "flat", F(7)
    if income < 200:
        rate, amount = "reduced", 7 + (income - 100) * F(REDUCED[count][min(others, 3)])
    else:
        counted = min(income, F(3000)) * (1 - OFF[min(others, 3)])
        low, high = {1: (12, 9), 2: (16, 12), 3: (19, 15)}[count]
        rate = "basic_plus" if counted > 800 else "basic"
        amount = (min(counted, F(800)) * low + max(counted - 800, F(0)) * high) / 100
    each = amount / (len(nights) + elsewhere)
    total = F(0)
    for one in nights:
        sevenths = 0 if one < 52 else 1 if one < 104 else 2 if one < 156 else 3
        total += each / 2 - 7 if one >= 175 else each * F(7 - sevenths, 7)
    return rate, max(total, F(7))
