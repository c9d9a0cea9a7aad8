"""Who is signed in. Nothing here says which parent a person is: that belongs to a case file."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now

from cms_tracker.sealed.fields import EncryptedCharField, EncryptedTextField


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, *, is_adviser: bool = False) -> "User":
        """Add a user whose e-mail address is kept in lower case."""
        user = self.model(email=email.strip().lower(), is_adviser=is_adviser)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user whatever the case of the letters typed."""
        return self.get(email__iexact=(username or "").strip())


class User(AbstractBaseUser):
    """A person with a sign-in. ``is_adviser`` and ``is_operator`` are set only by commands on the server.

    An operator sees how the installation fares and nothing of anybody.

    ``new_email`` is an address that waits for its link to be opened.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    is_adviser = models.BooleanField(default=False)
    is_operator = models.BooleanField(default=False, db_default=False)
    safety_page_seen_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(db_default=Now())
    new_email = EncryptedCharField(max_length=254, blank=True, default="")

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="users_one_account_per_address")]

    class Privacy:
        """The e-mail address is how a person can be found: safety-sensitive."""

        personal = ("email", "new_email", "password", "last_login", "safety_page_seen_at", "joined_at")
        public = ("id", "is_active", "is_adviser", "is_operator")

    def __str__(self) -> str:
        return str(self.pk)


class Session(models.Model):
    """One browser in which somebody is, or may sign in. The browser holds the key, this table only its hash.

    What the session holds is in ``session_data``; ``user`` repeats whose it is, so that all of a
    person's can be found and ended. The columns have the names that Django's own store gives them.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    session_data = EncryptedTextField()
    expire_date = models.DateTimeField(db_index=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    class Privacy:
        """Who is here now, and what they have typed and not saved. Neither place nor address is in it."""

        personal = ("session_data", "expire_date", "user")
        public = ("session_key",)

    def __str__(self) -> str:
        return "session"


class Device(models.Model):
    """A browser in which a person has signed in before: it has a way in that strangers cannot block.

    Its cookie holds a random key of which this is the hash. It says nothing of who or where.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    key_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key_hash"], name="device_once_per_person")]

    class Privacy:
        """That a person has signed in, and when last."""

        personal = ("user", "used_at")
        public = ("id", "key_hash")

    def __str__(self) -> str:
        return "device"


class Tries(models.Model):
    """The last tries of one kind from one origin, as times; ``key_hash`` stands for kind and origin.

    ``stamps`` holds them newest first, each sixteen digits of microseconds and a comma.
    """

    key_hash = models.CharField(max_length=64, primary_key=True)
    stamps = models.TextField(max_length=4000)
    was_let = models.BooleanField()
    seen_at = models.DateTimeField(db_index=True)

    class Privacy:
        """The origin, an e-mail address and a network address, is hashed with a secret key. Gone after a day."""

        personal = ("key_hash", "stamps", "seen_at")
        public = ("was_let",)

    def __str__(self) -> str:
        return "tries"


class SafeMail(models.Model):
    """The one address at which this site may write to a person by itself. No row: it may not.

    ``said_safe_at``: they said that only they read it. ``confirmed_at``: whoever reads it pressed
    the link, or it is the confirmed address of the sign-in; ``key_hash`` is of that link. An
    address ``of_sign_in`` may be written to only while it is still that of the sign-in.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    address = EncryptedCharField(max_length=254)
    of_sign_in = models.BooleanField()
    said_safe_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    key_hash = models.CharField(max_length=64, blank=True)
    key_expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(address=""), name="safe_mail_has_an_address"),
        ]

    class Privacy:
        """An address at which a person can be reached without being seen: safety-sensitive. Sealed."""

        personal = ("address", "of_sign_in", "said_safe_at", "confirmed_at", "key_hash", "key_expires_at")
        public = ("user",)

    def __str__(self) -> str:
        return str(self.pk)
