"""
What each entity is, in words for people: for the page of entities and for disclosures.

What several rules share has its phrase here; what one rule finds is told by the beginning of its
description.

Promise: an entity that nothing here can name is a KeyError, never a gap.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrubber.ruleset.model import Rule

PHRASES: Final = {
    "ARRAY_DATA": "arrays, tensors, long lists of numbers, rows of tables",
    "BINARY_DATA": "sound, film, documents, archives and raw bytes",
    "BUCKET": "names of buckets and containers in object stores",
    "CREDIT_CARD": "card numbers with a valid check digit",
    "DATE_OF_BIRTH": "birthdays behind a word for them; other dates stay",
    "DRIVER_LICENSE": "numbers of driving licences behind a word for them",
    "EMAIL_ADDRESS": "e-mail addresses",
    "FILE_NAME": "files named by a person: medical images, pictures, scans, documents",
    "FILE_PATH": "in events, and where asked for: the roots and folders of paths, or whole paths",
    "HOSTNAME": "names of machines where a key, a form or a record says that they are",
    "IBAN_CODE": "bank account numbers with valid check digits",
    "ICCID": "numbers of SIM cards behind a word for them",
    "IMAGE_DATA": "images, however their bytes are written",
    "IMEI": "numbers of mobile devices behind a word for them",
    "IMSI": "numbers of mobile subscribers behind a word for them",
    "IP_ADDRESS": "addresses of IP versions 4 and 6",
    "MAC_ADDRESS": "hardware addresses",
    "MEDICAL_RECORD": "numbers of patients behind a word or an element of DICOM",
    "PASSPORT": "numbers of passports behind a word for them",
    "PERSON": "full names where a key or a format has a place for them: git, mailboxes, DICOM",
    "PHONE_NUMBER": "telephone numbers",
    "SECRET": "passwords, keys, tokens, cookies, private keys, hashes of passwords",
    "USERNAME": "accounts in paths, logs, commands, URLs and records",
    "US_SSN": "social security numbers of the United States",
}

# Where the form of a number begins to be told.
_FORM: Final = re.compile(r"[,:;(]| with (?:the|their|a|dots|dashes)\b|\.$")


def phrase(entity: str, rules: Iterable[Rule] = ()) -> str:
    """Say what an entity is.

    Args:
        entity: its name.
        rules: where its own rules are looked for if it shares no phrase.

    Returns:
        A phrase without a full stop.

    Raises:
        KeyError: nothing tells.

    >>> phrase("EMAIL_ADDRESS")
    'e-mail addresses'
    """
    if entity in PHRASES:
        return PHRASES[entity]
    for rule in rules:
        if rule.entity == entity:
            return _FORM.split(rule.description)[0].removesuffix(", near a word for them")
    raise KeyError(entity)
