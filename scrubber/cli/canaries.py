"""
Canaries: invented names, addresses and secrets, fresh in every run, each planted in one place.

They are what a scrubber that knows rules can know: values of a known form (an e-mail address),
those behind a name that announces them (`--api-key`), and the names of the machine, which it can
ask for. So one that survives is a fault, not a guess that failed.

Promise: every value is drawn anew and names nobody: addresses are of the ranges that are reserved
for examples. What is looked for (the needle) is in no other canary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

_ONSETS: Final = ("b", "dr", "f", "gl", "k", "l", "m", "n", "pr", "qu", "r", "st", "tr", "v", "z")
_VOWELS: Final = ("a", "e", "i", "o", "u", "y")
_CODAS: Final = ("x", "lk", "rv", "mb", "zd", "ng", "sk", "q")
_ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Canary:
    """One value that must not be seen again.

    Attributes:
        name: where it is planted.
        entity: what it is.
        value: what is planted.
        needle: the part of it that is in nothing else.
    """

    name: str
    entity: str
    value: str
    needle: str


# Where something is planted, and what. The crash program knows the places by these names.
_PLACES: Final = (
    ("account", "USERNAME"),
    ("host", "HOSTNAME"),
    ("full name", "PERSON"),
    ("git address", "EMAIL_ADDRESS"),
    ("environment", "SECRET"),
    ("environment url", "DATABASE_URL"),
    ("argv flag", "SECRET"),
    ("argv password", "SECRET"),
    ("argv address", "EMAIL_ADDRESS"),
    ("argv host", "IP_ADDRESS"),
    ("argv file", "FILE_NAME"),
    ("local password", "SECRET"),
    ("local nested", "SECRET"),
    ("local object", "SECRET"),
    ("local bytes", "EMAIL_ADDRESS"),
    ("local list", "IP_ADDRESS"),
    ("local key", "EMAIL_ADDRESS"),
    ("local card", "CREDIT_CARD"),
    ("local phone", "PHONE_NUMBER"),
    ("local argument", "SECRET"),
    ("local command", "SECRET"),
    ("local variables", "SECRET"),
    ("local path", "USERNAME"),
    ("local json", "SECRET"),
    ("local json twice", "SECRET"),
    ("local dataclass", "EMAIL_ADDRESS"),
    ("local header", "SECRET"),
    ("local basic", "SECRET"),
    ("local mac", "MAC_ADDRESS"),
    ("local clone", "SECRET"),
    ("source", "EMAIL_ADDRESS"),
    ("message address", "EMAIL_ADDRESS"),
    ("message quoted", "EMAIL_ADDRESS"),
    ("message path", "USERNAME"),
    ("message windows path", "USERNAME"),
    ("message mac path", "USERNAME"),
    ("message share", "USERNAME"),
    ("message html", "EMAIL_ADDRESS"),
    ("message quoted twice", "EMAIL_ADDRESS"),
    ("message token", "SECRET"),
    ("message url", "DATABASE_URL"),
    ("message ip", "IP_ADDRESS"),
    ("message base64", "EMAIL_ADDRESS"),
    ("cause", "EMAIL_ADDRESS"),
    ("note", "IP_ADDRESS"),
    ("key error", "EMAIL_ADDRESS"),
    ("group", "EMAIL_ADDRESS"),
    ("breadcrumb message", "EMAIL_ADDRESS"),
    ("breadcrumb data", "SECRET"),
    ("breadcrumb url", "SECRET"),
    ("breadcrumb command", "SECRET"),
    ("tag", "EMAIL_ADDRESS"),
    ("tag user", "USERNAME"),
    ("extra", "SECRET"),
    ("context", "EMAIL_ADDRESS"),
    ("fingerprint", "EMAIL_ADDRESS"),
    ("user id", "EMAIL_ADDRESS"),
    ("user name", "USERNAME"),
    ("user address", "EMAIL_ADDRESS"),
    ("user ip", "IP_ADDRESS"),
    ("request url", "SECRET"),
    ("request query", "EMAIL_ADDRESS"),
    ("request header", "SECRET"),
    ("request cookie", "SECRET"),
    ("request forwarded", "IP_ADDRESS"),
    ("request body", "SECRET"),
    ("request address", "IP_ADDRESS"),
    ("request referer", "SECRET"),
    ("log argument", "EMAIL_ADDRESS"),
    ("log ip", "IP_ADDRESS"),
    ("log secret", "SECRET"),
    ("log extra", "SECRET"),
    ("attachment", "EMAIL_ADDRESS"),
    ("attachment name", "FILE_NAME"),
    ("attachment image", "EMAIL_ADDRESS"),
    ("transaction", "EMAIL_ADDRESS"),
    ("span query", "EMAIL_ADDRESS"),
    ("span url", "SECRET"),
    ("span data", "SECRET"),
    ("structured log", "EMAIL_ADDRESS"),
    ("structured log value", "SECRET"),
    ("metric", "EMAIL_ADDRESS"),
    ("check-in", "EMAIL_ADDRESS"),
)


def canaries(random: Random) -> list[Canary]:
    """Draw a canary for every place.

    Args:
        random: where they are drawn from.

    Returns:
        The canaries; no needle is in another value.
    """
    drawn: list[Canary] = []
    for name, entity in _PLACES:
        value, needle = _FORMS[entity](random)
        while any(needle.casefold() in one.value.casefold() for one in drawn):
            value, needle = _FORMS[entity](random)
        drawn.append(Canary(name, entity, value, needle))
    return drawn


def _word(random: Random) -> str:
    syllable = [random.choice(_ONSETS) + random.choice(_VOWELS) for _ in range(3)]
    return "".join(syllable) + random.choice(_CODAS)


def _mail(random: Random) -> tuple[str, str]:
    word = _word(random)
    return f"{_word(random)}.{word}@example.com", word


def _user(random: Random) -> tuple[str, str]:
    word = f"{_word(random)}{random.randint(2, 9)}"
    return word, word


def _host(random: Random) -> tuple[str, str]:
    word = f"{_word(random)}-gpu{random.randint(10, 99)}"
    return word, word


def _person(random: Random) -> tuple[str, str]:
    last = _word(random).capitalize()
    return f"{_word(random).capitalize()} {last}", last


def _token(random: Random) -> str:
    return "".join(random.choice(_ALPHABET) for _ in range(32))


def _secret(random: Random) -> tuple[str, str]:
    token = _token(random)
    return token, token


def _url(random: Random) -> tuple[str, str]:
    token = _token(random)
    return f"postgresql://trainer:{token}@db.example.com:5432/runs", token


def _ip(random: Random) -> tuple[str, str]:
    # RFC 3849 and RFC 5737; as long as no other address begins so.
    if random.random() < 1 / 2:
        address = f"2001:db8:{random.randint(0x1000, 0xFFFF):x}::{random.randint(0x1000, 0xFFFF):x}"
    else:
        network = random.choice(("192.0.2", "198.51.100", "203.0.113"))
        address = f"{network}.{random.randint(100, 254)}"
    return address, address


def _mac(random: Random) -> tuple[str, str]:
    # IEEE 802: the second bit of the first byte says that nobody's factory gave it.
    digits = ":".join(f"{random.randint(0, 255):02x}" for _ in range(5))
    return f"06:{digits}", digits


def _file(random: Random) -> tuple[str, str]:
    last = _word(random).capitalize()
    return f"John_{last}_{random.randint(1940, 1999)}.dcm", last


def _card(random: Random) -> tuple[str, str]:
    digits = [4, *(random.randint(0, 9) for _ in range(14))]
    # ISO/IEC 7812-1, annex B: every second digit from the right counts double.
    doubled = [
        sum(divmod(digit * 2, 10)) if at % 2 == 0 else digit for at, digit in enumerate(digits)
    ]
    number = "".join(map(str, [*digits, -sum(doubled) % 10]))
    return number, number


def _phone(random: Random) -> tuple[str, str]:
    number = f"+1 {random.randint(201, 989)} 555 01{random.randint(10, 99)}"
    return number, number


_FORMS: Final[Mapping[str, Callable[[Random], tuple[str, str]]]] = {
    "USERNAME": _user,
    "HOSTNAME": _host,
    "PERSON": _person,
    "EMAIL_ADDRESS": _mail,
    "SECRET": _secret,
    "DATABASE_URL": _url,
    "IP_ADDRESS": _ip,
    "FILE_NAME": _file,
    "CREDIT_CARD": _card,
    "MAC_ADDRESS": _mac,
    "PHONE_NUMBER": _phone,
}
