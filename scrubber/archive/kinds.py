"""
What a document is, told by its first bytes, and by its name where bytes tell nothing.

A name is a claim: `model.log` may be packed, `x.gz` may be text that was unpacked and not renamed.
So bytes come first. Only what is text in any case (a table, JSON, YAML) is told apart by its
suffix, since each of them is a text of some other kind as well.

Promise: what no rule here takes for text is `binary`. That is the safe mistake: it is told of, and
not passed on.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.files.text_files import HEAD, detect
from scrubber.redact.json_shape import is_json
from scrubber.retention.log_names import log_name

BINARY: Final = "binary"
IMAGE: Final = "image"
PART: Final = "part"
"""A file that is read with another one, and is nothing without it."""

_MAGIC: Final = (
    (b"SQLite format 3\x00", "sqlite"),
    (b"PAR1", "parquet"),
    (b"PARE", "parquet"),
    (b"ARROW1", "arrow"),
    (b"FEA1", "arrow"),
    (b":W&B", "wandb"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF87a", IMAGE),
    (b"GIF89a", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    # Pages of a database, before or after they were changed.
    (b"\x37\x7f\x06\x82", PART),
    (b"\x37\x7f\x06\x83", PART),
    (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", PART),
    (b"%PDF-", BINARY),
    (b"7z\xbc\xaf\x27\x1c", BINARY),
    (b"Rar!\x1a\x07", BINARY),
    (b"LPKSHHRH", BINARY),  # systemd's own files: `journalctl -o export` writes what is read here
)
_PACKED: Final = (
    (re.compile(rb"\x1f\x8b\x08"), "gz"),
    # An empty one has an end only.
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)"), "bz2"),
    (re.compile(rb"\xfd7zXZ\x00"), "xz"),
    (re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), "zst"),
)
_SUFFIXES: Final = {
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "json": "json",
    "geojson": "json",
    "har": "json",
    "ipynb": "ipynb",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "yaml": "yaml",
    "yml": "yaml",
}
# Zip files of programs: without the members that no format knows, no program opens them again.
_NO_ARCHIVES: Final = frozenset(
    {
        *("apk", "bin", "ckpt", "docx", "egg", "epub", "jar", "keras", "mar", "model", "npz"),
        *("odp", "ods", "odt", "onnx", "pptx", "pt", "pt2", "ptc", "pth", "ptl", "safetensors"),
        *("war", "whl", "xlsx", "xpi"),
    }
)
# What a rotation puts behind a suffix: `.1`, `.2026-11-24`, `.old`.
_ROTATED: Final = re.compile(r"[0-9][0-9_T:.-]*|bak|old|orig|prev|backup|save|tmp")
# The length of what follows, a schema, which has less than 64 KiB but in odd files.
_ARROW_STREAM: Final = re.compile(rb"\xff{4}..[\x00-\x0f]\0.", re.DOTALL)
_TAR_MAGIC: Final = slice(257, 262)
_TAR_BLOCK: Final = 512
_TENSORBOARD: Final = re.compile(rb".{4}\0{4}.{4}.{0,24}brain\.Event:", re.DOTALL)
_JOURNAL: Final = re.compile(
    rb"(?:__(?:CURSOR|REALTIME_TIMESTAMP|MONOTONIC_TIMESTAMP|SEQNUM|SEQNUM_ID)=[^\n]*\n)"
    rb"+[A-Z_][A-Z0-9_]*[=\n]"
)
_PICTURES: Final = (
    re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    re.compile(rb".{128}DICM", re.DOTALL),
    re.compile(rb"BM.{4}\0{4}.{3}\0[\x0c\x28\x34\x38\x40\x6c\x7c]\0{3}", re.DOTALL),
    re.compile(rb".{4}ftyp(?:heic|heix|mif1|avif)", re.DOTALL),
)
# What SQLite puts behind the name of a database, for its index of a log, and for a journal that is
# done with: the head of that is zeros, the pages are not.
_BESIDE: Final = ("-wal", "-shm", "-journal")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0E-\x1A\x1C-\x1F\x7F]")
_FEW: Final = 16
_ANYWHERE: Final = 2
"""Control characters that are no sign of anything, however short a text is."""
# What terminals write is no sign of numbers: a bell, a backspace.
_NUMBERS: Final = re.compile(rb"[\x01-\x06\x0E-\x1A\x1C-\x1F]")
_JSON_OBJECT: Final = re.compile(r'\{\s*(?:"|\})')
_JSON_ROW: Final = re.compile(r"\[\s*[\[{\"\]]")


def kind_of(head: bytes, name: str) -> str:
    r"""Tell what a document is.

    Args:
        head: its first 4096 bytes, or all of it.
        name: its name, or its path; only what stands behind the last `/` counts.

    Returns:
        `gz`, `bz2`, `xz`, `zst`, `tar`, `zip`, `text`, `json`, `jsonl`, `csv`, `tsv`, `yaml`,
        `ipynb`, `journal`, `parquet`, `arrow`, `sqlite`, `tfevents`, `wandb`, `image`, `part`, or
        `binary`.

    >>> kind_of(b"a,b", "x.csv.1"), kind_of(b"PK\x03\x04", "x.csv"), kind_of(b"x", "model.pt")
    ('csv', 'zip', 'text')
    """
    name = name.replace("\\", "/").rpartition("/")[2].lower()
    found = _packed(head) or _by_magic(head, name)
    if found:
        return found
    if name.endswith(_BESIDE) and b"\0" in head:
        return PART
    if _JOURNAL.match(head):
        return "journal"
    if not _is_text(head, name):
        return BINARY
    return _text_kind(head, suffix_of(name))


def suffix_of(name: str) -> str:
    """Give the suffix of a name, without what a rotation put behind it; "" for none.

    >>> suffix_of("a.csv.2026-11-24"), suffix_of("a.jsonl.1"), suffix_of("a"), suffix_of(".csv")
    ('csv', 'jsonl', '', '')
    """
    for part in reversed(name.lower().split(".")[1:] if not name.startswith(".") else ()):
        if not _ROTATED.fullmatch(part):
            return part
    return ""


def _packed(head: bytes) -> str:
    return next((kind for magic, kind in _PACKED if magic.match(head)), "")


def _by_magic(head: bytes, name: str) -> str:
    found = next((kind for magic, kind in _MAGIC if head.startswith(magic)), "")
    if found:
        return BINARY if found == "zip" and suffix_of(name) in _NO_ARCHIVES else found
    if any(magic.match(head) for magic in _PICTURES):
        return IMAGE
    if head[_TAR_MAGIC] == b"ustar" or _is_old_tar(head):
        return "tar"
    if _TENSORBOARD.match(head) or ("tfevents" in name and b"\0" in head):
        return "tfevents"
    return "arrow" if _ARROW_STREAM.match(head) else ""


def _is_old_tar(head: bytes) -> bool:
    """Tell whether a block is a header of tar before it had a mark: its sum is in it."""
    block = head[:_TAR_BLOCK]
    if len(block) < _TAR_BLOCK or not block[0]:
        return False
    try:
        wanted = int(block[148:156].strip(b"\0 ") or b"x", 8)
    except ValueError:
        return False
    return sum(block) - sum(block[148:156]) + 8 * 0x20 == wanted


def _is_text(head: bytes, name: str) -> bool:
    codec = detect(head[:HEAD]).codec
    if codec != "utf-8":
        # Tables of small numbers have NULs where ASCII has them, too.
        text = head[: len(head) & ~3].decode(codec, "replace")
        return len(_CONTROLS.findall(text)) <= len(text) / _FEW
    if b"\0" in head:
        # A power cut leaves holes in logs.
        return log_name(name) and bool(head.strip(b"\0")) and _NUMBERS.search(head) is None
    controls = len(_CONTROLS.findall(head.decode("latin-1")))
    return controls <= len(head) / _FEW + _ANYWHERE


def _text_kind(head: bytes, suffix: str) -> str:
    """Tell texts apart: by suffix, but nothing is JSON that does not begin as JSON does."""
    kind = _SUFFIXES.get(suffix, "")
    if kind in {"csv", "tsv", "yaml", "jsonl"}:
        return kind
    written = detect(head[:HEAD])
    data = head[len(written.mark) :]
    text = data.decode(written.codec, "replace").lstrip(" \t\r\n")
    first, newline, rest = text.partition("\n")
    lines = bool(newline) and first.startswith("{") and is_json(first)
    if lines and rest.lstrip()[:1] == "{":
        return "jsonl"
    if kind:
        return kind if text[:1] in {"{", "[", '"'} else "text"
    if _JSON_OBJECT.match(text) or _JSON_ROW.match(text):
        return "json"
    return "text"
