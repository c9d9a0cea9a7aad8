"""How django-allauth signs people in here: it tells nobody which addresses are known."""

import logging
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from cms_tracker.users import devices, links, middleware, queries, throttles
from cms_tracker.users.models import User
from cms_tracker.web import counting, mail
from cms_tracker.web.clock import now
from cms_tracker.web.mail import Asked

logger = logging.getLogger(__name__)

NO_MATCH = (
    "We could not sign you in with that e-mail address and password. Check both. If you are new here, "
    "first open the link that we e-mailed you."
)


def at_our_address(url: str) -> str:
    """Give a link of ours the scheme, host and port of ``SITE_URL``."""
    ours = urlsplit(settings.SITE_URL)
    return urlsplit(url)._replace(scheme=ours.scheme, netloc=ours.netloc).geturl()


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # published without types
    """Sign-in with equal answers for every address, neutral e-mails, and the safety page first."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NO_MATCH,
        "enter_current_password": "That is not the password you use now.",
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer pages only: the library's JSON answers carry fields that no page of ours shows."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the user for an address and password, or None.

        An address that nobody has confirmed is refused like a wrong password. Otherwise somebody
        could sign up with another person's address and a password of their own, then sign in with
        it: being let in further would tell that the address was new.

        Wrong guesses are counted for the address and the place they come from, and for the place. A
        browser that this person has signed in with before is counted by itself, so that nobody who
        types the address elsewhere, or beside them, keeps them out. Raises TooManyTriesError before
        any password is looked at.
        """
        email, at = str(credentials.get("email", "")).lower(), now()
        place, device = self.place(request), devices.known(request, email)
        if device:
            throttles.take("sign_in_device", device, at=at)
        else:
            throttles.take("sign_in", email, place, at=at)
            throttles.take("sign_in_place", place, at=at)
        user = queries.who_may_sign_in(email)
        # Somebody unknown, and somebody without a password, take the same hash as everybody.
        right = (user or User()).check_password(str(credentials.get("password", "")))
        if user is None or not right:
            counting.LOGIN_FAILURES.inc()
            return None
        if device:
            throttles.forget("sign_in_device", device)
        else:
            throttles.forget("sign_in", email, place)
            throttles.give_back("sign_in_place", place, at=at)
        return user

    def place(self, request: HttpRequest) -> str:
        """Where a request comes from, for the throttles: a proxy of ours says so, never the request."""
        return throttles.place_of(self.get_client_ip(request))

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in and begin to count how long: after the second step, if there is one."""
        on_shared_device = bool(request.session.pop(middleware.SHARED, False))
        super().login(request, user)
        middleware.begin(request, on_shared_device=on_shared_device)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Leave it to our own gates (cms_tracker.web.fresh)."""
        return False

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Lead on; the first time by way of the safety page."""
        response: HttpResponse = super().post_login(request, user, **details)
        if user.safety_page_seen_at is None:
            onward = urlencode({"next": response.headers["Location"]})
            return HttpResponseRedirect(f"{reverse('pages:safety')}?{onward}")
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our own pages say what has happened, and never repeat an address."""

    def send_sign_up_mail(self, email: str, *, waiting: User | None) -> None:
        """Send the one message that follows a sign-up: with a link for who is waiting, or that there is a sign-in."""
        if waiting is None:
            self.send_account_already_exists_mail(email)
            return
        path = reverse("account_confirm_email", args=[links.key_for(waiting)])
        self.send_mail("account/email/email_confirmation_signup", email, {"activate_url": path})

    def send_new_password_mail(self, email: str, *, known: User | None) -> None:
        """Send the one message that follows "Forgotten your password?": with a link, or that nobody signs in so.

        A token is made either way: for somebody whom nobody knows it opens nothing.
        """
        user = known or User(email=email)
        token = default_token_generator.make_token(user)
        if known is None:
            self.send_mail("account/email/unknown_account", email, {"signup_url": reverse("account_signup")})
            return
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user.pk.hex, "key": token})
        self.send_mail("account/email/password_reset_key", email, {"password_reset_url": path})

    def send_new_address_mail(self, email: str, *, path: str) -> None:
        """Send the one message that follows a new address: with the link, or that somebody signs in with it."""
        if path:
            self.send_mail("account/email/new_address", email, {"activate_url": path})
        else:
            self.send_account_already_exists_mail(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one plain text message with the site's name and nothing about anybody.

        Every link in it begins with the configured address: whoever sends a request chooses its
        ``Host``, and that of an allowed host may name any port.

        A mail server that fails is written to the log, without the address; the page stays the
        same, so that it cannot tell known addresses from unknown ones. A message that the library
        brings with it, and that we have not written, is not sent: such messages name the reader, the
        browser and the network address.
        """
        if not (settings.BASE_DIR / "templates" / f"{template_prefix}_message.txt").is_file():
            return
        urls = {name: at_our_address(url) for name, url in context.items() if name.endswith("_url")}
        given = {**context, **urls, "site_name": settings.SITE_NAME}
        try:
            written = self.render_mail(template_prefix, email, given)
            mail.deliver(Asked(email), subject=written.subject, body=written.body)
        except OSError:
            logger.exception("A message could not be sent.")
