"""A passkey in software: answers what a site asks of a browser, as a phone's lock would."""

import base64
import hashlib
import json
import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor

_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class SoftKey:
    """One passkey of one person. ``asks_for_pin`` is False for a device that anybody could press."""

    def __init__(self, *, origin: str = "http://localhost:8000", asks_for_pin: bool = True) -> None:
        self.origin, self.id = origin, secrets.token_bytes(32)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._user = ""
        self._flags = _PRESENT | (_VERIFIED if asks_for_pin else 0)

    def make(self, question: str) -> str:
        """Answer the question of a page that adds a passkey."""
        asked = json.loads(question)["publicKey"]
        self._user = asked["user"]["id"]
        numbers = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + cbor.encode(public)
        data = self._data(asked["rp"]["id"], self._flags | _ATTESTED) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": _text(said), "attestationObject": _text(statement)})

    def anybodys(self) -> dict[str, Any]:
        """What is kept of a passkey, for a test that never shows it."""
        question = {"user": {"id": ""}, "rp": {"id": "localhost"}, "challenge": ""}
        answer: dict[str, Any] = json.loads(self.make(json.dumps({"publicKey": question})))
        return answer

    def show(self, question: str) -> str:
        """Answer the question of a page that asks who it is."""
        asked = json.loads(question)["publicKey"]
        said, data = self._said("webauthn.get", asked["challenge"]), self._data(asked["rpId"], self._flags)
        signature = self._key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": _text(said),
                "authenticatorData": _text(data),
                "signature": _text(signature),
                "userHandle": self._user,
            }
        )

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    @staticmethod
    def _data(site: str, flags: int) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + bytes(4)

    def _answer(self, response: dict[str, Any]) -> str:
        named = {"id": _text(self.id), "rawId": _text(self.id), "type": "public-key"}
        return json.dumps(named | {"response": response, "clientExtensionResults": {}})
