"""Files beside an event: what each becomes, and that nothing raw is left of them."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import os
import pickle
import struct
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from scrubber import Identity, Scrubber
from scrubber.attachments import LARGEST, LONGEST, Attached, scrub_attachment, scrub_hint

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAIL = "jane@example.com"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x02" + bytes(60)
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x11\x08\1\xe0\2\x80" + bytes(60)
BITMAP = b"BM\x36\0\0\0" + bytes(4) + b"\x36\0\0\0\x28\0\0\0" + struct.pack("<ii", 20, 10)
NOISE = bytes(range(256)) * 2


@pytest.fixture(scope="module")
def scrubber() -> Scrubber:
    """A scrubber that asks this machine nothing."""
    return Scrubber(identity=Identity.none())


def attached(
    scrubber: Scrubber, name: str | None, kind: str | None, payload: bytes, **options: str
) -> Attached | None:
    """Scrub a file as a hook does."""
    text = scrubber.scrub_text
    return scrub_attachment(name, kind, payload, text, text, **options)


def zipped() -> bytes:
    """Return an archive with somebody's file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{MAIL}.txt", MAIL)
    return file.getvalue()


PICTURES = [
    ("by magic", "upload", None, PNG, b"[image/png 640x480]"),
    ("by magic, of many bytes", "upload", None, PNG + bytes(LARGEST), b"[image/png 640x480]"),
    ("by magic, whatever it is called", "run.log", "text/plain", PNG, b"[image/png 640x480]"),
    ("jpeg", "upload", None, JPEG, b"[image/jpeg 640x480]"),
    ("gif", "upload", None, b"GIF89a\x10\0\x10\0\0", b"[image/gif 16x16]"),
    ("bitmap", "upload", None, BITMAP, b"[image/bmp 20x10]"),
    ("dicom", "upload", None, bytes(128) + b"DICM" + bytes(9), b"[image/dicom]"),
    ("by type", "upload", "image/webp", NOISE, b"[image/webp]"),
    ("by type, a text", "a", "image/svg+xml", f"<svg>{MAIL}</svg>".encode(), b"[image/svg+xml]"),
    ("by suffix", "a.tiff", None, NOISE, b"[image]"),
    ("by suffix, packed", "a.nii.gz", None, gzip.compress(b"x", mtime=0), b"[image]"),
    ("by suffix, a text", "a.ppm", None, b"P3 2 1 255 0 0 0 9 9 9", b"[image]"),
    ("of an unknown type", "a", f"image/{MAIL.partition('@')[0]}", NOISE, b"[image]"),
]


@pytest.mark.parametrize(
    ("name", "kind", "payload", "stub"),
    [row[1:] for row in PICTURES],
    ids=[row[0] for row in PICTURES],
)
@pytest.mark.parametrize("others", ["drop", "keep"])
def test_a_picture_becomes_a_line_of_text(  # noqa: PLR0913, PLR0917  # a row of the table
    scrubber: Scrubber, name: str, kind: str | None, payload: bytes, stub: bytes, others: str
) -> None:
    """Its kind and size stay, under every policy, in a file that is called a text."""
    done = attached(scrubber, name, kind, payload, others=others)
    assert done is not None
    assert (done.payload, done.content_type) == (stub, "text/plain")
    assert done.name.endswith((".txt", ".log.txt"))


BINARIES = [
    ("archive", "m.zip", None, zipped(), b"[application/zip]"),
    ("gzip", "m.log.gz", None, gzip.compress(MAIL.encode(), mtime=0), b"[application/gzip]"),
    ("pickle", "m.pkl", None, pickle.dumps({"mail": MAIL}), b"[bytes]"),
    ("array", "m.npy", None, b"\x93NUMPY\1\0" + NOISE, b"[application/x-npy]"),
    ("core dump", "core.1", None, b"\x7fELF\2\1" + NOISE, b"[bytes]"),
    ("minidump", "a.dmp", "application/x-dmp", b"MDMP\x93\xa7" + NOISE, b"[bytes]"),
    ("a document that is all ASCII", "a.pdf", None, f"%PDF-1.4 {MAIL}".encode(), None),
    ("sound", "a", "audio/wav", NOISE, b"[audio/wav]"),
    ("text with NULs", "a.log", "text/plain", f"{MAIL}\0\1".encode(), b"[bytes]"),
    ("bytes of no kind", None, None, NOISE, b"[bytes]"),
    ("of a type with a name in it", "a", "application/x-jane", NOISE, b"[bytes]"),
]


@pytest.mark.parametrize(
    ("name", "kind", "payload", "stub"),
    [row[1:] for row in BINARIES],
    ids=[row[0] for row in BINARIES],
)
def test_what_is_neither_text_nor_picture_becomes_a_stub(
    scrubber: Scrubber, name: str | None, kind: str | None, payload: bytes, stub: bytes | None
) -> None:
    """The stub says the kind, and not the name."""
    done = attached(scrubber, name, kind, payload)
    assert done == ("[file].txt", "text/plain", stub or b"[application/pdf]")


