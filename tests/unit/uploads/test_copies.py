"""The copy that may be shared: what a file shows, and nothing that it hides. Made in a process of its own."""

import io
import resource

import pytest
from PIL import Image
from pypdf import PdfReader

from cms_tracker.refusal import Refusal
from cms_tracker.uploads import Kind, SharedCopy, child, copy_of, judge
from tests import corpus


def refusal(content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        judge(content, name="a")
    return caught.value.message


def opened(copy: SharedCopy) -> Image.Image:
    return Image.open(io.BytesIO(copy.content))


def points(copy: SharedCopy) -> set[object]:
    image = opened(copy)
    return {image.getpixel((x, y)) for x in range(image.width) for y in range(image.height)}


class TestAPicture:
    def test_loses_place_maker_notes_and_profile(self) -> None:
        photo = corpus.photo()
        copy = copy_of(photo, Kind.JPEG)
        assert corpus.PLACE in photo
        assert corpus.PLACE not in copy.content
        assert not opened(copy).getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(opened(copy).info)

    def test_is_turned_as_the_camera_was_held(self) -> None:
        image = opened(copy_of(corpus.photo(orientation=6), Kind.JPEG))
        assert image.size == (40, 60)
        assert image.getpixel((20, 5))[1] < 60  # type: ignore[index]  # what was left is now on top, and red
        assert image.getpixel((20, 55))[1] > 200  # type: ignore[index]

    def test_stands_on_white_where_it_is_see_through(self) -> None:
        file = io.BytesIO()
        Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")
        assert points(copy_of(file.getvalue(), Kind.PNG)) == {(255, 255, 255)}

    @pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "LA", "RGBA"])
    def test_is_grey_or_in_colours_whatever_it_was(self, mode: str) -> None:
        copy = copy_of(corpus.picture("PNG", (4, 4), mode), Kind.PNG)
        assert (copy.media_type, opened(copy).mode in ("L", "RGB"), copy.pages) == ("image/png", True, 1)

    def test_has_the_colours_of_a_printers_picture(self) -> None:
        copy = copy_of(corpus.picture("JPEG", (8, 8), "CMYK"), Kind.JPEG)
        assert opened(copy).mode == "RGB"
        assert min(min(point) for point in points(copy)) > 240  # type: ignore[type-var,arg-type]  # no ink: white

    @pytest.mark.parametrize("kind", [Kind.PNG, Kind.WEBP])
    def test_is_the_first_of_moving_ones(self, kind: Kind) -> None:
        copy = copy_of(corpus.moving(kind.value.partition("/")[2]), kind)
        assert copy.left_out == ("frames",)
        assert getattr(opened(copy), "n_frames", 1) == 1
        assert opened(copy).getpixel((9, 9))[0] > 240  # type: ignore[index]

    def test_is_smaller_where_it_was_very_large(self) -> None:
        copy = copy_of(corpus.picture("JPEG", (8000, 5000), "L"), Kind.JPEG)
        assert 9_000_000 < opened(copy).width * opened(copy).height <= 12_000_000

    def test_is_refused_where_it_is_cut_off(self) -> None:
        whole = corpus.picture("PNG", (400, 300), "I;16")
        assert refusal(whole[: len(whole) // 2]) == "This picture is damaged. Choose another."

    def test_is_the_same_each_time(self) -> None:
        assert copy_of(corpus.photo(), Kind.JPEG) == copy_of(corpus.photo(), Kind.JPEG)


class TestAPdf:
    def test_keeps_what_its_pages_show(self) -> None:
        copy = copy_of(corpus.pdf("first page", "second page"), Kind.PDF)
        texts = [page.extract_text() for page in PdfReader(io.BytesIO(copy.content)).pages]
        assert (copy.pages, texts, copy.left_out) == (2, ["first page", "second page"], ())

    def test_draws_what_was_filled_in_and_drops_links_and_notes(self) -> None:
        copy = copy_of(corpus.pdf(change=corpus.annotated), Kind.PDF)
        page = PdfReader(io.BytesIO(copy.content)).pages[0]
        assert "FILLED IN" in page.extract_text()
        assert "/Annots" not in page
        assert b"NOTE-CANARY" not in copy.content
        assert b"tracker.example" not in copy.content
        assert copy.left_out == ("links",)

    def test_loses_metadata_and_the_place_in_its_pictures(self) -> None:
        before = corpus.pdf(change=corpus.with_metadata)
        copy = copy_of(before, Kind.PDF)
        assert before.count(corpus.PLACE) > 2
        assert corpus.PLACE not in copy.content
        assert b"AUTHOR-CANARY" not in copy.content
        reader = PdfReader(io.BytesIO(copy.content))
        assert reader.metadata is None
        assert [image.image.size for image in reader.pages[0].images] == [(60, 40)]  # type: ignore[union-attr]

    def test_leaves_scripts_and_attached_files_behind_and_says_so(self) -> None:
        for change, code in ((corpus.scripted, "scripts"), (corpus.with_attachment, "files")):
            copy = copy_of(corpus.pdf(change=change), Kind.PDF)
            assert copy.left_out == (code,)
            assert not any(word in copy.content for word in (b"CANARY", b"JavaScript", b"EmbeddedFile", b"SECRET-NAME"))

    def test_is_the_same_each_time(self) -> None:
        assert copy_of(corpus.plain_pdf(), Kind.PDF) == copy_of(corpus.plain_pdf(), Kind.PDF)

    def test_may_have_two_hundred_pages(self) -> None:
        assert copy_of(corpus.pdf(*["x"] * 200), Kind.PDF).pages == 200

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (corpus.pdf(*["x"] * 201), "more than 200 pages"),
            (corpus.pdf(change=corpus.locked), "is locked"),
            (corpus.pdf(change=corpus.launching), "tries to start a program"),
            (corpus.inflating(300 << 20), "far larger inside"),
            (corpus.inflating(300 << 20, layers=2), "far larger inside"),
            (b"%PDF-1.7\nrubbish", "is damaged"),
            (corpus.plain_pdf()[:200], "is damaged"),
        ],
        ids=["201 pages", "locked", "launch", "bomb", "bomb in a bomb", "rubbish", "cut off"],
    )
    def test_is_refused_in_one_sentence(self, content: bytes, said: str) -> None:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert said in refusal(content)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 2


