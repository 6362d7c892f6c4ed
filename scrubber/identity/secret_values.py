"""
Secrets in the environment: the values of variables whose names say so.

A name is read as words, and the words of a secret must end it, but for a few that only say which
one or how it is written: `DB_PASSWORD_1`, `API_KEY_PROD`. So `PASSWORD_FILE`, `SSH_AUTH_SOCK`,
`TOKENIZERS_PARALLELISM` and `AUTHOR` hold none. What a value is decides too: a path, a number or a
word would be found all over a report and is no secret.

Promise: a value has eight characters or more. Of a long value with a structure (JSON, PEM) only
parts of 16 characters and more are given, at most `MOST_PARTS`.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final

from scrubber.identity.model import LONGEST
from scrubber.identity.remotes import credentials, unquote
from scrubber.identity.word_list import common_word
from scrubber.lazy import lazy_pattern
from scrubber.validators.secret_like import token_like
from scrubber.validators.technical import parts_of, technical
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

MOST_PARTS: Final = 16
"""Values taken from one variable."""

_SHORTEST: Final = 8
_SHORTEST_PART: Final = 16
_LONGEST_VALUE: Final = 64 * 1024
_MOST_VARIABLES: Final = 4096

# An upper-case run, a capitalised word or small letters.
_WORDS: Final = lazy_pattern(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SECRETS: Final = (
    *("accesskey", "accesstoken", "apikey", "apitoken", "apisecret", "appkey", "appsecret"),
    *("auth", "authkey", "authorization", "authtoken", "bearer", "connectionstring", "connstr"),
    *("cookie", "cred", "credential", "credentials", "creds", "dsn", "encryptionkey", "jwt"),
    *(
        "licencekey",
        "licensekey",
        "masterkey",
        "pass",
        "passcode",
        "passphrase",
        "passwd",
        "password",
        "pat",
        "privatekey",
    ),
    *("pw", "pwd", "sas", "secret", "secretaccesskey", "secretkey", "secrets", "seed", "sharedkey"),
    *("signingkey", "sshkey", "token", "webhook", "webhooksecret"),
)
_GLUED: Final = (
    *("accesskey", "apikey", "passphrase", "passwd", "password", "privatekey", "secret"),
    *("secretkey", "token"),
)
"""What also counts behind other letters without a sign between: `PGPASSWORD`."""

_BEHIND: Final = words(
    """
    b b64 base backup current default dev encoded hex id jenkins json live main new old pem primary
    prod production qa secondary staging string test text value
    """
)
_NOT_TOKENS: Final = words("bos cls eos mask max min next num pad sep special stop unk")
_NO_SECRETS: Final = frozenset({"PWD", "OLDPWD", "XAUTHORITY", "SSH_AUTH_SOCK", "GPG_AGENT_INFO"})
_ID_OF: Final = ("secretid", "accesskeyid", "keyid", "tokenid")

_URL: Final = lazy_pattern(r"[a-z][a-z0-9+.\-]{1,24}://(?:([^/?#\s]*)@)?[^@\s]*", re.IGNORECASE)
_QUERY: Final = lazy_pattern(
    r"[?&;](?:[a-z_\-]{0,24}(?:key|token|secret|password|pwd|sig|signature))=([^&\s;#]{8,4096})",
    re.IGNORECASE,
)
_NUMBER: Final = lazy_pattern(r"[-+]?[0-9][0-9.,:_eE+\-]*[a-zA-Z]{0,3}|0[xX][0-9A-Fa-f]{1,15}")
_MASK: Final = lazy_pattern(
    r"(.)\1*|[*x\u2022.#\-]+|<[^<>]*>|\$\{?.*|%[^%\s]+%|\[[A-Za-z _\-]+\]|\{\{.*"
)
_ROOTS: Final = words(
    """
    app boot code content data dev etc home kaggle lib media mnt nix nonexistent opt private proc
    root run secrets snap srv sys system tmp users usr var volumes work workspace
    """
)
_PATH: Final = lazy_pattern(r"(?:~|\.{1,2})[\\/].*|[A-Za-z]:[\\/].*|\\\\.*", re.DOTALL)
_PART: Final = lazy_pattern(r"[A-Za-z0-9+/_.~\-]{16,4096}={0,2}")
_SCHEME: Final = lazy_pattern(r"(?:Basic|Bearer|Token|token|Digest)\s+(\S.*)")
_LINES: Final = lazy_pattern(r"[\r\n]|\\n")


def secret_variables(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the secrets among the values of the environment's variables."""
    for name, raw in sorted(machine.environ.items())[:_MOST_VARIABLES]:
        value = raw.strip().strip("\"'")
        if len(value) < _SHORTEST or len(value) > _LONGEST_VALUE:
            continue
        for secret in islice(_of_value(machine, name, value), MOST_PARTS):
            # What is longer than a value may be is looked for in pieces.
            for at in range(0, len(secret), LONGEST):
                yield "secrets", secret[at : at + LONGEST]


