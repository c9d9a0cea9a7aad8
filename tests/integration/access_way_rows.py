"""One row for every URL of money on its way and of the two services; importing this enters them in ``ROWS``."""

from tests.integration.access_rows import ROWS, Row, day, typed

_WAY = {
    "arrears:transits": Row(),
    "arrears:new-transit": Row(post=typed(way="earnings", kind="deducted", amount="120.00", **day("on", 2, 5, 2025))),
    "arrears:pay-limit": Row(),
    "arrears:transit": Row(kwargs={"number": "1"}),
    "arrears:next-transit": Row(
        post=typed(kind="received", amount="120.00", **day("on", 9, 5, 2025)), kwargs={"number": "1"}
    ),
    "correspondence:moving": Row(),
}

ROWS |= _WAY