def test_other_files_are_kept_where_that_is_asked_for(scrubber: Scrubber) -> None:
    """The bytes stay, the name is scrubbed, and a type that nobody knows is a plain one."""
    done = attached(scrubber, f"{MAIL}.bin", "application/x-jane", NOISE, others="keep")
    assert done == ("[email].bin", "application/octet-stream", NOISE)


TEXTS = [
    ("utf-8", f"mail {MAIL}", None, "utf-8", b""),
    ("utf-8 with a mark", f"mail {MAIL}", None, "utf-8", codecs.BOM_UTF8),
    ("utf-16 with a mark", f"mail {MAIL}", None, "utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16 big-endian", f"mail {MAIL}", None, "utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-16 without a mark", f"mail {MAIL}", None, "utf-16-le", b""),
    ("utf-16, as announced", f"mail {MAIL}", "text/plain; charset=utf-16", "utf-16-be", b""),
    ("utf-32", f"mail {MAIL}", None, "utf-32-le", codecs.BOM_UTF32_LE),
    ("latin-1", f"n\xe9e {MAIL}", "text/plain", "latin-1", b""),
    ("begins as a bitmap does", f"BM {MAIL}", None, "utf-8", b""),
    ("with colours of a terminal", f"\x1b[31m{MAIL}\x1b[0m", None, "utf-8", b""),
    ("markup", f"<a mail='{MAIL}'/>", "application/xml", "utf-8", b""),
]


@pytest.mark.parametrize(("text", "kind", "encoding", "bom"), [row[1:] for row in TEXTS])
def test_text_is_scrubbed_in_its_own_encoding(
    scrubber: Scrubber, text: str, kind: str | None, encoding: str, bom: bytes
) -> None:
    """What was found is gone, and everything else is as it was."""
    done = attached(scrubber, "run.log", kind, bom + text.encode(encoding))
    assert done is not None
    assert done.payload == bom + text.replace(MAIL, "[email]").encode(encoding)
    assert done.name == "run.log"


WRONG = [
    ("utf-16 under the mark of the other", codecs.BOM_UTF16_LE + MAIL.encode("utf-16-be")),
    ("utf-8 under a mark of utf-16", codecs.BOM_UTF16_LE + MAIL.encode()),
    ("utf-16 within utf-32", codecs.BOM_UTF32_LE + MAIL.encode("utf-16-le")),
    ("dark pixels", bytes(range(32, 96)) * 32 + bytes(2)),
    ("dark wide pixels", b"".join(struct.pack("<H", 0x3000 + n) for n in range(900)) + bytes(2)),
]