def secret_name(name: str) -> bool:
    """Tell whether the name of a variable says that it holds a secret.

    >>> [secret_name(one) for one in ("DB_PASSWORD1", "PGPASSWORD", "PASSWORD_FILE", "AUTHOR")]
    [True, True, False, False]
    """
    parts = [part.lower() for part in _WORDS.findall(name)]
    if not parts or name.upper() in _NO_SECRETS:
        return False
    if "".join(parts).endswith(_ID_OF):
        return "secret" in parts and parts[-2:] == ["secret", "id"]
    while not _ends_in_secret(parts):
        if len(parts) == 1 or not (parts[-1] in _BEHIND or parts[-1].isdigit()):
            return False
        parts.pop()
    return parts[-1] != "token" or _NOT_TOKENS.isdisjoint(parts)


def _ends_in_secret(parts: list[str]) -> bool:
    ends = ("".join(parts[-count:]) for count in (1, 2, 3))
    return any(end in _SECRETS for end in ends) or parts[-1].endswith(_GLUED)


def _of_value(machine: Machine, name: str, value: str) -> Iterator[str]:
    """Give the secrets of one variable."""
    url = _URL.match(value)
    named = secret_name(name)
    if url is not None:
        yield from _of_url(url[1] or "", value, dsn=named)
    elif named and _LINES.search(value):
        yield from _parts(value)
    elif named and value[:1] in "{[":
        yield from _of_json(value)
    elif named:
        match = _SCHEME.fullmatch(value)
        secret = match[1] if match else value
        if ";" in secret and "=" in secret:  # AccountName=x;AccountKey=...
            yield from _parts(secret)
        if secret_text(machine, secret):
            yield secret
    elif _WORDS.findall(name)[-1:] in (["KEY"], ["key"], ["Key"]) and token_like(value):
        # A key of anything: only its value can tell.
        yield value


def _of_url(userinfo: str, url: str, *, dsn: bool) -> Iterator[str]:
    """Give the password of a URL, whatever the variable is called, and the key of a DSN."""
    yield from (value for kind, value in credentials(userinfo) if kind == "secrets")
    if dsn and len(userinfo) >= _SHORTEST_PART and ":" not in userinfo:
        yield userinfo
    for found in _QUERY.findall(url):
        yield from dict.fromkeys((found, unquote(found)))


def _of_json(text: str) -> Iterator[str]:
    import json

    try:
        waiting: deque[tuple[str, object]] = deque([("", json.loads(text))])
    except (ValueError, RecursionError):
        yield from _parts(text)
        return
    while waiting:
        key, value = waiting.popleft()
        if isinstance(value, dict):
            waiting += [(str(name), one) for name, one in value.items()]
        elif isinstance(value, list):
            waiting += [(key, one) for one in value]
        elif isinstance(value, str):
            if secret_name(key) and len(value) >= _SHORTEST and not _LINES.search(value):
                yield value
            else:
                yield from _parts(value)


def _parts(text: str) -> Iterator[str]:
    """Give what looks random in a longer text: the lines of a key, the keys of a document."""
    for part in _PART.findall(text.replace("\\n", "\n")):
        if len(part) >= _SHORTEST_PART and token_like(part):
            yield part


def secret_text(machine: Machine, value: str) -> bool:
    """Tell whether a value of a variable for a secret is one.

    Args:
        machine: what tells whether a path exists.
        value: the value, in one line.

    Returns:
        Whether it has eight characters and is no number, path, mask or word.
    """
    if len(value) < _SHORTEST or any(one.fullmatch(value) for one in (_NUMBER, _MASK, _PATH)):
        return False
    if value.startswith("/"):
        first = value.strip("/").partition("/")[0].casefold()
        if first in _ROOTS or machine.exists(value):
            return False
    parts = parts_of(value)
    if not parts or any(char.isdigit() for char in value):
        return True
    # `production`, `aws-secret-manager`: a choice of how to log in. Words of English with signs
    # between them are how people make passwords.
    if len(parts) == 1:
        return not (technical(parts[0]) or common_word(parts[0]))
    return not all(technical(part) for part in parts)
