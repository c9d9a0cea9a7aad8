"""Several receiving parents of one paying parent: a case group (SI 2009/3151 regs 13A, 13F; GOV.UK leaflet).

CMS works out one weekly amount for all the children and shares it by their number. What is owed to
each receiving parent is a debt of its own: nothing paid for one counts for another.
"""

from collections.abc import Sequence


def apportion(amount: int, children: Sequence[int]) -> tuple[int, ...]:
    """Share ``amount`` pence by the number of children of each receiving parent.

    Each share is the exact one or a penny beside it, and together they are the whole amount: pennies
    that are left go to the largest rest, and of equal ones to the first. How CMS places them is not
    known. Raises ValueError where nobody has a child, or someone fewer than none.
    """
    total = sum(children)
    if total <= 0 or min(children) < 0:
        raise ValueError("a sum is shared by children, and there are none")
    shares = [amount * count // total for count in children]
    rests = sorted(range(len(children)), key=lambda place: -(amount * children[place] % total))
    for place in rests[: amount - sum(shares)]:
        shares[place] += 1
    return tuple(shares)
