"""
Addresses of mailboxes, as people and companies form them.

Promise: every domain is reserved by RFC 2606, so that no address can be anybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from scrubber.testing.planting import Planted

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_GIVEN: Final = ("jane", "amara", "zdenka", "thuy", "bj\u00f6rn", "in\u00e8s", "yusuf", "kelechi")
_FAMILY: Final = ("doevale", "okonkwor", "m\u00fcllerin", "kowalskaja", "nguyenova", "brandtsson")
_FORMS: Final = (
    "{given}.{family}",
    "{family}",
    "{given}_{family}{number}",
    "{initial}{family}",
    "{family}-{given}",
    "{given}.{family}+lab{number}",
    "{Family}.{Given}",
    "{GIVEN}{number}",
)
_DOMAINS: Final = (
    "example.com",
    "example.org",
    "example.net",
    "mail.example.com",
    "gpu-lab.cs.example.org",
    "corp.example",
    "b\u00fccher.example",
    "xn--bcher-kva.example",
    "EXAMPLE.COM",
)


def _mailbox(form: str, given: str, family: str, number: int, domain: str) -> Planted:
    local = form.format(
        given=given,
        family=family,
        number=number,
        initial=given[0],
        Given=given.capitalize(),
        Family=family.capitalize(),
        GIVEN=given.upper(),
    )
    untagged = local.partition("+")[0]
    return Planted("EMAIL_ADDRESS", f"{local}@{domain}", tuple(dict.fromkeys((local, untagged))))


def emails() -> SearchStrategy[Planted]:
    """Give addresses of mailboxes: dots, tags, accents, capitals, domains in letters and Punycode.

    Returns:
        Each with its local part, which tells who it is by itself, also without its tag.

    >>> from hypothesis import find
    >>> find(emails(), lambda one: True).value
    'jane.doevale@example.com'
    """
    return st.builds(
        _mailbox,
        st.sampled_from(_FORMS),
        st.sampled_from(_GIVEN),
        st.sampled_from(_FAMILY),
        st.integers(1, 9999),
        st.sampled_from(_DOMAINS),
    )
