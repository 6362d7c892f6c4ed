"""
Files that travel with an event: text is scrubbed, images give way to a line that says so.

A screenshot, a batch of pictures or a core dump shows people and memory, and no rule can look into
it. So only text goes on as what it was. What a file is, its own bytes say first, then the type it
is announced as, then its name: a picture named `run.log` is a picture.

Promise: nothing raw goes on. What cannot be read or scrubbed is left out and counted. A stub says
the kind of what it stands for, and neither its name nor its size in bytes.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from binascii import b2a_base64
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from scrubber.lazy import lazy_pattern
from scrubber.redact.file_kinds import PERSONAL, file_kind
from scrubber.redact.json_shape import is_json
from scrubber.redact.placeholders import FAILED, placeholder
from scrubber.validators.image import image_label
from scrubber.validators.media import media_label
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

DROP: Final = "drop"
KEEP: Final = "keep"
OTHERS: Final = (DROP, KEEP)
"""What may become of files that are neither text nor images."""

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a file that are looked at; a larger one is not sent."""

LONGEST: Final = 1024 * 1024
"""Bytes of one line. Lines are looked at one by one, and a long one takes a second a megabyte."""

STUB_NAME: Final = "[file].txt"
_PLAIN: Final = "text/plain"
_BYTES: Final = "application/octet-stream"
# Enough for the size of most pictures, and in base64 what a label is read from.
_HEAD: Final = 3072
_TYPE: Final = lazy_pattern(
    r"(?P<type>[a-z]{1,16}/[a-z0-9][a-z0-9.+-]{0,62})"
    r"(?:;[\x20]?charset=\"?(?P<charset>[a-z0-9._-]{1,24})\"?)?",
    re.IGNORECASE,
)
# What terminals and printers understand is text; C1 is not, but UTF-8 has no other use for it.
_CONTROL: Final = lazy_pattern(r"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
_SUFFIX: Final = lazy_pattern(r"(?<=[^/\\.])\.[A-Za-z0-9]{1,12}\Z")
_SUFFIXES: Final = 3
_PICTURES: Final = words(
    """
    apng arw avif bmp cda cr2 cr3 czi dcm dib dic dicom djvu dng emf eps gif gipl hdr heic heif ico
    ima img jfif jp2 jpe jpeg jpg jpx lif mgh mgz mha mhd mnc mrxs ndpi nhdr nii nrrd orf pbm pcx
    pgm png pnm ppm psd raw rw2 scn sgi sr2 svg svs tga tif tiff vsi webp wmf xbm xcf xpm
    """
)
_BOMS: Final = (  # those of UTF-32 begin with those of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN: Final = 0.9
_BLANKS: Final = dict.fromkeys(
    (*range(32), 0x85, 0xA0, *range(0x2000, 0x2010), 0x3000, 0xFEFF), " "
)
_SINGLE: Final = ("latin-1", "iso-8859-1", "iso8859-1", "cp1252", "windows-1252", "us-ascii")
_WRITTEN: Final = words("json ndjson xml yaml x-yaml csv javascript toml sql x-sh")


class Attached(NamedTuple):
    """A file as it may be sent.

    Attributes:
        name: its name.
        content_type: its media type.
        payload: its bytes.
    """

    name: str
    content_type: str
    payload: bytes


class ScrubsText(Protocol):
    """What files are scrubbed with; a `Scrubber` is one."""

    def scrub_text(self, text: Any, /) -> Any:  # noqa: ANN401  # str gives str, bytes give bytes
        """Scrub a text."""


def scrub_attachment(  # noqa: PLR0913  # three that say what it is, two that scrub
    name: str | None,
    content_type: str | None,
    payload: bytes,
    redact: Callable[[bytes], bytes],
    redact_text: Callable[[str], str],
    *,
    others: str = DROP,
) -> Attached | None:
    """Scrub a file.

    Args:
        name: what it is called, if it is.
        content_type: what it is announced as, if it is.
        payload: its bytes.
        redact: scrubs text in UTF-8.
        redact_text: scrubs text.
        others: what becomes of files that are neither text nor images: `drop` puts a stub in their
            place, `keep` sends them as they are.

    Returns:
        What may be sent; None when anything fails.

    >>> same = lambda text: text
    >>> scrub_attachment("a.png", None, bytes.fromhex("89504e470d0a1a0a00"), same, same).payload
    b'[image/png]'
    """
    with suppress(Exception):  # promise 1: what fails is not sent
        kind = _read_type(content_type)
        called = _scrub_name(name, redact_text) if name else "attachment"
        large = len(payload) > LARGEST
        encoding = "" if large else _encoding(payload, kind)
        picture = _picture(name or "", kind, payload, encoding)
        if picture:
            return Attached(_as_text(called), _PLAIN, _stub("IMAGE_DATA", picture))
        if large or (encoding and max(map(len, payload.split(b"\n"))) > LONGEST):
            return Attached(STUB_NAME, _PLAIN, placeholder("FILE_NAME").encode())
        media = _media(payload)
        if encoding and not (media and payload.startswith(b"%")):
            done = _scrub_text(payload, encoding, redact, redact_text)
            return Attached(called, _safe_type(kind, _PLAIN), done)
        if others == KEEP:
            return Attached(called, _safe_type(kind, _BYTES), payload)
        return Attached(STUB_NAME, _PLAIN, _stub("BINARY_DATA", media or _announced(kind)))
    return None


def scrub_hint(hint: object, scrubber: ScrubsText, *, others: str = DROP) -> int:
    """Scrub the files that a hook of the Sentry SDK is told of, `hint["attachments"]`.

    The list is changed, its objects are not: each is replaced by another of its type, which holds
    its bytes. Files are read here, so that nobody reads them raw later.

    Args:
        hint: what the SDK knows of an event; anything else has no files.
        scrubber: what scrubs.
        others: as for `scrub_attachment`.

    Returns:
        How many were left out because something failed.

    >>> scrub_hint({"attachments": []}, None), scrub_hint(None, None)
    (0, 0)
    """
    files = dict.get(hint, "attachments") if isinstance(hint, dict) else None
    if not files:
        return 0
    done: list[object] = []
    lost = 1
    with suppress(Exception):
        given = list(files)
        lost = len(given)
        for one in given:
            with suppress(Exception):
                done.append(_rebuilt(one, scrubber, others))
                lost -= 1
    if isinstance(files, list):
        files[:] = done
    else:
        hint["attachments"] = done  # type: ignore[index]  # a dict, as was seen above
    return lost


def read_file(path: str | bytes | os.PathLike[str]) -> bytes:
    """Read a file, as far as it is looked at.

    Args:
        path: where it is; what is no regular file is not opened, since reading it may never end.

    Returns:
        At most one byte more than `LARGEST`.

    Raises:
        OSError: there is no such file, or it is none to be read.
    """
    place = Path(os.fsdecode(path))
    if not stat.S_ISREG(place.stat().st_mode):
        raise OSError("attachment: not a regular file")
    with place.open("rb") as file:
        return file.read(LARGEST + 1)


def _rebuilt(file: Any, scrubber: ScrubsText, others: str) -> object:  # noqa: ANN401
    """Make a file of the same type that holds scrubbed bytes; an error where that cannot be."""
    payload = file.bytes() if callable(file.bytes) else file.bytes
    if payload is None:
        payload = read_file(file.path)
    if isinstance(payload, str):
        payload = payload.encode("utf-8", "surrogateescape")
    redact = scrubber.scrub_text
    done = scrub_attachment(
        file.filename, file.content_type, bytes(payload), redact, redact, others=others
    )
    if done is None:
        raise ValueError("attachment: it could not be scrubbed")
    other = type(file)(bytes=done.payload, filename=done.name, content_type=done.content_type)
    if getattr(file, "add_to_transactions", False) is True:
        other.add_to_transactions = True
    return other


def _read_type(content_type: str | None) -> tuple[str, str]:
    """Give the media type and the charset that a header names, lower-case, or empty."""
    match = _TYPE.fullmatch(content_type.strip()) if isinstance(content_type, str) else None
    return (match["type"].lower(), (match["charset"] or "").lower()) if match else ("", "")


def _safe_type(kind: tuple[str, str], otherwise: str) -> str:
    """Give the media type if it is one of those everybody uses; others may say whose file it is."""
    major, _, minor = kind[0].partition("/")
    if minor in _WRITTEN or kind[0] in ("text/plain", "text/html", "text/css", "text/markdown"):
        return kind[0]
    return kind[0] if _announced(kind) or major == "image" else otherwise


def _announced(kind: tuple[str, str]) -> str:
    return "" if kind[0] == _BYTES else media_label(f"data:{kind[0]}")


def _encoding(payload: bytes, kind: tuple[str, str]) -> str:
    """Tell how a text is written, or "" for what is no text."""
    for bom, encoding in _BOMS:
        if payload.startswith(bom):
            return encoding if _readable(payload[len(bom) :], encoding) else ""
    if 0 in payload:
        even, odd = payload[::2].count(0), payload[1::2].count(0)
        guessed = "utf-16-be" if even > odd else "utf-16-le"
        # Nearly all of it in the first 256 characters, or dark pixels would be a text.
        mostly = max(even, odd) * 2 >= len(payload) * _WESTERN
        return guessed if mostly and _readable(payload, guessed) else ""
    if _readable(payload, "utf-8"):
        return "utf-8"
    said_text = kind[0].startswith("text/") or kind[0].partition("/")[2] in _WRITTEN
    if said_text or kind[1] in _SINGLE:
        return "bytes" if _readable(payload, "latin-1") else ""
    return ""


def _readable(payload: bytes, encoding: str) -> bool:
    """Tell whether bytes are a text: all of them, and without what no text holds."""
    try:
        text = payload.decode(encoding)
    except ValueError:
        return False
    if _CONTROL.search(text) is not None:
        return False
    # Any two bytes are some character of UTF-16, but not every one has been given a meaning.
    return not encoding.startswith("utf-") or encoding == "utf-8" or _meant(text)


def _meant(text: str) -> bool:
    return text.translate(_BLANKS).isprintable()


def _scrub_text(
    payload: bytes,
    encoding: str,
    redact: Callable[[bytes], bytes],
    redact_text: Callable[[str], str],
) -> bytes:
    if encoding in ("utf-8", "bytes"):
        done = redact(payload)
        broken = _is_json(payload) and not _is_json(done)
        return f'"{FAILED}"'.encode() if broken else done
    bom = next((mark for mark, one in _BOMS if one == encoding and payload.startswith(mark)), b"")
    wide = redact_text(payload[len(bom) :].decode(encoding)).encode(encoding)
    # Read in the wrong order of bytes, a text is another, in which nothing is found.
    bare = wide.replace(b"\0", b"")
    return bom + (wide if redact(bare) == bare else FAILED.encode(encoding))


def _is_json(payload: bytes) -> bool:
    return payload.lstrip()[:1] in (b"{", b"[", b'"') and is_json(
        payload.decode("utf-8", "surrogateescape")
    )


def _picture(name: str, kind: tuple[str, str], payload: bytes, encoding: str) -> str:
    """Describe an image, or give "" for what is none."""
    head = b2a_base64(payload[:_HEAD], newline=False).decode("ascii")
    told = "" if encoding else image_label(head)  # BM begins a bitmap, and many a text
    if told not in ("", "image"):
        return told
    if kind[0].startswith("image/"):
        return image_label(f"data:{kind[0]};base64,{'' if encoding else head}")
    found = file_kind(name)
    if found.kind != PERSONAL:
        return ""
    suffixes = name[found.stem :].casefold().split(".")
    return "image" if _PICTURES.intersection(suffixes) else ""


def _media(payload: bytes) -> str:
    return media_label(b2a_base64(payload[:_HEAD], newline=False).decode("ascii"))


def _stub(entity: str, label: str) -> bytes:
    return placeholder(entity, label).encode("ascii")


def _scrub_name(name: str, redact_text: Callable[[str], str]) -> str:
    """Scrub the name of a file: with its suffixes, and without, for `jane@example.com.log.gz`."""
    done, suffixes = redact_text(name), ""
    for _ in range(_SUFFIXES):
        if not _SUFFIX.search(done):
            break
        done, dot, suffix = done.rpartition(".")
        done, suffixes = redact_text(done), f"{dot}{suffix}{suffixes}"
    return f"{done}{suffixes}"


def _as_text(name: str) -> str:
    """Name a file that is text now, so that nobody takes it for a picture."""
    return name if name.endswith(".txt") else f"{name}.txt"
