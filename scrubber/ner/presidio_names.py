"""
What Presidio calls an entity or a recogniser, and what it is called here.

Names here are Presidio's wherever it has one, so that most stay as they are. It has one for the
passports of each country, and for some things two.

Promise: a name that comes out is one a rule could have, and a placeholder's word can be made of it.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.errors import ConfigError

HERE: Final = {
    "EMAIL": "EMAIL_ADDRESS",
    "PER": "PERSON",
    "PHONE": "PHONE_NUMBER",
    "TR_NATIONAL_ID": "TR_TCKN",
    "ZA_MOBILE_NUMBER": "PHONE_NUMBER",
    "ZA_TELEPHONE_NUMBER": "PHONE_NUMBER",
}
"""Entities that have another name here."""

_OF_A_COUNTRY: Final = re.compile(r"[A-Z]{2}_(PASSPORT|DRIVER_LICENSE)")
_NO_ENTITY: Final = re.compile(r"[^A-Z0-9]+")
_NO_RULE: Final = re.compile(r"[^a-z0-9]+")
_INNER_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST: Final = 48


def entity_here(name: str) -> str:
    """Give the name an entity has here.

    Args:
        name: Presidio's, or that of somebody's own recogniser.

    Returns:
        The name here: `UPPER_SNAKE`.

    Raises:
        ConfigError: nothing of it can be a name here.

    >>> entity_here("US_PASSPORT"), entity_here("EMAIL_ADDRESS"), entity_here("zip code")
    ('PASSPORT', 'EMAIL_ADDRESS', 'ZIP_CODE')
    """
    if name in HERE:
        return HERE[name]
    country = _OF_A_COUNTRY.fullmatch(name)
    entity = country[1] if country else _NO_ENTITY.sub("_", name.upper()).strip("_")
    if not entity[:1].isalpha() or len(entity) > _LONGEST:
        raise ConfigError(
            f"the entity {name!r} has no name here: "
            f"it needs a letter of A-Z first, and {_LONGEST} of A-Z, 0-9 and _ at most"
        )
    return entity


def rule_of(recognizer: str) -> str:
    """Give the rule id of what a recogniser finds.

    Args:
        recognizer: its name.

    Returns:
        An id of the family `presidio`.

    >>> rule_of("SpacyRecognizer"), rule_of("Zip code (US)")
    ('presidio.spacy_recognizer', 'presidio.zip_code_us')
    """
    words = _NO_RULE.sub("_", _INNER_CAPITAL.sub("_", recognizer).lower()).strip("_")
    name = words[:_LONGEST].strip("_")
    # A rule's name begins with a letter, and a recogniser's may have none.
    return f"presidio.{name if name[:1].isalpha() else f'recognizer_{name}'.strip('_')[:_LONGEST]}"
