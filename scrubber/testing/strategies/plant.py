"""
Texts in which one value is planted, by entity.

Promise: whatever is planted here is known for what it is where it stands: a default scrubber
removes it, and keeps what stands around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.testing.strategies import people
from scrubber.testing.strategies.addresses import ip_addresses, mac_addresses
from scrubber.testing.strategies.frames import PASSWORDS, frames
from scrubber.testing.strategies.home_paths import home_paths
from scrubber.testing.strategies.images import arrays, image_blobs
from scrubber.testing.strategies.mailboxes import emails
from scrubber.testing.strategies.numbers import cards, ibans, phones
from scrubber.testing.strategies.secrets import passwords, secrets
from scrubber.testing.strategies.templates import Template

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.planting import Planted, Sample

_VALUES: Final[dict[str, Callable[[], SearchStrategy[Planted]]]] = {
    "ARRAY_DATA": arrays,
    "CREDIT_CARD": cards,
    "EMAIL_ADDRESS": emails,
    "IBAN_CODE": ibans,
    "IMAGE_DATA": image_blobs,
    "IP_ADDRESS": ip_addresses,
    "MAC_ADDRESS": mac_addresses,
    "PERSON": lambda: people.of_groups(people.KEYED),
    "PHONE_NUMBER": phones,
    "SECRET": secrets,
    "USERNAME": lambda: people.usernames() | home_paths(),
}

ENTITIES: Final = tuple(_VALUES)
"""What `planted` can plant."""


def framed(planted: Planted, templates: tuple[str, ...]) -> SearchStrategy[Sample]:
    """Give texts that hold a value, made from templates whose slot is `{value}`."""
    return st.sampled_from(templates).map(
        lambda template: Template.of(template).filled({"value": planted})
    )


def placed(values: SearchStrategy[Planted]) -> SearchStrategy[Sample]:
    """Give texts that hold a value where it is known for what it is."""
    return values.flatmap(lambda one: framed(one, frames(one)))


def planted(entity: str) -> SearchStrategy[Sample]:
    """Give texts in which a value of an entity is planted.

    An e-mail address, an IP address or a vendor's key stands anywhere. What is not known by itself
    gets what it needs: an account stands in a home directory, after `user=` or in a message of
    `sshd`, a password behind its key, a telephone number behind a word for one, and a person's
    name behind a key such as `full_name`. (Names in sentences are found in the texts of events, or
    with `Policy.ner = "on"`, by a tagger, which promises nothing of a single name.)

    Args:
        entity: one of `ENTITIES`.

    Returns:
        Texts, each with what must go and what must stay.

    Raises:
        ValueError: no such entity, or none that is planted.

    >>> from hypothesis import given
    >>> from scrubber import scrub_text
    >>> from scrubber.testing import assert_no_leak
    >>> @given(planted("EMAIL_ADDRESS"))
    ... def test_no_mailbox_leaves(sample):
    ...     assert_no_leak(scrub_text, sample)
    >>> test_no_mailbox_leaves()
    """
    if entity not in _VALUES:
        raise ValueError(f"no such entity; these can be planted: {', '.join(ENTITIES)}")
    known = placed(_VALUES[entity]())
    if entity == "SECRET":
        return known | passwords().flatmap(lambda one: framed(one, PASSWORDS))
    return known
