"""
One document of any kind: what it is, and who scrubs it.

A format is a module with one function `scrub`, loaded when the first document of its kind comes: so
nobody who has logs only pays for tables.

Promise: what no format knows raises `NotKnownError`, and nothing of it is written, unless it is to
be taken over as it is.
"""

from __future__ import annotations

import shutil
import zlib
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from scrubber.archive.context import NotKnownError
from scrubber.archive.kinds import BINARY, IMAGE, PART, kind_of
from scrubber.errors import BudgetError, InputError
from scrubber.files.compressed import CHUNK
from scrubber.files.reasons import reason_of
from scrubber.files.text_files import HEAD

if TYPE_CHECKING:
    from scrubber.archive.context import Context, Reads

_MODULES: Final = {
    "arrow": "arrow",
    "bz2": "packed",
    "csv": "csv",
    "gz": "packed",
    "ipynb": "notebook",
    "journal": "journal",
    "json": "json",
    "jsonl": "jsonl",
    "parquet": "parquet",
    "sqlite": "sqlite",
    "tar": "tar",
    "text": "text",
    "tfevents": "tensorboard",
    "tsv": "csv",
    "wandb": "wandb_log",
    "xz": "packed",
    "yaml": "yaml",
    "zip": "zip",
    "zst": "packed",
}
_REASONS: Final = {
    IMAGE: "is an image",
    PART: "belongs to a database, and is read with it",
    BINARY: "is of a kind that no format knows",
}


def scrub_document(source: BinaryIO, target: BinaryIO, context: Context) -> str:
    """Scrub a document of any kind.

    Args:
        source: the document; read from where it stands, it can seek and tell.
        target: where the redacted document is written; unusable after an error.
        context: the scrubber, the books and the limits.

    Returns:
        What the document was taken for; see `scrubber.archive.kinds.kind_of`.

    Raises:
        NotKnownError: no format knows it, and `context.unknown` is not `copy`; or it is a part of
            another document.
        InputError: it cannot be read to its end, or not be scrubbed; says nothing of its text.
    """
    begin = source.tell()
    head = source.read(HEAD)
    source.seek(begin)
    kind = kind_of(head, context.name)
    if kind not in _MODULES:
        # Raw pages of a database that was scrubbed are never passed on.
        if context.unknown != "copy" or kind == PART:
            raise NotKnownError(_REASONS[kind])
        shutil.copyfileobj(source, target, CHUNK)
        return kind
    reason = ""
    try:
        _format(kind)(source, target, context)
    except InputError:
        raise
    except (BudgetError, MemoryError, RecursionError):
        reason = "is too large, or too deep, for what reads it"
    except (EOFError, ValueError, LookupError, ArithmeticError, zlib.error):
        reason = f"is damaged, or not {kind} data"
    except OSError as error:
        # Some decompressors raise it for data, without a number.
        reason = reason_of(error) if error.errno else ""
        reason = f"cannot be done: {reason}" if reason else f"is damaged, or not {kind} data"
    # Not in the handlers: the error of a library would be the context of this one, with its text.
    if reason:
        raise InputError(reason)
    return kind


def _format(kind: str) -> Reads:
    module = import_module(f"scrubber.archive.formats.{_MODULES[kind]}")
    return cast("Reads", module.scrub)
