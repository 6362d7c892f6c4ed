"""
Who and what an event is about: one made-up person, in every place of it.

An event names the same person many times: in a path, in a variable, as `user.username`. So all
strategies for the places of one event draw from one cast.

Promise: nothing of a cast is a word or stands in what surrounds it, so whatever of it a scrubbed
event shows has leaked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from scrubber.testing.planting import Planted
from scrubber.testing.strategies.fills import fills
from scrubber.testing.strategies.numbers import plain_cards

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True)
class Cast:
    """What is planted in one event.

    Attributes:
        boxes: local parts of mailboxes.
        addresses: of IPv4.
        account: whose folders are seen; it is no word, so it goes everywhere once it was seen.
        secrets: what stands behind sensitive keys: letters and digits, words, with a mark.
        keys: of vendors.
        card: the number of a card, in one piece.
    """

    boxes: tuple[str, str] = field(repr=False)
    addresses: tuple[str, str] = field(repr=False)
    account: str = field(repr=False)
    secrets: tuple[str, str, str] = field(repr=False)
    keys: tuple[str, str] = field(repr=False)
    card: str = field(repr=False)

    def _repr_pretty_(self, printer: Any, _: object) -> None:  # noqa: ANN401  # as of `Planted`
        printer.text(repr(self))

    @property
    def folders(self) -> tuple[str, ...]:
        """Paths in the account's home, on three systems."""
        return (
            f"/home/{self.account}/work/yolo/train.py",
            f"/Users/{self.account}/yolo/data/set.yaml",
            f"C:\\Users\\{self.account}\\yolo\\new.txt",
        )

    @property
    def mailboxes(self) -> tuple[str, ...]:
        """Whole addresses."""
        return tuple(f"{box}@example.com" for box in self.boxes)

    @property
    def anything(self) -> tuple[str, ...]:
        """What is known wherever it stands: mailboxes, addresses, folders, keys, the card."""
        groups = " ".join(self.card[at : at + 4] for at in range(0, 16, 4))
        return (
            *self.mailboxes,
            *self.addresses,
            *self.folders,
            *self.keys,
            self.card,
            groups,
        )

    @property
    def planted(self) -> tuple[Planted, ...]:
        """All that must go."""
        return (
            *(
                Planted("EMAIL_ADDRESS", whole, (box,))
                for box, whole in zip(self.boxes, self.mailboxes, strict=True)
            ),
            *(Planted("IP_ADDRESS", address) for address in self.addresses),
            Planted("USERNAME", self.account),
            *(Planted("SECRET", secret) for secret in (*self.secrets, *self.keys)),
            Planted("CREDIT_CARD", self.card, (self.card[4:],)),
        )


def casts() -> SearchStrategy[Cast]:
    """Give casts: syllables, documentation addresses, generated keys, a card that passes Luhn.

    >>> from hypothesis import find
    >>> find(casts(), lambda cast: True).mailboxes[0]
    'korvax.mundrel@example.com'
    """
    return st.builds(
        Cast,
        boxes=st.sampled_from((("korvax.mundrel", "tavrin_q"), ("zeddo.quimby", "brunta-vex"))),
        addresses=st.tuples(
            st.integers(100, 254).map("192.0.2.{}".format),
            st.integers(100, 254).map("198.51.100.{}".format),
        ),
        account=st.sampled_from(("vexlora7", "jdoevale84", "mundrelk")),
        secrets=st.tuples(
            fills("%{base62:24}"),
            st.sampled_from(("zimtovar-quendel", "brimsot-talvane")),
            fills("%{base62:6}!%{base62:6}"),
        ),
        keys=st.tuples(fills("ghp_%{base62:36}"), fills("hf_%{base62:34}")),
        card=plain_cards(),
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """Strategies for one thing of a cast.

    Attributes:
        mailbox: a whole address.
        address: of IPv4.
        account: the account.
        secret: any of the secrets.
        plain_secret: one without a mark.
        folder: a path in the account's home.
        anything: what is known wherever it stands.
        card: the card's number, as an integer.
    """

    mailbox: SearchStrategy[str]
    address: SearchStrategy[str]
    account: SearchStrategy[str]
    secret: SearchStrategy[str]
    plain_secret: SearchStrategy[str]
    folder: SearchStrategy[str]
    anything: SearchStrategy[str]
    card: SearchStrategy[int]

    @classmethod
    def of(cls, cast: SearchStrategy[Cast]) -> Drawn:
        """Give strategies that all draw from the same cast.

        Args:
            cast: gives one cast in one example, however often it is drawn from.
        """
        return cls(
            mailbox=_one(cast, 2, lambda one: one.mailboxes),
            address=_one(cast, 2, lambda one: one.addresses),
            account=cast.map(lambda one: one.account),
            secret=_one(cast, 3, lambda one: one.secrets),
            plain_secret=_one(cast, 2, lambda one: one.secrets),
            folder=_one(cast, 3, lambda one: one.folders),
            anything=_one(cast, 11, lambda one: one.anything),
            card=cast.map(lambda one: int(one.card)),
        )


def _one(
    cast: SearchStrategy[Cast], count: int, of: Callable[[Cast], tuple[str, ...]]
) -> SearchStrategy[str]:
    return st.builds(lambda one, at: of(one)[at], cast, st.integers(0, count - 1))
