"""Sessions in our own table: whose each one is can be asked, and the keys cannot be read back from it."""

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from cms_tracker.sealed.ring import CannotOpenError
from cms_tracker.users.models import Session
from cms_tracker.users.sessions import KEPT, Visit
from cms_tracker.web.clock import now
from cms_tracker.web.trouble import trouble_of


def fingerprint(session_key: str | None) -> str:
    """What the database holds in place of a key. A key is random and long: it needs no salt."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()


def visit_in(row: Session) -> Visit | None:
    """What a row says of the person's visit; None where nobody is signed in, or what it holds is not ours."""
    kept = SessionStore().decode(row.session_data).get(KEPT)
    return Visit.of(kept) if kept else None


class SessionStore(db.SessionStore):
    """Django's store, with another table and with hashed keys."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        try:
            found = Session.objects.filter(session_key=fingerprint(self.session_key), expire_date__gt=now()).first()
        except CannotOpenError:  # sealed with a key that is gone: whoever it was signs in again
            found = None
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session with this key."""
        return Session.objects.filter(session_key=fingerprint(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of this session, with the person who is signed in, if anybody is."""
        return Session(
            session_key=fingerprint(self._get_or_create_session_key()),  # type: ignore[attr-defined]  # Django's
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
        )

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's
        """Save the session. Raises UpdateError where its row is gone, and what the database said where that is gone.

        Django gives both one name, and answers that the person may have signed out.
        """
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            if trouble_of(error.__context__) and error.__context__ is not None:
                raise error.__context__ from error.__context__.__cause__
            raise

    def delete(self, session_key: str | None = None) -> None:
        """Delete the row of this key, or of this session."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=fingerprint(key)).delete()
