"""Sign in as a person does: the address and the password, and the code of the app where there is one."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Person


def signed_in(person: Person, **ticked: str) -> Client:
    """A browser in which this person has just signed in by the form."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": person.email, "password": person.password, **ticked})
    assert answer.status_code == 302
    if answer["Location"] == reverse("mfa_authenticate"):
        client.post(answer["Location"], {"code": person.code(timezone.now())})
    return client
