"""
Fills that are labelled: what a template may plant, and what alone tells each value.

Promise: every fill is of one entity and one sort, and its parts are parts of the value as it is
written.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from . import images, numbers
from .chance import ALNUM, HEX, URLSAFE
from .markup import Planted
from .people import TELLS, pools
from .vendor_keys import VENDORS, jwt, pem

if TYPE_CHECKING:
    from collections.abc import Callable

    from .cases import Split
    from .chance import Chance
    from .people import Person

HALVED: Final = 16
SHOWN: Final = 40

USER_SORTS: Final = {
    "home": "home-path user",
    "cluster": "cluster-path user",
    "login": "login user",
    "user": "user field",
}


def _halves(value: str) -> tuple[str, ...]:
    half = len(value) // 2
    return (value[:half], value[half:]) if len(value) >= HALVED else ()


def _secret(sort: str, value: str) -> Planted:
    return Planted("SECRET", sort, value, _halves(value))


def name(_: Chance, __: Split, who: Person, form: str) -> Planted:
    """Plant a name, in prose, in a field or in the name of a file."""
    sort, shape = (*form.split("."), "")[:2]
    given, family = who.name.given, who.name.family
    written = {
        "": who.name.full,
        "comma": f"{family}, {given}",
        "dicom": f"{family}^{given}".replace(" ", "^"),
        "under": f"{family}_{given}".replace(" ", "_"),
        "dash": f"{given}-{family}".replace(" ", "-").lower(),
        "latin": f"{who.name.latin_given} {who.name.latin_family}",
        "latin_under": f"{who.name.latin_given}_{who.name.latin_family}",
    }[shape]
    told = {"": "person", "field": "person field", "file": "person file name"}[sort]
    parts = tuple(part for part in who.name.parts if part in written)
    return Planted("PERSON", told, written, parts)


def email(_: Chance, __: Split, who: Person, ___: str) -> Planted:
    """Plant an address for mail; its local part alone tells."""
    local = who.email.partition("@")[0]
    parts = (local,) if len(local) > TELLS else ()
    return Planted("EMAIL_ADDRESS", "email", who.email, parts)


def _user(sort: str) -> Callable[[Chance, Split, Person, str], Planted]:
    def plant(_: Chance, __: Split, who: Person, form: str) -> Planted:
        full = f"{who.name.latin_given} {who.name.latin_family}"
        return Planted("USERNAME", sort, full if form == "full" else who.account)

    return plant


def ip(chance: Chance, _: Split, __: Person, version: str) -> Planted:
    """Plant an address of a machine; without its last octet or group it still tells."""
    value = numbers.ipv6(chance) if version == "6" else numbers.ipv4(chance)
    dot = ":" if version == "6" else "."
    return Planted("IP_ADDRESS", "ip", value, (value.rpartition(dot)[0] + dot,))


def mac(chance: Chance, _: Split, __: Person, style: str) -> Planted:
    """Plant the address of a network card; its second half alone tells, or all but its end."""
    value = numbers.mac(chance, style)
    return Planted("MAC_ADDRESS", "mac", value, (value[len(value) // 2 + 1 :], value[:-2]))


def host_name(chance: Chance, split: Split, form: str) -> str:
    """Make what a machine is called."""
    hosts: dict[str, list[str]] = pools()["hosts"][split]
    first = chance.pick(hosts["bare"])
    if chance.happens(0.6):
        first = f"{chance.pick(hosts['numbered'])}{chance.between(1, 99):02d}"
    if form == "bare" or (not form and chance.happens(0.4)):
        return first
    return f"{first}.{chance.pick(hosts['domains'])}"


def host(chance: Chance, split: Split, _: Person, form: str) -> Planted:
    """Plant a host name."""
    return Planted("HOSTNAME", "host", host_name(chance, split, form))


WORDS: Final = {
    "dev": ("tiger", "Orchid", "copper", "Ladder", "violet", "Anchor", "maple", "Rocket"),
    "test": ("walrus", "Basalt", "lemon", "Tundra", "cobalt", "Pickle", "ember", "Saddle"),
}


def _password(chance: Chance, split: Split) -> str:
    words = WORDS[split]
    return chance.pick(
        (
            f"{chance.pick(words)}{chance.between(1000, 9999)}",
            f"{chance.pick(words)}-{chance.pick(words)}-{chance.between(10, 99)}",
            chance.text(ALNUM, chance.between(10, 20)),
            f"{chance.pick(words)}{chance.pick('!$*')}{chance.text(ALNUM, 6)}",
            chance.text(ALNUM, 12) + chance.pick("!*$") + chance.text(ALNUM, 3),
        )
    )


def password(chance: Chance, split: Split, _: Person, form: str) -> Planted:
    """Plant what only the word before it tells: a password, a token, a key in hex."""
    if form.startswith("hex"):
        return _secret("assigned secret", chance.text(HEX, int(form[3:])))
    if form.startswith("b64"):
        value = base64.b64encode(chance.data(int(form[3:]))).decode()
        return _secret("assigned secret", value)
    return _secret("assigned secret", _password(chance, split))


def urlcred(chance: Chance, split: Split, _: Person, __: str) -> Planted:
    """Plant the password of a URL."""
    return _secret("url credential", _password(chance, split).replace("!", "_"))


def key(chance: Chance, split: Split, _: Person, vendor: str) -> Planted:
    """Plant the key of a vendor."""
    known = VENDORS[split]
    return _secret("vendor key", known[vendor or chance.pick(tuple(known))](chance))


def cookie(chance: Chance, _: Split, __: Person, form: str) -> Planted:
    """Plant the value of a cookie."""
    return _secret("cookie", chance.text(HEX if form == "hex" else URLSAFE, 32))


def bearer(chance: Chance, _: Split, __: Person, ___: str) -> Planted:
    """Plant what follows the word Bearer."""
    return _secret("authorization", chance.text(URLSAFE, chance.between(24, 60)))


def basic(chance: Chance, split: Split, who: Person, _: str) -> Planted:
    """Plant what follows the word Basic: the account and the password in base64."""
    secret = _password(chance, split)
    told = f"{who.account}:{secret}"
    return Planted("SECRET", "authorization", told, (secret,))


def a_jwt(chance: Chance, _: Split, __: Person, ___: str) -> Planted:
    """Plant a JSON web token; its claims alone tell."""
    value = jwt(chance)
    return Planted("SECRET", "jwt", value, tuple(value.split(".")[1:]))


def a_pem(chance: Chance, _: Split, __: Person, kind: str) -> Planted:
    """Plant a private key; any of its lines tells."""
    value = pem(chance, kind)
    return Planted("SECRET", "private key", value, tuple(value.split("\n")[1:4]))


def card(chance: Chance, _: Split, __: Person, ___: str) -> Planted:
    """Plant the number of a card; all but its first digits tell, or all but its last four."""
    value = numbers.card(chance)
    return Planted("CREDIT_CARD", "card", value, (value[6:], value[:-4].rstrip(" -")))


def iban(chance: Chance, _: Split, __: Person, ___: str) -> Planted:
    """Plant an account; its end alone tells, or all but its last four characters."""
    value = numbers.iban(chance)
    return Planted("IBAN", "iban", value, (value[-9:], value[:-4].rstrip()))


def phone(chance: Chance, _: Split, __: Person, ___: str) -> Planted:
    """Plant a telephone number; without its area it still tells."""
    value, last = numbers.phone(chance)
    return Planted("PHONE_NUMBER", "phone", value, (last,))


def _stretch(text: str) -> tuple[str, ...]:
    at = len(text) // 2
    return (text[at : at + SHOWN],)


def image(chance: Chance, _: Split, __: Person, form: str) -> Planted:
    """Plant a picture; a stretch of its inside alone tells."""
    if form == "ndarray":
        value = images.ndarray(chance)
    elif form == "tensor":
        value = images.tensor(chance)
    elif form == "pixels":
        value = images.pixels(chance, opening="[", closing="]")
    elif form == "tuples":
        value = images.pixels(chance, opening="(", closing=")")
    else:
        kind, written = form.split(".")
        data = images.png(chance) if kind == "png" else images.jpeg(chance)
        value = {
            "data": f"data:image/{kind};base64,{images.in_base64(data)}",
            "base64": images.in_base64(data),
            "repr": repr(data),
            "hex": data.hex(),
            "list": images.byte_list(data),
        }[written]
    return Planted("IMAGE_DATA", "image data", value, _stretch(value))


PLANTS: Final[dict[str, Callable[[Chance, Split, Person, str], Planted]]] = {
    "name": name,
    "email": email,
    **{kind: _user(sort) for kind, sort in USER_SORTS.items()},
    "ip": ip,
    "mac": mac,
    "host": host,
    "password": password,
    "urlcred": urlcred,
    "key": key,
    "cookie": cookie,
    "bearer": bearer,
    "basic": basic,
    "jwt": a_jwt,
    "pem": a_pem,
    "card": card,
    "iban": iban,
    "phone": phone,
    "image": image,
}
"""What makes each kind of fill."""

STILL_PEOPLE: Final = frozenset({"name", "email", *USER_SORTS})
"""What a person has, and chance has no part in."""
