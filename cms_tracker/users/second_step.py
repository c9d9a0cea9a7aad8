"""The second step of signing in: an app's codes, passkeys, and the recovery codes for when both are gone.

The rows are django-allauth's ``Authenticator``. An app's secret is sealed; of recovery codes only
hashes are kept, so that neither the database nor a backup lets anybody in.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.sealed.ring import ring
from cms_tracker.users import codes

if TYPE_CHECKING:
    from cms_tracker.users.models import User

PURPOSE = "users.second_step"
MOST_PASSKEYS = 10
_APP, _PASSKEY, _CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """One passkey as a page lists it. ``key`` names it in an address; times are aware."""

    key: str
    name: str
    added_at: dt.datetime
    used_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStep:
    """What a person has set up. ``codes_left`` counts recovery codes that were not used."""

    app_since: dt.datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int

    @property
    def is_on(self) -> bool:
        """Whether signing in asks for more than the password."""
        return self.app_since is not None or bool(self.passkeys)

    @property
    def is_the_last(self) -> bool:
        """Whether taking one of them away would turn the second step off."""
        return (self.app_since is not None) + len(self.passkeys) == 1


def of(user: "User") -> SecondStep:
    """What this person has set up."""
    rows = list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk"))
    return SecondStep(
        app_since=next((row.created_at for row in rows if row.type == _APP), None),
        passkeys=tuple(_passkey(row) for row in rows if row.type == _PASSKEY),
        codes_left=sum(len(row.data["hashes"]) for row in rows if row.type == _CODES),
    )


def is_on(user: "User") -> bool:
    """Whether signing in asks this person for more than the password."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=(_APP, _PASSKEY)).exists())


def _passkey(row: Authenticator) -> Passkey:
    return Passkey(
        key=str(row.data["key"]), name=str(row.data["name"]), added_at=row.created_at, used_at=row.last_used_at
    )


@transaction.atomic
def add_app(user: "User", *, secret: str, code: str, at: dt.datetime) -> None:
    """Take codes from the app that holds this secret; one that was set up before is replaced.

    Raises Refusal where the code is not the one that the app shows: it has not read the secret yet.
    """
    step = codes.step_of(code, secret=secret, at=at)
    if step is None:
        raise Refusal(say("That is not the code that the app shows now. Wait for the next one."), field="code")
    _hold(user)
    Authenticator.objects.filter(user=user, type=_APP).delete()
    data = {"secret": ring().seal(secret, purpose=PURPOSE), "last_step": step}
    Authenticator.objects.create(user=user, type=_APP, data=data, created_at=at)
    audit.record("user.app_added", actor=user)


@transaction.atomic
def add_passkey(user: "User", *, key: str, name: str, credential: dict[str, Any], at: dt.datetime) -> None:
    """Keep a passkey that the browser has just made. Raises Refusal where there are enough of them."""
    _hold(user)
    if Authenticator.objects.filter(user=user, type=_PASSKEY).count() >= MOST_PASSKEYS:
        raise Refusal(say("You can have {most} passkeys. Take one away first.", most=MOST_PASSKEYS))
    data = {"key": key, "name": name, "credential": credential}
    Authenticator.objects.create(user=user, type=_PASSKEY, data=data, created_at=at)
    audit.record("user.passkey_added", actor=user)


@transaction.atomic
def remove_app(user: "User", *, must_keep_one: bool) -> None:
    """Take no codes from an app any more. Raises Refusal where it is the only second step and one must stay."""
    _refuse_the_last(user, must_keep_one=must_keep_one)
    Authenticator.objects.filter(user=user, type=_APP).delete()
    _tidy(user)
    audit.record("user.app_removed", actor=user)


@transaction.atomic
def remove_passkey(user: "User", *, key: str, must_keep_one: bool) -> None:
    """Take a passkey no more. Raises Refusal where it is the only second step and one must stay."""
    _refuse_the_last(user, must_keep_one=must_keep_one)
    Authenticator.objects.filter(user=user, type=_PASSKEY, data__key=key).delete()
    _tidy(user)
    audit.record("user.passkey_removed", actor=user)


def make_recovery_codes(user: "User") -> list[str]:
    """Return ten new codes; they can be shown this once. Those made before are void.

    Raises Refusal where there is no second step that they could stand in for.
    """
    made = codes.new_recovery_codes()
    hashes = {}
    for code in made:
        number, word = codes.number_and_words(code) or ("", "")
        hashes[number] = make_password(word)  # before the database is locked: hashing takes its time
    _keep_recovery_codes(user, hashes)
    return made


