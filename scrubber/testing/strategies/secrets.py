"""
Keys in the formats of their vendors, which are known wherever they stand.

Promise: every key is made up when it is drawn; the formats alone are written here, so that no
scanner of secrets stops at this file.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.testing.planting import Planted
from scrubber.testing.strategies.fills import fills

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

KEYS: Final = (
    "ghp_%{base62:36}",
    "github_pat_%{base62:22}_%{base62:59}",
    "glpat-%{base64url:20}",
    "hf_%{base62:34}",
    "AKIA%{base32:16}",
    "AIza%{base64url:35}",
    "GOCSPX-%{base64url:28}",
    "sk-proj-%{base64url:74}T3BlbkFJ%{base64url:74}",
    "sk-ant-api03-%{base64url:93}AA",
    "sk-or-v1-%{hex:64}",
    "gsk_%{base62:52}",
    "pplx-%{base62:48}",
    "xai-%{base62:80}",
    "lsv2_pt_%{hex:32}_%{hex:10}",
    "wandb_v1_%{base62:27}_%{base62:49}",
    "KGAT_%{hex:32}",
    "nvapi-%{base64url:64}",
    "xoxb-%{digits:12}-%{digits:13}-%{base62:24}",
    "xapp-1-A%{upper_alnum:10}-%{digits:13}-%{hex:64}",
    "sk_live_%{base62:24}",
    "rk_live_%{base62:24}",
    "whsec_%{base62:32}",
    "rzp_live_%{base62:14}",
    "npm_%{base62:36}",
    "pypi-AgEIcHlwaS5vcmc%{base64url:160}",
    "dckr_pat_%{base64url:27}",
    "sbp_%{hex:40}",
    "napi_%{alnum:64}",
    "AVNS_%{base64url:19}",
    "CCIPAT_%{base62:22}_%{hex:40}",
    "bkua_%{hex:40}",
    "HRKU-AA%{base64url:58}",
    "dp.pt.%{base62:43}",
    "pul-%{hex:40}",
    "hvs.%{base64url:95}",
    "AGE-SECRET-KEY-1%{upper_alnum:58}",
    "%{digits:10}:AA%{base62:33}",
    "PMAK-%{hex:24}-%{hex:34}",
    "sgp_%{hex:40}",
)
"""The formats, with fills."""

_TAIL: Final = 12
_LINE: Final = 64


def _key(text: str) -> Planted:
    middle = len(text) // 2
    length = min(_TAIL, middle)
    return Planted("SECRET", text, (text[-length:], text[middle - length : middle]))


def _token(subject: str, signature: str) -> Planted:
    def part(text: str) -> str:
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    head = part('{"alg":"HS256","typ":"JWT"}')
    payload = part(f'{{"sub":"{subject}","iat":1769846400}}')
    return Planted("SECRET", f"{head}.{payload}.{signature}", (payload, signature))


def _private(kind: str, body: str) -> Planted:
    lines = [body[at : at + _LINE] for at in range(0, len(body), _LINE)]
    edges = [f"-----{word} {kind}PRIVATE KEY-----" for word in ("BEGIN", "END")]
    return Planted("SECRET", "\n".join((edges[0], *lines, edges[1])), (lines[0], lines[-1]))


def vendor_keys() -> SearchStrategy[Planted]:
    """Give keys of vendors, each of one line."""
    return fills(*KEYS).map(_key)


def secrets() -> SearchStrategy[Planted]:
    """Give keys of forty vendors, web tokens and private keys, each recognisable by itself.

    A password has no format: `planted("SECRET")` puts one beside its key.

    Returns:
        Each with its last characters and the end of its first half, the payload of a web token or a
        line of a private key.

    >>> from hypothesis import find
    >>> one = find(secrets(), lambda one: True)
    >>> one, len(one.value), one.value[:4]
    (Planted(entity='SECRET'), 40, 'ghp_')
    """
    return st.one_of(
        vendor_keys(),
        st.builds(_token, fills("%{digits:10}"), fills("%{base64url:43}")),
        st.builds(
            _private, st.sampled_from(("", "RSA ", "EC ", "OPENSSH ")), fills("%{base64:228}")
        ),
    )


_WORDS: Final = (
    "%{alnum:9}",
    "%{base62:7}!%{base62:6}",
    "zimtovar-%{lower:8}",
    "%{hex:32}",
    "Kx7%{base62:17}#",
)


def passwords() -> SearchStrategy[Planted]:
    """Give passwords, which only what stands beside them tells from other words.

    >>> from hypothesis import find
    >>> find(passwords(), lambda one: True)
    Planted(entity='SECRET')
    """
    return fills(*_WORDS).map(lambda text: Planted("SECRET", text))
