"""
What is planted in the crash programs, and every form in which it is looked for.

Two families of values: the natural ones, which a program puts where real programs have them, and
the strewn ones, which stand in sentences of breadcrumbs in every encoding. No value of one family
occurs in the other, so that what is learned from the one cannot hide a leak of the other. The names
of the machine are the same in both: it has only one.

Each value says how a scrubber can know it: by its `format`, by a `key` beside it, by a `path` it
stands in, or because the `machine` is called so. A random word in free text is not planted, because
nothing could tell it from any other.

The forms are made with the standard library, never with the scrubber's own tables: a fault there
would hide itself here.

Promise: everything is drawn from fixed seeds, in reserved ranges where there are any; the
repository holds nothing that looks like a secret.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import unicodedata
import urllib.parse
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

HEX: Final = "0123456789abcdef"
UPPER: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
DIGITS: Final = "0123456789"
NATURAL: Final = 0
STREWN: Final = 1

ACCOUNT: Final = "vexlab7"
HOST: Final = "kryton-gpu4"
OWN_NAME: Final = "Morwenna Vexleigh"
OWN_EMAIL: Final = "m.vexleigh@example.org"

# Shorter needles are looked for between bounds: four letters occur by chance.
_SHORT: Final = 6


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted value.

    Attributes:
        name: what it is.
        value: as a program has it.
        needles: what must not arrive: the value, or its telling parts.
        sentence: a text in which a scrubber can know it.
        known: how: `format`, `key`, `path` or `machine`.
    """

    name: str
    value: str
    needles: tuple[str, ...]
    sentence: str
    known: str

    def __repr__(self) -> str:
        return f"Planted({self.name!r})"


