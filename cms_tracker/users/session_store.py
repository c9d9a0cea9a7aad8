"""Sessions in our own table: whose each one is can be asked, and the keys cannot be read back from it."""

import datetime as dt
import hashlib
from typing import Any, NamedTuple

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from cms_tracker.sealed.ring import CannotOpenError
from cms_tracker.users.merging import merged
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


class _Loaded(NamedTuple):
    """A row as it was read: until when it counts, which each save sets anew, and what it held, as text."""

    until: dt.datetime
    text: str


class SessionStore(db.SessionStore):
    """Django's store, with another table and with hashed keys; of two requests at once neither undoes the other."""

    _loaded: _Loaded | None = None  # the row of this key, once it was read

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
        self._loaded = _Loaded(found.expire_date, found.session_data) if found else None
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
        if self._loaded is None or must_create or self.session_key is None:
            self._loaded = None  # of another key, if any: what it held is no measure of what changes from here
            self._save_whole(must_create=must_create)
            return
        try:
            with transaction.atomic():
                self._save_onto(self._loaded)
        except DatabaseError as error:
            if trouble_of(error):
                raise
            raise UpdateError from error

    def _save_whole(self, *, must_create: bool) -> None:
        try:
            super().save(must_create=must_create)
        except UpdateError as error:
            if trouble_of(error.__context__) and error.__context__ is not None:
                raise error.__context__ from error.__context__.__cause__
            raise

    def _save_onto(self, loaded: _Loaded) -> None:
        """Write over the row that was loaded; over another, only what changed since, so nobody's is lost."""
        ours = self._get_session()  # type: ignore[attr-defined]  # Django's
        row = self.create_model_instance(ours)
        same = Session.objects.filter(session_key=row.session_key)
        if not self._written(same.filter(expire_date=loaded.until), row):
            theirs = same.select_for_update().first()
            if theirs is None:
                raise UpdateError
            self._session_cache = merged(self.decode(loaded.text), ours, self.decode(theirs.session_data))
            row = self.create_model_instance(self._session_cache)
            self._written(same, row)
        self._loaded = _Loaded(row.expire_date, row.session_data)

    @staticmethod
    def _written(rows: QuerySet[Session], row: Session) -> int:
        return rows.update(session_data=row.session_data, expire_date=row.expire_date, user_id=row.user_id)

    def delete(self, session_key: str | None = None) -> None:
        """Delete the row of this key, or of this session."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=fingerprint(key)).delete()
