"""
Checks a pattern cannot make: one a file, by name, for the `validators` of rules.

A check takes the text of a match and says whether it can be what the rule looks for. It refuses
only with a reason, since what it refuses stays in the output.

Promise: every check is a pure function, takes any string (empty, lone surrogates, a megabyte)
without raising, and needs time linear in its length.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from scrubber.validators.account import personal_account
from scrubber.validators.aws import aws_secret
from scrubber.validators.card import card_number
from scrubber.validators.email import email_address
from scrubber.validators.flag import flag_value
from scrubber.validators.ipv4 import ipv4, ipv4_dashed, ipv4_special, ipv4_version_like
from scrubber.validators.ipv6 import ipv6, ipv6_special
from scrubber.validators.mac import mac_address
from scrubber.validators.secret import secret_literal, secret_value
from scrubber.validators.secret_like import secret_like, token_like
from scrubber.validators.userinfo import url_user, userinfo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VALIDATORS: Final[Mapping[str, Callable[[str], bool]]] = MappingProxyType(
    {
        "aws_secret": aws_secret,
        "card_number": card_number,
        "email_address": email_address,
        "flag_value": flag_value,
        "ipv4": ipv4,
        "ipv4_dashed": ipv4_dashed,
        "ipv4_special": ipv4_special,
        "ipv4_version_like": ipv4_version_like,
        "ipv6": ipv6,
        "ipv6_special": ipv6_special,
        "mac_address": mac_address,
        "personal_account": personal_account,
        "secret_like": secret_like,
        "secret_literal": secret_literal,
        "secret_value": secret_value,
        "token_like": token_like,
        "url_user": url_user,
        "userinfo": userinfo,
    }
)
"""Every check, by the name rules call it."""