def fill(name: str, alphabet: str, length: int) -> str:
    """Give characters that look random and are always the same."""
    found: list[str] = []
    block = 0
    while len(found) < length:
        digest = hashlib.sha256(f"{name}:{block}".encode()).digest()
        found += [alphabet[byte % len(alphabet)] for byte in digest]
        block += 1
    return "".join(found[:length])


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * (2 if place % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return digits + str(-total % 10)


def _iban(country: str, account: str) -> str:
    moved = "".join(str(int(one, 36)) for one in f"{account}{country}00")
    return f"{country}{98 - int(moved) % 97:02d}{account}"


def _base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _secrets(family: int) -> list[Planted]:
    """Give what opens something: known by its prefix or form, or by the key beside it."""

    def made(name: str, alphabet: str, length: int) -> str:
        return fill(f"{name}{family}", alphabet, length)

    claims = _base64(json.dumps({"sub": made("sub", DIGITS, 10), "iat": 1700000000 + family}))
    jwt = ".".join((_base64('{"alg":"HS256","typ":"JWT"}'), claims, made("jwt", LETTERS, 43)))
    rows = [made(f"pem{row}", LETTERS, 64) for row in range(4)]
    word = "PRIVATE KEY"
    pem = "\n".join((f"-----BEGIN RSA {word}-----", *rows, f"-----END RSA {word}-----", ""))
    password = ("Tr0ub4dor-Kelpie", "horse.Staple!9x")[family]
    url_password = ("hunter2Kelp!e".replace("!", "i"), "opensesame77q")[family]
    keys = {
        "github_key": "ghp_" + made("github", LETTERS, 36),
        "gitlab_key": "glpat-" + made("gitlab", LETTERS, 20),
        "aws_key": "AKIA" + made("aws", UPPER, 16),
        "openai_key": "sk-proj-" + made("openai", LETTERS, 48),
        "stripe_key": "sk_live_" + made("stripe", LETTERS, 24),
        "slack_key": f"xoxb-{made('slack', DIGITS, 12)}-{made('slack2', LETTERS, 24)}",
        "hugging_face_key": "hf_" + made("hf", LETTERS[:52], 34),
        "google_key": "AIza" + made("google", LETTERS, 35),
    }
    wandb, bearer = made("wandb", HEX, 40), made("bearer", LETTERS, 40)
    cookie, client = made("cookie", LETTERS, 32), made("client", LETTERS, 24)
    url = f"postgresql://trainer:{url_password}@db.example.com:5432/runs"
    return [
        *(
            Planted(name, key, (key, key[-16:]), f"request with {key} was refused", "format")
            for name, key in keys.items()
        ),
        Planted("wandb_key", wandb, (wandb,), f"WANDB_API_KEY={wandb}", "key"),
        Planted("client_secret", client, (client,), f'"client_secret": "{client}"', "key"),
        Planted("jwt", jwt, (jwt, claims, jwt[-43:]), f"token {jwt} has expired", "format"),
        Planted("bearer", bearer, (bearer,), f"Authorization: Bearer {bearer}", "key"),
        Planted("cookie", cookie, (cookie,), f"Cookie: sessionid={cookie}", "key"),
        Planted("pem", pem, tuple(rows), f"cannot load {pem}", "format"),
        Planted("password", password, (password,), f"login failed, password='{password}'", "key"),
        Planted("url_password", url, (url_password,), f"could not connect to {url}", "format"),
    ]


def _people(family: int) -> list[Planted]:
    """Give who and where people are."""
    given, surname = (("Zdeňka", "Kostková"), ("Růžena", "Havlíčková"))[family]
    box = ("kveta.brazd", "ludek.sramk")[family]
    email = f"{box}@mail.example.com"
    ipv4 = ("198.51.100.73", "192.0.2.214")[family]
    ipv6 = ("2001:db8:7a1c::9e4f", "2001:db8:51d0::c3b7")[family]
    mac = ("3c:22:fb:9a:41:7e", "a4:83:e7:5d:0b:c6")[family]
    host = ("pavouk-db2.example.com", "mravenec-fs9.example.com")[family]
    phone = ("+1 202-555-0143", "+1 415-555-0187")[family]
    card = _luhn("4" + fill(f"card{family}", DIGITS, 14))
    iban = _iban("DE", fill(f"iban{family}", DIGITS, 18))
    ssn = ("219-09-9999", "078-05-1120")[family]
    name = f"{given} {surname}"
    spaced = " ".join(card[at : at + 4] for at in range(0, 16, 4))
    return [
        Planted("person", name, (name, surname), f"Patient name: {name}", "key"),
        Planted("email", email, (email, box), f"no mailbox for {email} here", "format"),
        Planted("ipv4", ipv4, (ipv4,), f"connection from {ipv4} was reset", "format"),
        Planted("ipv6", ipv6, (ipv6,), f"connection from {ipv6} was reset", "format"),
        Planted("mac", mac, (mac,), f"card {mac} is down", "format"),
        Planted("server", host, (host, host.partition(".")[0]), f"ssh: host={host} port=22", "key"),
        Planted("phone", phone, (phone, phone[3:]), f"call {phone} for help", "format"),
        Planted("card", card, (card, spaced), f"card number {card} declined", "format"),
        Planted("iban", iban, (iban,), f"transfer to {iban} failed", "format"),
        Planted("ssn", ssn, (ssn,), f"no record for ssn {ssn}", "format"),
    ]


def _paths(family: int) -> list[Planted]:
    """Give whose folders and which files: accounts by the layout, names of files by the mode."""
    short, linux = (("jdoe", "hynekrys"), ("mkov", "tadeabrz"))[family]
    mac, windows = (("zbynekp", "Ondrej Vexl"), ("bozenak", "Milos Kratk"))[family]
    share, cluster = (("slavekm", "radimtuz"), ("blankad", "dusanpek"))[family]
    drive, patient = (("Ludmila Zrzava", "Horvatik"), ("Kvetoslav Obr", "Trnkovska"))[family]
    paths = {
        "home_short": (f"/home/{short}/data/train.csv", (short,)),
        "home_linux": (f"/home/{linux}/scans/Vaclav_{patient}_1970.dcm", (linux, patient)),
        "home_macos": (f"/Users/{mac}/Library/Caches/runs/best.pt", (mac,)),
        "home_windows": (f"C:\\Users\\{windows}\\AppData\\Local\\Temp\\best.pt", (windows,)),
        "unc": (f"\\\\fileserver2\\{share}$\\runs\\best.pt", (share, "fileserver2")),
        "cluster": (f"/scratch/{cluster}/run1/best.pt", (cluster,)),
        "colab": (f"/content/drive/MyDrive/{drive}/best.pt", (drive,)),
    }
    return [
        Planted(name, path, needles, f"cannot open '{path}'", "path")
        for name, (path, needles) in paths.items()
    ]


def _bulk(family: int) -> list[Planted]:
    """Give pictures, as bytes and as numbers."""
    pixels = hashlib.sha512(f"pixels{family}".encode()).digest() * 8
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + pixels
    text = base64.b64encode(png).decode()
    numbers = ", ".join(str(byte) for byte in pixels[:200])
    uri = f"data:image/png;base64,{text}"
    return [
        Planted("data_uri", uri, (text[30:70], text[-60:-20]), f"bad image {uri}", "format"),
        Planted(
            "pixels",
            f"[{numbers}]",
            (", ".join(str(byte) for byte in pixels[3:12]),),
            f"pixels = [{numbers}]",
            "format",
        ),
        Planted("image_bytes", repr(png), (repr(pixels[8:32])[2:-1],), f"body {png!r}", "format"),
    ]


def _machine() -> list[Planted]:
    """Give the names of the machine and the secrets of its environment."""
    secret, key = fill("environment", LETTERS, 20), fill("environment key", HEX, 40)
    password, argument = "Kestrel.9-quartz", "mallow-Fjord7!"
    folder = "/home/stanimirk/scans/Bohumil_Zahradka_1962.dcm"
    return [
        Planted("account", ACCOUNT, (ACCOUNT,), f"the folder of {ACCOUNT} is locked", "machine"),
        Planted("host", HOST, (HOST,), f"{HOST} does not answer", "machine"),
        Planted("own_name", OWN_NAME, (OWN_NAME,), f"commit of {OWN_NAME} is missing", "machine"),
        Planted("own_email", OWN_EMAIL, (OWN_EMAIL,), f"mail to {OWN_EMAIL} bounced", "machine"),
        Planted("env_secret", secret, (secret,), f"server said {secret} is wrong", "machine"),
        Planted("env_key", key, (key,), f"server said {key} is wrong", "machine"),
        Planted("env_password", password, (password,), f"said {password} again", "machine"),
        Planted("argv_password", argument, (argument,), f"run --password {argument}", "key"),
        Planted("argv_path", folder, ("stanimirk", "Zahradka"), f"cannot open {folder}", "path"),
    ]


@cache
def planted(family: int = NATURAL) -> dict[str, Planted]:
    """Give all values of a family, by name."""
    made = (_machine(), _people(family), _secrets(family), _paths(family), _bulk(family))
    return {one.name: one for row in made for one in row}


def of(name: str) -> str:
    """Give a natural value, as programs use it."""
    return planted()[name].value


def environment() -> dict[str, str]:
    """Give the variables of the machine; its home is set by who runs the program."""
    values = planted()
    return {
        "USER": ACCOUNT,
        "LOGNAME": ACCOUNT,
        "HOSTNAME": HOST,
        "GIT_AUTHOR_NAME": OWN_NAME,
        "EMAIL": OWN_EMAIL,
        "SERVICE_SECRET": values["env_secret"].value,
        "WANDB_API_KEY": values["env_key"].value,
        "DB_PASSWORD": values["env_password"].value,
    }


def arguments() -> list[str]:
    """Give the command line every program is started with."""
    return ["--password", of("argv_password"), "--data", of("argv_path"), "--epochs=3"]


def _html_numbers(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", lambda match: f"&#{ord(match[0])};", text)


def _repr(text: str) -> str:
    return repr(text)[1:-1]


def _json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _json_unicode(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _url(text: str) -> str:
    return urllib.parse.quote(text, safe="")


ENCODINGS: Final[dict[str, Callable[[str], str]]] = {
    "raw": str,
    "repr": _repr,
    "repr_twice": lambda text: _repr(_repr(text)),
    "json": _json,
    "json_unicode": _json_unicode,
    "json_twice": lambda text: _json(_json(text)),
    "url": _url,
    "url_path": lambda text: urllib.parse.quote(text, safe="/"),
    "url_twice": lambda text: _url(_url(text)),
    "html": html.escape,
    "html_numbers": _html_numbers,
    "nfc": lambda text: unicodedata.normalize("NFC", text),
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
}
"""In which a sentence can stand in a report."""

_SEARCHED: Final[dict[str, Callable[[str], str]]] = {
    **{name: encode for name, encode in ENCODINGS.items() if name != "base64"},
    "url_plus": urllib.parse.quote_plus,
    "nfd_json": lambda text: _json(unicodedata.normalize("NFD", text)),
    "nfd_url": lambda text: _url(unicodedata.normalize("NFD", text)),
    "json_repr": lambda text: _json(_repr(text)),
    "json_thrice": lambda text: _json(_json(_json(text))),
    "hex": lambda text: text.encode().hex(),
}


def strewn() -> dict[str, list[str]]:
    """Give the sentences with the strewn values, by encoding."""
    sentences = [one.sentence for one in planted(STREWN).values()]
    return {name: [encode(one) for one in sentences] for name, encode in ENCODINGS.items()}


def strewn_names() -> list[str]:
    """Give the names of the values only that family has."""
    natural = planted(NATURAL)
    return [name for name, one in planted(STREWN).items() if one != natural[name]]


@dataclass(frozen=True, slots=True)
class Needle:
    """One form of one value.

    Attributes:
        name: of the value.
        form: of the needle.
        text: what is looked for.
        exact: whether its case counts.
        bounded: whether it counts only between bounds of words.
    """

    name: str
    form: str
    text: str
    exact: bool
    bounded: bool

    def stands_in(self, text: str, lowered: str) -> bool:
        """Tell whether it stands in a text.

        Args:
            text: the text.
            lowered: the same in lower case.
        """
        hay, needle = (text, self.text) if self.exact else (lowered, self.text.lower())
        if not self.bounded or needle not in hay:
            return needle in hay
        return re.search(rf"(?<![^\W_]){re.escape(needle)}(?![^\W_])", hay) is not None


@cache
def needles() -> tuple[Needle, ...]:
    """Give every form of every value of both families."""
    found: dict[tuple[str, str], Needle] = {}
    for family in (NATURAL, STREWN):
        for one in planted(family).values():
            name = one.name if family == NATURAL else f"{one.name}/strewn"
            for needle in one.needles:
                for form, text in _forms(needle):
                    exact = form.startswith("base64")
                    key = (text if exact else text.lower(), form[:6])
                    short = len(text) < _SHORT
                    found.setdefault(key, Needle(name, form, text, exact, short))
    return tuple({one.text: one for one in reversed(found.values())}.values())[::-1]


def _forms(needle: str) -> list[tuple[str, str]]:
    forms = [(form, encode(needle)) for form, encode in _SEARCHED.items()]
    if len(needle) >= _SHORT:
        raw = needle.encode()
        for before in range(3):
            whole = base64.b64encode(b"\0" * before + raw).decode()
            # Characters that hold bits of a neighbour differ: they are left out.
            text = whole[(0, 2, 3)[before] : (before + len(raw)) * 8 // 6]
            forms.append((f"base64_{before}", text))
    return forms
