"""
Values that a line break cuts in two: whether both halves together are what is looked for.

A hard break may stand between two things that have nothing to do with each other, so a key is one
only where both halves have its length together, and its alphabet. A soft break of quoted-printable
says itself that what is before it goes on.

Promise: what is refused has not the form, or is what the check for values in one piece refuses.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.email import email_address
from scrubber.validators.vendor_key import vendor_key

_BREAK: Final = lazy_pattern(r"=?\r?\n[ \t]*+")
_SOFT: Final = lazy_pattern(r"=\r?\n")
_CODE: Final = lazy_pattern(r"=([0-9A-F]{2})")
_ADDRESS: Final = lazy_pattern(
    r"[^@\s=]{1,128}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.[A-Za-z0-9]?){1,6}[A-Za-z]{1,24}[.]?"
)
# Forms whose length is fixed by their vendors.
_FIXED: Final = lazy_pattern(
    r"""
      A[KS]IA[A-Z0-9]{16} | AIza[\w-]{35} | gh[oprsu]_[A-Za-z0-9]{36}
    | github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59} | glpat-[\w-]{20}
    | glsa_[A-Za-z0-9]{32}_[0-9a-f]{8} | npm_[A-Za-z0-9]{36} | pul-[0-9a-f]{40}
    | rubygems_[0-9a-f]{48} | hf_[A-Za-z0-9]{34}
    | r8_[A-Za-z0-9]{37} | gsk_[A-Za-z0-9]{52} | sk-ant-[a-z]{3,5}[0-9]{2}-[\w-]{93}AA
    | [rs]k_live_(?:[A-Za-z0-9]{24}|[A-Za-z0-9]{99}) | SG\.[\w-]{22}\.[\w-]{43}
    | (?:SK|AC)[0-9a-f]{32} | dapi[0-9a-f]{32} | do[opr]_v1_[0-9a-f]{64}
    | dp\.(?:ct|pt|scim|st)\.[A-Za-z0-9]{40,44}
    | shp(?:at|ca|pa|ss)_[0-9A-Fa-f]{32} | shippo_(?:live|test)_[0-9A-Fa-f]{40}
    | sq0(?:atp|idp)-[\w-]{22} | sq0csp-[\w-]{43} | lin_api_[A-Za-z0-9]{40} | NRAK-[A-Z0-9]{27}
    | PMAK-[0-9a-f]{24}-[0-9a-f]{34} | figd_[\w-]{40} | sgp_[A-Za-z0-9]{64} | key-[0-9a-f]{32}
    | xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}
    """,
    re.VERBOSE | re.ASCII,
)
_LEAST_SOFT: Final = 20


def wrapped_address(value: str) -> bool:
    r"""Tell whether an address with line breaks in it is one without them.

    Args:
        value: the address.

    >>> wrapped_address("jane.doe@exam\n    ple.com"), wrapped_address("git@\nexample.com")
    (True, False)
    """
    return email_address(_BREAK.sub("", value))


def mail_coded_address(value: str) -> bool:
    r"""Tell whether an address in quoted-printable is one, and needs decoding.

    Args:
        value: the address; a dot may stand behind it.

    >>> mail_coded_address("jane@exa=\nmple=2Ecom"), mail_coded_address("jane@example.com")
    (True, False)
    """
    whole = _CODE.sub(lambda code: chr(int(code[1], 16)), _SOFT.sub("", value))
    return (
        "=" in value
        and _ADDRESS.fullmatch(whole) is not None
        and email_address(whole.removesuffix("."))
    )


def wrapped_key(value: str) -> bool:
    r"""Tell whether a vendor's key with a line break in it is one without it.

    Args:
        value: the key.

    Returns:
        Whether it has the vendor's form or, behind a soft break, may be random.

    >>> wrapped_key("AKIA" + "0" * 8 + "\nrejected")
    False
    """
    whole = _BREAK.sub("", value)
    if _FIXED.fullmatch(whole) is None and not (
        _SOFT.search(value) is not None and len(whole) >= _LEAST_SOFT
    ):
        return False
    return vendor_key(whole)
