"""Settlements, write-offs, private arrangements, and what is left when maintenance ends."""

from correspondence.core.steps.fact import Fact
from correspondence.core.steps.rules import Do, Found, No, is_receiving, is_with_cms
from correspondence.core.steps.snapshot import Ended, Endings, Ground, Life, Notice, Part, Private, Settling

_PART_FACT = {
    Part.OFFERED: Fact.PART_OFFERED,
    Part.CONSENTED: Fact.PART_CONSENTED,
    Part.TO_PAY: Fact.PART_TO_PAY,
    Part.UNPAID: Fact.PART_UNPAID,
    Part.PAID: Fact.PART_PAID,
    Part.REFUSED: Fact.PART_REFUSED,
    Part.CANCELLED: Fact.PART_CANCELLED,
}
_OPEN_OFFER = frozenset({Part.OFFERED, Part.CONSENTED})
_RECEIVED = {Part.OFFERED: "answer-part-payment", Part.TO_PAY: "watch-part-payment", Part.UNPAID: "chase-part-payment"}
_PAID = {Part.TO_PAY: "pay-part-payment", Part.UNPAID: "pay-part-payment-late"}
_MAY_OFFER = frozenset({Part.NONE, Part.PAID, Part.REFUSED, Part.CANCELLED})


def settling(ground: Ground, found: Settling) -> Found:
    """A part payment in full and final settlement, and notices that arrears may be written off."""
    if not is_with_cms(ground):
        return
    yield from _part(ground, found.part)
    if found.notice is Notice.CSA:
        yield Do("answer-csa-notice", Fact.CSA_NOTICE)
        yield No("no-appeal-on-write-off", Fact.CSA_NOTICE, ("answer-csa-notice",))
    elif found.has_csa_debt:
        yield Do("ask-csa-debt", Fact.CSA_DEBT)
    if found.notice is Notice.WRITE_OFF and is_receiving(ground):
        yield Do("answer-write-off", Fact.WRITE_OFF_NOTICE)
        yield No("no-appeal-on-write-off", Fact.WRITE_OFF_NOTICE, ("answer-write-off",))


def _part(ground: Ground, part: Part) -> Found:
    step = (_RECEIVED if is_receiving(ground) else _PAID).get(part)
    if step is not None:
        yield Do(step, _PART_FACT[part])
    if part in _OPEN_OFFER:
        yield No("no-settling-alone", _PART_FACT[part], (step or "keep-record",))
    if part in {Part.TO_PAY, Part.PAID} and is_receiving(ground):
        yield No("no-undoing", _PART_FACT[part], (step or "keep-record",))
    may_offer = part in _MAY_OFFER and ground.is_owed and ground.life is not Life.DIED
    if may_offer and not is_receiving(ground):
        yield Do("offer-part-payment", _PART_FACT.get(part, Fact.OWED))


def endings(ground: Ground, found: Endings) -> Found:
    """What began outside CMS, and what ended."""
    if found.private is Private.BROKE and is_with_cms(ground) and is_receiving(ground):
        yield No("no-private-arrears", Fact.PRIVATE_BROKE, ("keep-record", "get-advice"))
    if not is_with_cms(ground):
        yield from _private(ground, found.private)
        return
    if found.ended is Ended.CHILD_LEFT:
        yield Do("say-child-left", Fact.CHILD_LEFT)
    if ground.is_owed:
        yield from _left_over(ground, found.ended)


def _private(ground: Ground, private: Private) -> Found:
    if private is Private.KEPT or ground.life is Life.DIED:
        return
    because = Fact.PRIVATE_BROKE if private is Private.BROKE else Fact.PRIVATE
    yield Do("apply-to-cms", because)
    if is_receiving(ground):
        yield No("no-private-arrears", because, ("apply-to-cms", "keep-record"))


_ENDED = {
    Ended.CHILD_LEFT: Fact.CHILD_LEFT,
    Ended.CALCULATION: Fact.CALCULATION_ENDED,
    Ended.NOT_WANTED: Fact.NOT_WANTED,
}


def _left_over(ground: Ground, ended: Ended) -> Found:
    """Arrears that are still there when maintenance, or the case, is over."""
    is_closed = ground.life is Life.CLOSED
    if not is_closed and ended is Ended.NONE:
        return
    because = Fact.CLOSED if is_closed else _ENDED[ended]
    instead = ("keep-record", "get-advice")
    if is_closed or ended is Ended.CALCULATION:
        yield Do("ask-closed-arrears", because)
        instead = ("ask-closed-arrears", "keep-record")
    yield No("no-end-of-arrears", because, instead)
