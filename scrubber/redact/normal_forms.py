r"""
What is the same is written the same, before it becomes a pseudonym.

`Jane@Example.COM`, `jane%40example.com` and `jane&#64;example.com` are one mailbox, `2001:DB8::1`
and `2001:db8:0:0::1` one address. A pseudonym of the text as it stands would make them three and
two, and a report could not be read.

Promise: a text always has a form, and what is not read as its entity's kind keeps its own text, so
that values nobody understands are never taken for one another. A secret is taken exactly: two
passwords that differ in case are two.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from scrubber.decoding import DEPTH, decode_layer
from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Callable
    from ipaddress import IPv4Address, IPv6Address

_EXACT: Final = frozenset({"SECRET"})
# Files whose names differ in case are two where they come from, more often than not.
_CASED: Final = frozenset({"FILE_NAME", "FILE_PATH"})
_DIGITS: Final = frozenset({"CREDIT_CARD", "ICCID", "IMEI", "IMSI", "PHONE_NUMBER"})
# Numbers that are printed in groups, some with letters: what divides the groups says nothing.
_CODES: Final = frozenset(
    """
    ABA_ROUTING_NUMBER AR_CUIT AT_SVNR AU_ABN AU_ACN AU_MEDICARE AU_TFN BE_NRN BG_EGN BR_CNPJ BR_CPF
    CA_SIN CH_AHV CL_RUT CN_RESIDENT_ID CZ_BIRTH_NUMBER DE_HEALTH_INSURANCE DE_ID_CARD
    DE_SOCIAL_SECURITY DE_TAX_ID DK_CPR DRIVER_LICENSE EE_LT_PERSONAL_CODE ES_NIE ES_NIF
    FI_PERSONAL_IDENTITY_CODE FR_NIR HR_OIB IBAN_CODE IE_PPS IL_ID IN_AADHAAR IN_PAN IT_FISCAL_CODE
    IT_VAT_CODE JP_MY_NUMBER KR_RRN MEDICAL_LICENSE MEDICAL_RECORD MX_CURP NL_BSN NO_FODSELSNUMMER
    NZ_IRD NZ_NHI PASSPORT PL_PESEL PT_NIF RO_CNP SE_PERSONNUMMER SG_NRIC_FIN TH_TNIN TR_TCKN
    TW_NATIONAL_ID UK_DRIVING_LICENCE UK_NHS UK_NINO US_ITIN US_NPI US_SSN ZA_ID_NUMBER
    """.split()  # noqa: SIM905  # a table of names reads better than a list of strings
)

_NOT_HEX: Final = lazy_pattern(r"[^0-9a-f]")
_DASHED: Final = lazy_pattern(r"[0-9]{1,3}(?:-[0-9]{1,3}){3}")
_HARDWARE_BYTES: Final = (6, 8, 20)
"""Bytes of hardware addresses: Ethernet, EUI-64, InfiniBand."""
_ABROAD: Final = "00"
_LONGEST_PHONE: Final = 15
"""Digits of the longest telephone number (ITU-T E.164, section 6.1)."""


def normal_form(entity: str, value: str) -> str:
    """Give the one text that stands for all ways to write a value.

    Args:
        entity: what the value is.
        value: the text as it was found, escapes and all.

    Returns:
        Its normal form; equal forms of one entity are one thing.

    >>> normal_form("EMAIL_ADDRESS", "Jane%40Example.COM")
    'jane@example.com'
    >>> normal_form("IP_ADDRESS", "2001:DB8:0:0::1")
    '2001:db8::1'
    """
    if entity in _EXACT:
        return value
    text = _plain(value)
    if entity in _CASED:
        return text
    folded = unicodedata.normalize("NFC", text.casefold())
    read = _READERS.get(entity)
    return (read(folded) if read else "") or folded


def address_of(text: str) -> IPv4Address | IPv6Address | None:
    """Read an IP address, in brackets, with a zone or with dashes too.

    Args:
        text: the text as it was found.

    Returns:
        The address without its zone, or None if it is none.

    >>> address_of("ip 192.0.2.1"), address_of("[2001:DB8::1%25eth0]")
    (None, IPv6Address('2001:db8::1'))
    """
    from ipaddress import ip_address

    text = _plain(text).removeprefix("[").removesuffix("]").partition("%")[0]
    if _DASHED.fullmatch(text):
        text = text.replace("-", ".")
    try:
        return ip_address(text)
    except ValueError:
        return None


def _plain(value: str) -> str:
    """Undo escapes, compose accents, trim."""
    for _ in range(DEPTH):
        view = decode_layer(value)
        if view is None or view.text == value:
            break
        value = view.text
    return unicodedata.normalize("NFC", value).strip()


def _address(text: str) -> str:
    address = address_of(text)
    # ::ffff:192.0.2.1 is what a socket of both versions calls 192.0.2.1.
    return str(getattr(address, "ipv4_mapped", None) or address or "")


def _hardware(text: str) -> str:
    # Leading zeros are left out by some: 0:0:5e:0:53:1.
    pairs = text.split(":")
    full = "".join(pair.zfill(2) for pair in pairs) if len(pairs) in _HARDWARE_BYTES else text
    digits = _NOT_HEX.sub("", full)
    return digits if len(digits) in {2 * size for size in _HARDWARE_BYTES} else ""


def _host(text: str) -> str:
    return text.rstrip(".")


def _phone(text: str) -> str:
    digits = _digits(text)
    # 0044 20 ... is how one dials +44 20 ...
    return digits.removeprefix(_ABROAD) if len(digits) <= _LONGEST_PHONE else digits


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _code(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


_READERS: Final[dict[str, Callable[[str], str]]] = {
    **dict.fromkeys(_CODES, _code),
    **dict.fromkeys(_DIGITS, _digits),
    "PHONE_NUMBER": _phone,
    "IP_ADDRESS": _address,
    "MAC_ADDRESS": _hardware,
    "HOSTNAME": _host,
}