class TestAText:
    def test_is_its_words_without_what_cannot_be_seen(self) -> None:
        copy = copy_of("\ufeffpaid\u202e £5\r\n\x0cnext\tline".encode(), Kind.TEXT)
        assert (copy.media_type, copy.content.decode()) == ("text/plain", "paid £5\n\nnext    line")

    def test_of_a_message_says_who_and_when_and_not_which_way_it_came(self) -> None:
        text = copy_of(corpus.EMAIL, Kind.EMAIL).content.decode()
        assert "From: Officer <cms@example.org>" in text
        assert "We will write by Friday." in text
        assert "203.0.113.9" not in text

    def test_of_a_message_written_as_a_page_is_its_words(self) -> None:
        words = b"<style>x</style><p>We will</p><p>write</p><script>1</script>"
        page = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + words
        text = copy_of(corpus.EMAIL.partition(b"\r\n\r\n")[0] + b"\r\n" + page, Kind.EMAIL).content.decode()
        assert text.endswith("\n\nWe will\nwrite")

    def test_of_a_message_names_what_was_attached(self) -> None:
        parts = (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file.\r\n--b\r\n"
            b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n\r\nX\r\n--b--\r\n"
        )
        copy = copy_of(corpus.EMAIL.partition(b"\r\n\r\n")[0] + b"\r\n" + parts, Kind.EMAIL)
        assert "Attached, and not in this copy: plan.pdf" in copy.content.decode()
        assert copy.left_out == ("files",)

    def test_is_refused_where_it_would_fill_a_book(self) -> None:
        assert "longer than 200 pages" in refusal(b"word " * 100_001)


class TestTheChild:
    def test_is_ended_when_it_takes_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(child, "MOST_SECONDS", 0.01)
        assert "takes too long" in refusal(corpus.plain_pdf())

    def test_is_ended_when_it_takes_too_much_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(child, "MEMORY_FOR_PICTURES", 1024 * 1024)
        assert "takes too long" in refusal(corpus.picture("PNG", (4000, 3000)))

    def test_is_told_no_key_of_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        told = []
        real = child.subprocess.run
        monkeypatch.setattr(
            child.subprocess, "run", lambda *args, **more: told.append(more["env"]) or real(*args, **more)
        )
        monkeypatch.setenv("SECRET_KEY", "x")
        copy_of(corpus.TEXT, Kind.TEXT)
        assert "SECRET_KEY" not in told[0]
