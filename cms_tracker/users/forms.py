"""The forms of signing in: django-allauth's, in the site's words and with its fields."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

    from cms_tracker.users.models import User

PASSWORD_HINT = _("At least 12 characters. Three words that you can remember work well.")
SHARED_HINT = format_lazy(
    _("We sign you out after {minutes} minutes without a press."),
    minutes=settings.SESSION_IDLE_SHARED // timedelta(minutes=1),
)
EMAIL_MISSING = _("Enter your e-mail address, like name@example.com.")
PASSWORD_MISSING = _("Enter a password.")
NO_PASSKEY = _("That passkey did not work. Try again, or use another way.")
#: Long enough for any sentence; the request itself is limited too.
LONGEST_PASSWORD = 1000


class _Plain(forms.Form):
    """The fields that have words, labels above, hints below, no placeholders; the server says what is missing."""

    use_required_attribute = False
    words: "dict[str, tuple[StrOrPromise, StrOrPromise]]" = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - self.words.keys():
            del self.fields[name]
        for name, field in self.fields.items():
            field.label, field.help_text = self.words[name]
            if isinstance(field.widget, forms.CheckboxInput):
                continue
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "input"
            secret = isinstance(field.widget, forms.PasswordInput)
            if secret:
                # Not the attribute `maxlength`: a browser would cut a pasted password without a word.
                field.validators.append(MaxLengthValidator(LONGEST_PASSWORD))
            else:
                field.widget.attrs |= {"maxlength": "254", "autocapitalize": "none", "spellcheck": "false"}
                field.error_messages["invalid"] = EMAIL_MISSING
            field.error_messages["required"] = PASSWORD_MISSING if secret else EMAIL_MISSING


class SignIn(_Plain, allauth_forms.LoginForm):  # type: ignore[misc]  # published without types
    """An address and a password, and whether to sign out sooner."""

    shared_device = forms.BooleanField(required=False, template_name="components/tick.html")

    words = {
        "login": (_("E-mail address"), ""),
        "password": (_("Password"), ""),
        "shared_device": (_("Other people use this device"), SHARED_HINT),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignUp(_Plain, allauth_forms.SignupForm):  # type: ignore[misc]  # published without types
    """The address that the first link is sent to.

    Without a password: somebody else than the mailbox's owner may be typing. Who opens the link chooses one.
    """

    words = {"email": (_("E-mail address"), _("Use one that only you can read."))}


class AskForNewPassword(_Plain, allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # published without types
    """The address that a link is sent to. Who it belongs to is not looked up here: every address takes as long."""

    def clean_email(self) -> str:
        """The address, in small letters."""
        return str(self.cleaned_data["email"]).lower()

    words = {"email": (_("E-mail address"), "")}


class NewPassword(_Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # published without types
    """A new password, by a link. Typed once: a slip is mended with another link."""

    words = {"password1": (_("New password"), PASSWORD_HINT)}


class FirstPassword(NewPassword):
    """The password that goes with an address which this confirms."""

    words = {"password1": (_("Choose a password"), PASSWORD_HINT)}


class ChangePassword(_Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # published without types
    """The present password and a new one."""

    words = {"oldpassword": (_("The password you use now"), ""), "password1": (_("New password"), PASSWORD_HINT)}


class Confirm(forms.Form):
    """The password of the person who is signed in, once more."""

    use_required_attribute = False
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
        validators=[MaxLengthValidator(LONGEST_PASSWORD)],
        error_messages={"required": PASSWORD_MISSING},
    )

    def __init__(self, *args: Any, user: "User", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse any other password than the one in use."""
        typed: str = self.cleaned_data["password"]
        if not self.user.check_password(typed):
            raise ValidationError(_("That is not the password you use now."), code="wrong")
        return typed


class Code(forms.Form):
    """A code from an app, or a recovery code. Whether it is a good one is found out when it is used up."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six figures from your app, or one of your recovery codes."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter the code that your app shows, like 123456.")},
    )


class AppCode(Code):
    """The first code of an app that has just read the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Six figures. The app shows new ones every 30 seconds.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class _Credential(forms.Form):
    """What a browser answers about a passkey. A script fills it in."""

    use_required_attribute = False
    credential = forms.CharField(max_length=20_000, widget=forms.HiddenInput(), error_messages={"required": NO_PASSKEY})

    def clean_credential(self) -> dict[str, Any]:
        """Read the answer; what it is worth is found out with the session's question."""
        try:
            found = json.loads(self.cleaned_data["credential"])
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ValidationError(NO_PASSKEY, code="passkey")
        return found


class NewPasskey(_Credential):
    """A passkey that was just made, and what its owner calls it."""

    name = forms.CharField(
        label=_("Name of this passkey"),
        help_text=_("So that you know it again: “My phone”, “Work laptop”."),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
        error_messages={"required": _("Give it a name, like My phone.")},
    )


class ShownPasskey(_Credential):
    """A passkey that stands for the second step."""


class PasskeySignIn(_Credential):
    """A passkey instead of address and password, and whether to sign out sooner."""

    shared_device = forms.BooleanField(
        required=False,
        template_name="components/tick.html",
        label=SignIn.words["shared_device"][0],
        help_text=SHARED_HINT,
    )


class NewAddress(forms.Form):
    """Another address to sign in with."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("New e-mail address"),
        help_text=_("Use one that only you can read."),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"class": "input", "autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": EMAIL_MISSING, "invalid": EMAIL_MISSING},
    )
