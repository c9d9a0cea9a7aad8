"""A stream that is sealed: it opens whole, and in no other way."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms_tracker.pages.backup.sealed_stream import MAGIC, PIECE, NotABackupError, Opener, Sealer

PHRASE = "seven herons over the estuary"
TAG = 16


def sealed(content: bytes, *, pieces: int = 1) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, passphrase=PHRASE)
    for place in range(pieces):
        sealer.write(content[len(content) * place // pieces : len(content) * (place + 1) // pieces])
    sealer.close()
    return target.getvalue()


def opened(content: bytes, passphrase: str = PHRASE) -> bytes:
    return Opener(io.BytesIO(content), passphrase=passphrase).read()


class TestAStream:
    @pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
    def test_opens_as_it_was(self, size: int) -> None:
        content = bytes(number % 251 for number in range(size))
        assert opened(sealed(content, pieces=3)) == content

    def test_is_read_in_parts_of_any_size(self) -> None:
        content = bytes(number % 251 for number in range(2 * PIECE + 9))
        opener = Opener(io.BytesIO(sealed(content)), passphrase=PHRASE)
        parts = [opener.read(1), opener.read(PIECE), opener.read(5), opener.read(), opener.read(3)]
        assert (b"".join(parts), [len(part) for part in parts[:3]], parts[-1]) == (content, [1, PIECE, 5], b"")

    def test_is_another_each_time(self) -> None:
        assert sealed(b"the same") != sealed(b"the same")

    def test_opens_for_no_other_passphrase(self) -> None:
        with pytest.raises(NotABackupError, match="The passphrase is another one"):
            opened(sealed(b"some words"), "seven swans over the estuary")

    def test_takes_no_passphrase_that_can_be_guessed(self) -> None:
        with pytest.raises(ValueError, match="at least 20"):
            Sealer(io.BytesIO(), passphrase="nineteen characters")

    def test_opens_no_file_of_another_kind(self) -> None:
        with pytest.raises(NotABackupError, match="not a backup"):
            opened(b"%PDF-1.7" + bytes(1000))

    @settings(max_examples=60)
    @given(data=st.data())
    def test_opens_with_no_bit_changed(self, data: st.DataObject) -> None:
        content = bytearray(STREAM)
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        with pytest.raises(NotABackupError):
            opened(bytes(content))

    @pytest.mark.parametrize("cut", [1, TAG, TAG + 3, PIECE + 2 * TAG + 3])
    def test_opens_not_where_it_was_cut_off(self, cut: int) -> None:
        with pytest.raises(NotABackupError):
            opened(STREAM[:-cut])

    def test_opens_not_with_its_pieces_in_another_order(self) -> None:
        head = len(STREAM) - 2 * (PIECE + TAG) - (3 + TAG)
        assert STREAM.startswith(MAGIC)
        first, second = STREAM[head : head + PIECE + TAG], STREAM[head + PIECE + TAG : head + 2 * (PIECE + TAG)]
        with pytest.raises(NotABackupError):
            opened(STREAM[:head] + second + first + STREAM[-(3 + TAG) :])


STREAM = sealed(bytes(2 * PIECE + 3))
