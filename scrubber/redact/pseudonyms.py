"""
Names for who is not named: the same one each time, and nobody's.

A pseudonym is ten characters of HMAC-SHA256(key, entity, NUL, normal form) and a check character.
The entity is in the message, so that the pseudonyms of `jane` the account and `jane` the person
have nothing to do with each other.

- With the 256 random bits of a `Key` none can be guessed: to try a value, one needs the key. That
  holds for a password of four digits, too.
- With a salt (the operator `hash`) everybody who has the salt can try values: telephone numbers are
  found within hours, names within a second. That is its price for joining the reports of many
  machines. A password found so opens a door, so it is never used for a secret.

50 bits: among a million values of one entity, two share a pseudonym with a chance of 1 in 2,000.

The file of the key is touched at the first finding that needs it (`OnDemand`), never before. There
is no lock that a fork could leave closed: two threads may both read, and get the same key.
"""

from __future__ import annotations

import hmac
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from scrubber.errors import ConfigError
from scrubber.redact import crockford
from scrubber.redact.key import Key, find_key, key_path, load_key
from scrubber.redact.normal_forms import normal_form

if TYPE_CHECKING:
    import os
    from collections.abc import Callable


class Pseudonyms:
    """The pseudonyms of one key. Frozen, safe to share between threads, never pickled."""

    __slots__ = ("_key",)

    def __init__(self, key: Key) -> None:
        """Take the key."""
        self._key = key

    @property
    def key_id(self) -> str:
        """The public id of the key."""
        return self._key.id

    def digest(self, entity: str, value: str) -> bytes:
        """Give 32 bytes that stand for a value.

        Args:
            entity: what the value is.
            value: the text as it was found.

        Returns:
            The HMAC-SHA256 of its normal form.
        """
        return self._key.digest(message(entity, value))

    def token(self, entity: str, value: str) -> str:
        """Give the pseudonym of a value.

        Args:
            entity: what the value is.
            value: the text as it was found.

        Returns:
            Ten characters and a check character: `k3f9x2m7pq*`.
        """
        return token_of(self.digest(entity, value))

    def reveal(self) -> tuple[bytes, int, str]:
        """Give what `Key.reveal` gives, for the same reason."""
        return self._key.reveal()

    def __repr__(self) -> str:
        """Say which key it is; never the key."""
        return f"Pseudonyms(key_id={self.key_id!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse, as its key does."""
        raise TypeError("Pseudonyms are not pickled; the other process reads its own key")


