r"""
How one person's identifiers are written, as rules.

Encodings are undone by the views every rule runs on; what is spelt here is how people and programs
write one thing: in any case, with accents composed, apart or left out, in base64, an address with
`+tag`, an IPv6 address with or without its zeros, a phone number with or without its country.

Promise: an identifier is matched as a whole: `jane@example.com` is not in `mary.jane@example.com`,
nor in an address whose domain goes on, and 192.0.2.1 not in 192.0.2.17.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Final

from scrubber.detect.people import full_names
from scrubber.detect.spelling import (
    ascii_literal,
    base64_cores,
    either,
    literal,
    wide,
)
from scrubber.ruleset.direct import direct_rule
from scrubber.validators.calling_codes import calling_code
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scrubber.retention.identifiers import Identifier
    from scrubber.ruleset.model import Rule

ENTITY: Final = "SUBJECT"
"""What a match is, whatever its kind: its placeholder is `[subject]`."""

ENCODED: Final = "encoded"
"""Ends the id of rules whose matches are written so that nobody reads them as they stand."""

_ENTITIES: Final = {
    "email": "EMAIL_ADDRESS",
    "ip": "IP_ADDRESS",
    "name": "PERSON",
    "phone": "PHONE_NUMBER",
    "user": "USERNAME",
}
_LETTER: Final = r"[A-Za-z0-9\xC0-\u024F]"
_ESCAPE: Final = r"(?<=\\[nrtbfv0a])"
_LEFT: Final = rf"(?:(?<!{_LETTER})|{_ESCAPE})"
_RIGHT: Final = rf"(?!{_LETTER})"
# A word as a whole: neither `jan_backup` nor `jan-2026` is one.
_WORD_LEFT: Final = rf"(?:(?<![A-Za-z0-9_\xC0-\u024F])(?<!{_LETTER}-)|{_ESCAPE})"
_WORD_RIGHT: Final = rf"(?![A-Za-z0-9_\xC0-\u024F])(?!-{_LETTER})"
# `Jan 12`, `12/Jan/2026`, `12 Jan`: a log's own dates, of which each line of a month has one.
_NO_DATE_LEFT: Final = r"(?<![0-9][\x20/])"
_NO_DATE_RIGHT: Final = r"(?![\x20/,]{1,3}[0-9]{1,4}(?![0-9A-Za-z.]))"
_DATES: Final = words(
    """
    jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july
    august september october november december mon tue wed thu fri sat sun monday tuesday wednesday
    thursday friday saturday sunday
    """
)
_MAILBOX_LEFT: Final = rf"(?:(?<!{_LETTER})(?<!{_LETTER}[_.+\-])|{_ESCAPE})"
# `jane@example.com.` ends a sentence and `jane@example.com.log` a file's name; `.au` goes on.
_DOMAIN_RIGHT: Final = (
    rf"(?!{_LETTER})(?!-[A-Za-z0-9])"
    r"(?!\.(?!(?i:bak|csv|eml|err|gz|html?|jsonl?|log|msg|out|pdf|tmp|txt|xml|zip)"
    r"(?![A-Za-z0-9]))[A-Za-z0-9])"
)
_TAG: Final = r"(?:(?:\+|%2[Bb])[A-Za-z0-9_.\-]{1,64})?"
_GERMAN: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)
_GROUPS: Final = 8
_SHORTEST_CORE: Final = 6
_BETWEEN_DIGITS: Final = r"(?:[\x20\t\xA0.\-/()\u2010-\u2015\u202F]|%20){0,3}"
_SHORTEST_NATIONAL: Final = 6


def rules_for(identifiers: Sequence[Identifier], *, by_kind: bool = False) -> list[Rule]:
    """Make the rules that find a person.

    Args:
        identifiers: what the person is known by.
        by_kind: whether a match is an e-mail address, a user name ..., not the person.

    Returns:
        Rules of the family `subject`, named by kind; each finds one or more identifiers of it.
    """
    rules: list[Rule] = []
    for kind in dict.fromkeys(one.kind for one in identifiers):
        entity = _ENTITIES[kind] if by_kind else ENTITY
        ones = [one for one in identifiers if one.kind == kind]
        patterns = list(dict.fromkeys(found for one in ones for found in _SPELLED[kind](one)))
        for number, pattern in enumerate(patterns):
            rules.append(_rule(f"{kind}_{number}", entity, pattern))
        encoded = [found for one in ones for found in _encoded(one)]
        if encoded:
            rules.append(_rule(f"{kind}_{ENCODED}", entity, f"(?P<value>{either(encoded)})"))
    return rules


def kind_of(rule_id: str) -> str:
    """Give the kind of identifier a rule finds.

    >>> kind_of("subject.email_0"), kind_of("subject.user_encoded")
    ('email', 'user')
    """
    return rule_id.partition(".")[2].partition("_")[0]


def _rule(name: str, entity: str, pattern: str) -> Rule:
    return direct_rule(f"subject.{name}", entity, "What one person is known by.", pattern)


def _email(one: Identifier) -> Iterator[str]:
    name, _, domain = one.value.rpartition("@")
    yield f"{_MAILBOX_LEFT}(?P<value>{literal(name)}{_TAG}%{{at}}{literal(domain)}){_DOMAIN_RIGHT}"


def _user(one: Identifier) -> Iterator[str]:
    left, right = (_WORD_LEFT, _WORD_RIGHT) if one.common else (_LEFT, _RIGHT)
    if one.value.casefold() in _DATES:
        left, right = f"{left}{_NO_DATE_LEFT}", f"{right}{_NO_DATE_RIGHT}"
    yield f"{left}(?P<value>{literal(one.value)}){right}"


def _name(one: Identifier) -> Iterator[str]:
    parts = one.value.split()
    if len(parts) == 1:
        yield from _user(one)
        return
    blanks = r"(?:[\x20\t\xA0_.+\-]|%20){1,3}"
    forms = []
    for value in _unaccented(one.value):
        forms += [blanks.join(map(literal, value.split())), *full_names([value])]
    yield f"{_LEFT}(?P<value>{either(forms)}){_RIGHT}"


def _unaccented(value: str) -> list[str]:
    """Give a name, and what becomes of it where no accents can be written: Muller, Mueller."""
    apart = unicodedata.normalize("NFD", value)
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return list(dict.fromkeys((value, bare, value.translate(_GERMAN))))


def _ip(one: Identifier) -> Iterator[str]:
    address = ip_address(one.value)
    if isinstance(address, IPv6Address):
        forms = either(_ipv6_forms(address))
        yield f"(?<![A-Fa-f0-9:])(?P<value>{forms})(?![A-Fa-f0-9]|:[A-Fa-f0-9:])"
        return
    octets = one.value.split(".")
    spelt = [f"0{{0,2}}{octet}" for octet in octets]
    dotted, joined = (separator.join(spelt) for separator in (r"\.", r"[\-_]"))
    yield rf"(?<![0-9]|[0-9]\.)(?P<value>{dotted})(?![0-9]|\.[0-9])"
    # As host names have it: ip-192-0-2-17. Behind a year or a date it is a time: 2026-10-11-12-13.
    dated = r"[0-9]{4}[\-_]"
    yield rf"(?<![0-9]|{dated}|{dated}[0-9]{{2}}[\-_])(?P<value>{joined})(?![0-9])"
    # As DNS asks for its name, and in the last groups of an IPv6 address.
    backwards = r"\.".join(reversed(octets))
    yield rf"(?<![0-9]|[0-9]\.)(?P<value>{backwards})(?=\.(?i:in-addr)\.)"
    high, low = (f"{int(address) >> shift & 0xFFFF:x}" for shift in (16, 0))
    groups = f"0{{0,3}}{ascii_literal(high)}:0{{0,3}}{ascii_literal(low)}"
    yield rf"(?<=::(?i:ffff):|:0:(?i:ffff):)(?P<value>{groups})(?![A-Fa-f0-9:])"


def _ipv6_forms(address: IPv6Address) -> Iterator[str]:
    """Spell an address with each run of zeros that may be left out, and with an IPv4 end."""
    groups = [int(part, 16) for part in address.exploded.split(":")]
    spelt = [f"0{{0,3}}{ascii_literal(f'{group:x}')}" for group in groups]
    end = r"\.".join(str(byte) for byte in address.packed[-4:])
    for first in range(_GROUPS + 1):
        for last in range(first, _GROUPS + 1):
            if first == last and first:
                continue
            if any(groups[first:last]):
                break
            yield _joined(spelt[:first], spelt[last:], left_out=last > first)
            if last <= _GROUPS - 2:
                yield _joined(spelt[:first], [*spelt[last:-2], end], left_out=last > first)


def _joined(before: list[str], behind: list[str], *, left_out: bool) -> str:
    return f"{':'.join(before)}::{':'.join(behind)}" if left_out else ":".join(before + behind)


def _phone(one: Identifier) -> Iterator[str]:
    digits = re.sub(r"[^0-9]", "", re.sub(r"\(0\)", "", one.value))
    whole = one.value.lstrip().startswith("+")
    if digits.startswith("00"):
        digits, whole = digits[2:], True
    if not whole:
        national = digits.lstrip("0")
        before = rf"(?:(?:\+|%2[Bb]|00)(?:[0-9]{_BETWEEN_DIGITS}){{1,3}}\(?)?"
        yield _number(f"{before}(?:0{_BETWEEN_DIGITS})?", national)
        return
    yield _number(r"(?:\+|%2[Bb]|00)?", digits)
    country = calling_code(digits)
    national = digits[len(country) :]
    if country and len(national) >= _SHORTEST_NATIONAL:
        code = _BETWEEN_DIGITS.join(country)
        yield _number(rf"(?:\+|%2[Bb]|00)?{code}{_BETWEEN_DIGITS}0{_BETWEEN_DIGITS}", national)
        yield _number(rf"(?:0{_BETWEEN_DIGITS})?", national)


def _number(before: str, digits: str) -> str:
    return rf"(?<![0-9])(?<![0-9]\.)(?P<value>{before}{_BETWEEN_DIGITS.join(digits)})(?![0-9])"


def _encoded(one: Identifier) -> Iterator[str]:
    """Spell what an identifier leaves in base64 and in UTF-16 that was read byte by byte."""
    if one.common:
        return
    yield from (core for core in base64_cores(one.value) if len(core) >= _SHORTEST_CORE)
    yield from wide([one.value])


_SPELLED: Final = {"email": _email, "ip": _ip, "name": _name, "phone": _phone, "user": _user}
