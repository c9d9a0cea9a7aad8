"""Who is signed in. Nothing here says which parent a person is: that belongs to a case file."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower, Now


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
    """A person with a sign-in. ``is_adviser`` is set only by an operator's command."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    is_active = models.BooleanField(default=True)
    is_adviser = models.BooleanField(default=False)
    safety_page_seen_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(db_default=Now())

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="users_one_account_per_address")]

    class Privacy:
        """The e-mail address is how a person can be found: safety-sensitive."""

        personal = ("email", "password", "last_login", "safety_page_seen_at", "joined_at")
        public = ("id", "is_active", "is_adviser")

    def __str__(self) -> str:
        return str(self.pk)
