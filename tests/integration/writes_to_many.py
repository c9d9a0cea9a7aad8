"""The operations of letters to many, prepared and ready to be tried; importing it enters them."""

from collections.abc import Callable

from django.utils import timezone

from cases.core.roles import Role
from cms_tracker.users.models import User
from cms_tracker.web import storage
from correspondence import operations, queries
from correspondence.core.jobs import JobState
from correspondence.core.letters import registry
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.draft import Choices
from correspondence.models import Job, Letter, LetterBatch
from tests.cast import SAM
from tests.corpus import plain_pdf
from tests.factories import let_in, make_user
from tests.functional.direct_pay import TODAY, direct_pay_case
from tests.integration.writes import World, writes

ASKED = frozenset({"ask_collect"})


def _begin(world: World, actor: User) -> Callable[[], LetterBatch]:
    """One record of somebody else, in which Rosa helps, and the batch that she may begin for it."""
    sam = make_user(SAM)
    case = direct_pay_case(sam, reference="120000000101")
    let_in(world.rosa, case, by=sam, role=Role.HELPER, at=timezone.now())
    kind = registry.kind_of("missed-payments")
    assert kind is not None
    given = Choices(sender="", answers=Answers({"ask_collect": "no"}))
    chosen = queries.chosen_of(world.rosa, [case.pk], on=TODAY)
    looked = queries.looked_at(kind, chosen, given, asked=ASKED, names={case.reference: "Sam Sample"})
    known = {"kind": kind, "given": given, "asked": ASKED, "looked": looked, "on": TODAY}
    return lambda: operations.begin_batch(actor=actor, **known)


@writes("letters.chosen")
def begin_batch(world: World) -> Callable[[], object]:
    return _begin(world, world.actor)


@writes("letter.made")
def make_next_letters(world: World) -> Callable[[], object]:
    batch = _begin(world, world.rosa)()
    return lambda: operations.make_next_letters(actor=world.actor, batch=batch)


@writes("letter.taken")
def take_letters(world: World) -> Callable[[], object]:
    batch = _begin(world, world.rosa)()
    operations.make_next_letters(actor=world.rosa, batch=batch)
    letter = Letter.objects.get()
    kept = storage.keep([plain_pdf()], case_id=letter.case_id)
    Letter.objects.update(pdf_name=kept.stored_as, pdf_sha256=kept.sha256)
    Job.objects.update(state=JobState.READY)
    return lambda: operations.take_letters(actor=world.actor, batch=batch, first=0, count=9)
