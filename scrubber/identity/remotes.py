"""
What the address of a git remote says: who owns the repository, who asks for it, with which secret.

Promise: organisations and pages that everybody knows are no owners (`github.com/pytorch` stays in
a report), and `git@` is no account.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.hub_owner import hub_owner
from scrubber.validators.secret_like import token_like
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

_URL: Final = lazy_pattern(
    r"(?:git\+)?(?:https?|ssh|git|ftps?)://(?:([^/@\s]*)@)?([^/\s]*)/?(.*)", re.IGNORECASE
)
# jdoe@host:owner/repo.git; a drive has one letter, and no dot before the colon.
_SCP: Final = lazy_pattern(r"(?:([^@/:\s]+)@)([^@/:\s]{2,253}):(.*)")
_PERCENT: Final = lazy_pattern(r"%([0-9A-Fa-f]{2})")

# Accounts that say how to get in, and not who.
_NOBODYS: Final = words(
    """
    git gitlab-ci-token hg oauth oauth2 private-token svn x-access-token x-oauth-basic
    x-token-auth
    """
)
# Segments before an owner's.
_PREFIXES: Final = words("_git api bitbucket git gitea gitlab gists p r repos scm v3")
_MOST_OWNERS: Final = 2
_SHORTEST_SECRET: Final = 8


def remote(url: str) -> Iterator[tuple[str, str]]:
    """Give what the address of a remote tells.

    Args:
        url: the address, of HTTP, SSH or the short form of SSH.

    Yields:
        Kinds and values: `owners`, `accounts`, `secrets`.

    >>> list(remote("git@git.example.com:jdoe/yolo.git"))
    [('owners', 'jdoe')]
    """
    match = _URL.match(url.strip()) or _SCP.match(url.strip())
    if match is None:
        return
    user, _, path = match.groups(default="")
    yield from credentials(user)
    segments = [one for one in path.partition("?")[0].split("/") if one]
    while segments and segments[0].casefold() in _PREFIXES:
        segments.pop(0)
    for segment in segments[:-1][:_MOST_OWNERS]:
        owner = unquote(segment).removeprefix("~")
        if owner.casefold() not in _PREFIXES and hub_owner(owner):
            yield "owners", owner


def credentials(userinfo: str) -> Iterator[tuple[str, str]]:
    """Give the account and the secret of what stands before the `@` of a URL."""
    user, has_password, password = userinfo.partition(":")
    yield from _secret(password)
    plain = unquote(user)
    if token_like(plain) and password in ("", "x-oauth-basic"):
        yield from _secret(user)
    elif plain.casefold() not in _NOBODYS and (has_password or plain):
        yield "accounts", plain


def _secret(raw: str) -> Iterator[tuple[str, str]]:
    if raw.casefold() in _NOBODYS:
        return
    for form in dict.fromkeys((raw, unquote(raw))):
        if len(form) >= _SHORTEST_SECRET:
            yield "secrets", form


def unquote(text: str) -> str:
    """Undo the escapes of a URL.

    >>> unquote("Jane%20Doe")
    'Jane Doe'
    """
    if "%" not in text:
        return text
    # Byte by byte, as urllib.parse does, which costs 4 ms to import.
    raw = _PERCENT.sub(lambda found: chr(0xDC00 + int(found[1], 16)), text)
    raw = re.sub(r"[\uDC00-\uDC7F]", lambda found: chr(ord(found[0]) - 0xDC00), raw)
    try:
        return raw.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a pair, as Windows allows in a variable
        return text
