"""
What the error of a store means, in words of ours.

What libraries of stores raise quotes what they were given: places, options, answers of servers.
Handing such an error on as the cause of another was rejected, too: whoever prints one prints both.

Promise: neither the message nor the chain of errors behind it holds a place, a credential or a word
of a server but its error code.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, TypeVar

from scrubber.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

_NEEDS_MORE: Final = (
    "needs a package that is not installed: pip install 'crashscrub[remote]' for s3://, "
    "the package that fsspec names for that kind of URL otherwise"
)
_REFUSED: Final = "is not taken by fsspec; look at the URL and the storage options"
_REASONS: Final = (
    ("FileExpired", "changed while it was read"),
    ("FileNotFoundError", "is not there"),
    ("PermissionError", "access is denied"),
    ("NoCredentialsError", "no credentials were found"),
    ("PartialCredentialsError", "its credentials are not whole"),
    ("TimeoutError", "its server does not answer in time"),
    ("HTTPClientError", "its server cannot be reached"),
    ("ClientConnectionError", "its server cannot be reached"),
    ("ConnectionError", "its server cannot be reached"),
    ("NotImplementedError", "its file system cannot do that"),
    ("ImportError", _NEEDS_MORE),
    ("TypeError", _REFUSED),
    ("ValueError", _REFUSED),
)
"""Names of error classes, and what they mean; the first that fits."""
_CODE: Final = re.compile(r"[A-Za-z]{3,40}", re.ASCII)

T = TypeVar("T")


def told(work: Callable[[], T], before: str = "") -> T:
    """Do something, and say in our words what goes wrong.

    The error is raised when the other one is done with: one that is handled stays in the chain.

    Args:
        work: what to do.
        before: what the reason begins with.

    Raises:
        InputError: it failed.
    """
    try:
        return work()
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001  # libraries of all kinds
        reason = _reason_of(error)
    raise InputError(f"{before}{reason}")


def _reason_of(error: BaseException) -> str:
    """Say what an error means, without its text."""
    names = {kind.__name__ for kind in type(error).__mro__}
    reason = next((said for name, said in _REASONS if name in names), "")
    if not reason and isinstance(error, OSError) and error.errno:
        reason = os.strerror(error.errno).lower()
    code = _code_of(error)
    return f"{reason or f'failed ({type(error).__name__})'}{code and f' ({code})'}"


def _code_of(error: BaseException | None) -> str:
    """Find the error code of a server in a chain of errors."""
    for _ in range(5):
        if error is None:
            break
        try:
            code = str(error.response["Error"]["Code"])  # type: ignore[attr-defined]
        except (AttributeError, KeyError, TypeError):
            error = error.__cause__ or error.__context__
        else:
            return code if _CODE.fullmatch(code) else ""
    return ""