@pytest.mark.parametrize("payload", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
@pytest.mark.parametrize("kind", [None, "text/plain", "text/plain; charset=utf-16"])
def test_what_is_read_in_the_wrong_way_does_not_pass(
    scrubber: Scrubber, payload: bytes, kind: str | None
) -> None:
    """Any bytes are a text in UTF-16, in which nothing is found."""
    done = attached(scrubber, "run.log", kind, payload)
    assert done is not None
    assert payload[:40] not in done.payload
    assert b"jane" not in done.payload.replace(b"\0", b"")


def test_json_stays_json(scrubber: Scrubber) -> None:
    """Strings, numbers and values of sensitive keys are replaced without breaking it."""
    payload = {"mail": MAIL, "password": "a1" * 16, "card": 4111111111111111, "epochs": [1, 2]}
    done = attached(scrubber, "args.json", "application/json", json.dumps(payload).encode())
    assert done is not None
    assert done.content_type == "application/json"
    assert json.loads(done.payload) == {
        "mail": "[email]",
        "password": "[secret]",
        "card": 0,
        "epochs": [1, 2],
    }


def test_json_that_would_break_is_a_marker() -> None:
    """Whatever scrubs may be wrong about JSON; what is sent is JSON."""
    done = scrub_attachment("a.json", None, b'{"a": 1}', lambda _: b"{", lambda text: text)
    assert done is not None
    assert json.loads(done.payload) == "[scrub-failed]"


@pytest.mark.parametrize(
    "name", [f"{MAIL}.log", f"report of {MAIL}.pdf.log", f"/home/jane/{MAIL}", "jane_doe.png"]
)
def test_names_are_scrubbed(scrubber: Scrubber, name: str) -> None:
    """With their suffix and without."""
    done = attached(scrubber, name, None, b"ok")
    assert done is not None
    assert "jane" not in done.name


@pytest.mark.parametrize(
    ("name", "kind", "payload"),
    [row[1:4] for row in (*PICTURES[2:], *BINARIES)] + [(MAIL, None, b"text"), (None, None, b"")],
)
def test_twice_is_once(
    scrubber: Scrubber, name: str | None, kind: str | None, payload: bytes
) -> None:
    """What was scrubbed comes back unchanged."""
    once = attached(scrubber, name, kind, payload)
    assert once is not None
    assert attached(scrubber, *once) == once


@pytest.mark.parametrize(
    "payload",
    [b"line\n" * (LARGEST // 5 + 1), b"x" * (LONGEST + 1)],
    ids=["many bytes", "a long line"],
)
def test_a_file_beyond_the_bounds_is_not_looked_at(payload: bytes) -> None:
    """Too many bytes in all, or in one line: a crash does not wait for it."""

    def never(_text: Any) -> Any:  # noqa: ANN401
        raise AssertionError

    done = scrub_attachment("run.log", None, payload, never, lambda text: text)
    assert done == ("[file].txt", "text/plain", b"[file]")


def failing(_text: Any) -> Any:  # noqa: ANN401
    """Fail as a scrubber may."""
    raise MemoryError


def test_what_fails_is_not_sent() -> None:
    """Text, name: whichever fails, nothing is left."""
    assert scrub_attachment("a.log", None, b"text", failing, lambda text: text) is None
    assert scrub_attachment("a.log", None, b"text", lambda text: text, failing) is None


@dataclass
class File:
    """As the SDK's own, with as much of it as is used."""

    bytes: Any = None
    filename: Any = None
    path: Any = None
    content_type: Any = None
    add_to_transactions: bool = False


def test_files_of_a_hint_are_replaced_in_their_list(scrubber: Scrubber, tmp_path: Path) -> None:
    """Bytes, functions and paths are read; the objects given stay as they were."""
    path = tmp_path / "run.log"
    path.write_text(f"by path {MAIL}", "utf-8")
    given = [
        File(bytes=MAIL.encode(), filename="a.log", add_to_transactions=True),
        File(bytes=MAIL.encode, filename="b.log"),
        File(path=str(path), filename="c.log"),
        File(bytes=PNG, filename="d.png"),
    ]
    hint = {"attachments": given[:]}
    files = hint["attachments"]
    assert scrub_hint(hint, scrubber) == 0
    assert hint["attachments"] is files
    assert [file.bytes for file in files] == [
        b"[email]",
        b"[email]",
        b"by path [email]",
        b"[image/png 640x480]",
    ]
    assert [file.path for file in files] == [None] * 4
    assert [file.add_to_transactions for file in files] == [True, False, False, False]
    assert given[0].bytes == MAIL.encode()


def broken() -> bytes:
    """Fail as a function of a user's may."""
    raise ValueError(MAIL)


BROKEN: list[tuple[str, Callable[[Path], object]]] = [
    ("no such file", lambda folder: File(path=str(folder / "none"), filename="a")),
    ("a folder", lambda folder: File(path=str(folder), filename="a")),
    ("a function that fails", lambda _: File(bytes=broken, filename="a")),
    ("nothing at all", lambda _: File(filename="a")),
    ("not a file", lambda _: MAIL),
    ("not bytes", lambda _: File(bytes=7.5, filename="a")),
]


@pytest.mark.parametrize("make", [row[1] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_broken_file_is_left_out_and_counted(
    scrubber: Scrubber, tmp_path: Path, make: Callable[[Path], object]
) -> None:
    """The others stay."""
    hint = {"attachments": [make(tmp_path), File(bytes=b"ok", filename="b.log")]}
    assert scrub_hint(hint, scrubber) == 1
    assert [file.bytes for file in hint["attachments"]] == [b"ok"]  # type: ignore[attr-defined]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_opened(scrubber: Scrubber, tmp_path: Path) -> None:
    """Nobody may ever write to it, and the crash would wait for ever."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    hint = {"attachments": [File(path=str(pipe), filename="a")]}
    assert (scrub_hint(hint, scrubber), hint) == (1, {"attachments": []})


@pytest.mark.parametrize("hint", [None, [], "hint", {}, {"attachments": None}, {"attachments": ()}])
def test_a_hint_without_files_is_left_alone(scrubber: Scrubber, hint: object) -> None:
    """Nothing to do is no failure."""
    assert scrub_hint(hint, scrubber) == 0


def test_a_list_that_is_none_is_replaced(scrubber: Scrubber) -> None:
    """A tuple cannot be written to, and what cannot be walked holds nothing that may be sent."""
    one: dict[str, Any] = {"attachments": (File(bytes=MAIL.encode(), filename="a.log"),)}
    assert scrub_hint(one, scrubber) == 0
    assert [file.bytes for file in one["attachments"]] == [b"[email]"]
    two: dict[str, Any] = {"attachments": 7}
    assert (scrub_hint(two, scrubber), two) == (1, {"attachments": []})