class OnDemand:
    """Pseudonyms whose key is read, or made, when the first is needed.

    A key that cannot be used is told of once, in one warning, and stays unusable in this process:
    a report of half pseudonyms would say more about the trouble than about the crash.
    """

    __slots__ = ("_key_id", "_outcome", "_path", "_shared")

    def __init__(
        self,
        path: Path | None = None,
        key_id: str = "",
        *,
        shared: bool = False,
        known: dict[str, tuple[Pseudonyms | None, str]] | None = None,
    ) -> None:
        """Remember where the key is; touch nothing.

        Args:
            path: the file of the key; None for the usual one.
            key_id: the only key to use, by its id; "" for whatever is found.
            shared: whether a pickle carries the key itself, once it was needed.
            known: what came of reading the key, where that is known.
        """
        self._path = path
        self._key_id = key_id
        self._shared = shared
        self._outcome = {} if known is None else known

    @classmethod
    def at(cls, place: str | os.PathLike[str] | None, *, shared: bool = False) -> OnDemand:
        """Give the pseudonyms of the key at a place, None for the usual one; touch nothing."""
        return cls(None if place is None else Path(place).expanduser().absolute(), shared=shared)

    def __call__(self) -> Pseudonyms | None:
        """Give the pseudonyms, or None when the key cannot be used. Never raises."""
        if not self._outcome:
            outcome = self._load()
            # The first outcome counts, for every thread; `setdefault` lets only one be first.
            if self._outcome.setdefault("", outcome) is outcome and outcome[0] is None:
                _warn(outcome[1])
        return self._outcome[""][0]

    @property
    def failed(self) -> bool:
        """Whether the key was needed and could not be used."""
        return bool(self._outcome) and self._outcome[""][0] is None

    @property
    def key_id(self) -> str:
        """The public id of the key, as far as it is known: "" before the key was needed."""
        found = self._outcome[""][0] if self._outcome else None
        return found.key_id if found else self._key_id

    def looking(self) -> OnDemand:
        """Give those of somebody who only looks: without a key there is one that is forgotten."""
        other = OnDemand(self._path, self._key_id, shared=True, known=dict(self._outcome))
        if not other._outcome and not self._key_id:
            with suppress(ConfigError, OSError):  # a key that cannot be used is told of when it is
                if find_key(self._path or key_path()) is None:
                    other._outcome[""] = (Pseudonyms(Key.new()), "")
        return other

    def sharing(self) -> OnDemand:
        """Give the same pseudonyms, with a pickle that carries the key itself, or that it failed.

        The key is read, or made, now.
        """
        self()
        return OnDemand(self._path, self._key_id, shared=True, known=self._outcome)

    def __reduce__(self) -> tuple[Callable[..., OnDemand], tuple[Any, ...]]:
        """Carry where the key is and which one it is; the other process reads its own file.

        Only if asked, carry the key: then no file is read there.
        """
        if self._shared and self._outcome:
            found, reason = self._outcome[""]
            return (_carried, (found and found.reveal(), reason))
        return (OnDemand, (self._path and _below_home(self._path), self.key_id))

    def _load(self) -> tuple[Pseudonyms | None, str]:
        """Give the pseudonyms, or None and why there are none."""
        try:
            key = load_key(self._path and self._path.expanduser())
            if self._key_id and key.id != self._key_id:
                return None, "the key is not the one this scrubber was made with"
            return Pseudonyms(key), ""
        except (ConfigError, ModuleNotFoundError) as error:
            return None, str(error)
        except Exception as error:  # noqa: BLE001  # promise 1
            return None, type(error).__name__


def _carried(revealed: tuple[bytes, int, str] | None, reason: str) -> OnDemand:
    """Make what a pickle says that carries a key; without one, there are no pseudonyms here too."""
    found = None
    if revealed is not None:
        secret, epoch, made = revealed
        found = Pseudonyms(Key(secret, epoch=epoch, made=made))
    return OnDemand(shared=True, known={"": (found, reason)})


def _below_home(path: Path) -> Path:
    """Write a path below the home with `~`, since the home names its owner."""
    with suppress(RuntimeError, ValueError):  # no home; not below it
        return type(path)("~") / path.relative_to(type(path).home())
    return path


def message(entity: str, value: str) -> bytes:
    """Give what is hashed: the entity, NUL, and the normal form of a value."""
    return f"{entity}\0{normal_form(entity, value)}".encode("utf-8", "surrogatepass")


def token_of(digest: bytes) -> str:
    """Write the first 50 bits of a digest as ten characters and a check character."""
    text = crockford.encode(digest)
    return text + crockford.check(text)


def salted(salt: str, entity: str, value: str) -> str:
    """Give the token that everybody with a salt has for a value.

    Args:
        salt: the policy's.
        entity: what the value is.
        value: the text as it was found.

    Returns:
        Ten characters and a check character.
    """
    key = salt.encode("utf-8", "surrogatepass")
    return token_of(hmac.digest(key, message(entity, value), "sha256"))


def _warn(reason: str) -> None:
    with suppress(Exception):  # a handler that fails must not decide what is sent
        import logging  # takes some milliseconds, which most programs have paid

        logging.getLogger("scrubber").warning(
            "crashscrub writes plain placeholders instead of pseudonyms, since there is no key: %s",
            reason,
        )
