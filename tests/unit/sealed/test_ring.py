"""What is sealed opens with its own key, for its own purpose, and not otherwise."""

import secrets
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms_tracker.sealed.ring import CannotOpenError, Ring, longest_token, looks_sealed, name_of, read_key

OLD, NEW = secrets.token_bytes(32), secrets.token_bytes(32)
PURPOSE = "cases_case.note"


class TestSealing:
    @given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
    def test_gives_back_what_was_sealed(self, plain: str) -> None:
        ring = Ring([NEW])
        token = ring.seal(plain, purpose=PURPOSE)

        assert ring.open(token, purpose=PURPOSE) == plain
        assert looks_sealed(token)
        assert len(token) <= longest_token(len(plain))

    def test_hides_the_text_and_differs_each_time(self) -> None:
        ring = Ring([NEW])
        tokens = {ring.seal("Flat 2, Alder Court", purpose=PURPOSE) for _ in range(50)}

        assert len(tokens) == 50
        assert not any("Alder" in token for token in tokens)

    def test_is_safe_among_threads(self) -> None:
        ring = Ring([NEW])
        wrong: list[str] = []

        def work(name: int) -> None:
            for turn in range(300):
                text = f"{name} {turn}"
                if ring.open(ring.seal(text, purpose=PURPOSE), purpose=PURPOSE) != text:
                    wrong.append(text)

        threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert wrong == []


class TestRotation:
    def test_opens_with_an_older_key_and_seals_with_the_newest(self) -> None:
        before = Ring([OLD]).seal("a note", purpose=PURPOSE)
        ring = Ring([NEW, OLD])
        after = ring.seal("a note", purpose=PURPOSE)

        assert ring.open(before, purpose=PURPOSE) == "a note"
        assert (ring.is_current(before), ring.is_current(after)) == (False, True)
        assert Ring([NEW]).open(after, purpose=PURPOSE) == "a note"


class TestAWrongKey:
    def test_is_named_in_one_sentence_without_the_text(self) -> None:
        token = Ring([OLD]).seal("a secret", purpose=PURPOSE)

        with pytest.raises(CannotOpenError) as raised:
            Ring([NEW]).open(token, purpose=PURPOSE)

        assert str(raised.value) == (
            f"{PURPOSE} is sealed with key '{name_of(OLD)}', and FIELD_KEYS holds only {name_of(NEW)}."
        )

    @pytest.mark.parametrize("change", ["body", "head", "cut", "plain", "empty", "not base64"])
    def test_never_gives_what_was_changed(self, change: str) -> None:
        ring = Ring([NEW])
        token = ring.seal("a secret", purpose=PURPOSE)
        swapped = "A" if token[20] != "A" else "B"
        changed = {
            "body": token[:20] + swapped + token[21:],
            "head": "s2" + token[2:],
            "cut": token[:-8],
            "plain": "a secret",
            "empty": "s1::",
            "not base64": token[:12] + "é",
        }[change]

        with pytest.raises(CannotOpenError):
            ring.open(changed, purpose=PURPOSE)

    def test_does_not_open_what_was_moved_to_another_column(self) -> None:
        ring = Ring([NEW])
        token = ring.seal("a secret", purpose=PURPOSE)

        with pytest.raises(CannotOpenError, match="belongs elsewhere"):
            ring.open(token, purpose="cases_case.other_parent")


class TestARing:
    @pytest.mark.parametrize("keys", [[], [b"short"], [NEW, NEW]])
    def test_is_made_of_different_whole_keys(self, keys: list[bytes]) -> None:
        with pytest.raises(ValueError, match=r"A key is|Each key"):
            Ring(keys)

    def test_shows_names_only(self) -> None:
        assert repr(Ring([NEW, OLD])) == f"<ring of {name_of(NEW)}, {name_of(OLD)}>"

    @pytest.mark.parametrize("written", ["", "short", "=" * 44, "é" * 43, secrets.token_urlsafe(31)])
    def test_reads_no_key_that_is_not_one(self, written: str) -> None:
        with pytest.raises(ValueError, match="a key is 32 bytes in base64"):
            read_key(written)