@transaction.atomic
def _keep_recovery_codes(user: "User", hashes: dict[str, str]) -> None:
    _hold(user)
    if not is_on(user):
        raise Refusal(say("Set up an app or a passkey first."))
    Authenticator.objects.filter(user=user, type=_CODES).delete()
    Authenticator.objects.create(user=user, type=_CODES, data={"hashes": hashes})
    audit.record("user.recovery_codes_made", actor=user)


def use_code(user: "User", code: str, *, at: dt.datetime) -> bool:
    """Say whether this is a code that the person may use now, and use it up.

    An app's code counts once, also while the app still shows it; a recovery code counts once for ever.
    """
    return _use_app_code(user, code, at=at) or _use_recovery_code(user, code, at=at)


@transaction.atomic
def _use_app_code(user: "User", code: str, *, at: dt.datetime) -> bool:
    row = Authenticator.objects.select_for_update().filter(user=user, type=_APP).first()
    if row is None:
        return False
    step = codes.step_of(code, secret=ring().open(row.data["secret"], purpose=PURPOSE), at=at)
    if step is None or step <= row.data["last_step"]:
        return False
    _note_use(row, row.data | {"last_step": step}, at=at)
    return True


def _use_recovery_code(user: "User", code: str, *, at: dt.datetime) -> bool:
    typed = codes.number_and_words(code)
    row = Authenticator.objects.filter(user=user, type=_CODES).first()
    hashed = row.data["hashes"].get(typed[0]) if row and typed else None
    if row is None or typed is None or hashed is None or not check_password(typed[1], hashed):
        return False
    return _use_up(row.pk, number=typed[0], hashed=hashed, at=at)


@transaction.atomic
def _use_up(codes_id: int, *, number: str, hashed: str, at: dt.datetime) -> bool:
    """Strike a recovery code off; False where somebody used it a moment ago."""
    row = Authenticator.objects.select_for_update().filter(pk=codes_id).first()
    if row is None or row.data["hashes"].get(number) != hashed:
        return False
    left = {other: kept for other, kept in row.data["hashes"].items() if other != number}
    _note_use(row, {"hashes": left}, at=at)
    audit.record("user.recovery_code_used", actor=row.user)
    return True


@transaction.atomic
def note_passkey_used(row: Authenticator, *, at: dt.datetime) -> None:
    """Keep when a passkey was used last, which tells its owner of a use that was not theirs."""
    _note_use(row, row.data, at=at)


@transaction.atomic
def reset(user: "User") -> bool:
    """Take every second step away and end every session, for a person who has lost them all; say whether any was there.

    For the operator's command, after the operator has made sure who asks.
    """
    gone, _ = Authenticator.objects.filter(user=user).delete()
    if gone:
        user.sessions.all().delete()
        user.devices.all().delete()
        audit.record("user.second_step_reset", actor=user)
    return bool(gone)


def seal_anew() -> int:
    """Seal the secrets of apps under the newest key; return how many. Raises CannotOpenError as the ring does."""
    return sum(_seal_anew(pk) for pk in Authenticator.objects.filter(type=_APP).values_list("pk", flat=True))


@transaction.atomic
def _seal_anew(app_id: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=app_id).first()
    if row is None or ring().is_current(row.data["secret"]):
        return False
    secret = ring().open(row.data["secret"], purpose=PURPOSE)
    row.data = row.data | {"secret": ring().seal(secret, purpose=PURPOSE)}
    row.save(update_fields=["data"])
    return True


def _hold(user: "User") -> None:
    """Let two requests of one person wait for each other."""
    list(user.__class__.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))


def _refuse_the_last(user: "User", *, must_keep_one: bool) -> None:
    _hold(user)
    if must_keep_one and of(user).is_the_last:
        raise Refusal(say("Advisers and staff need a second step. Add another one before you take this one away."))


def _tidy(user: "User") -> None:
    """Recovery codes stand in for a second step: without one they open nothing and go."""
    if not is_on(user):
        Authenticator.objects.filter(user=user).delete()


def _note_use(row: Authenticator, data: dict[str, Any], *, at: dt.datetime) -> None:
    row.data, row.last_used_at = data, at
    row.save(update_fields=["data", "last_used_at"])
