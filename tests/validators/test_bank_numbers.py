"""IBANs and the numbers of the United States."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.validators.iban import iban_code
from scrubber.validators.us_numbers import us_itin, us_ssn

CHARACTERS = string.digits + string.ascii_uppercase

# The examples of the registry.
PUBLISHED = [
    "AD12 0001 2030 2003 5910 0100",
    "AT61 1904 3002 3457 3201",
    "BE68 5390 0754 7034",
    "BR18 0036 0305 0000 1000 9795 493C 1",
    "CH93 0076 2011 6238 5295 7",
    "DE89 3704 0044 0532 0130 00",
    "ES91 2100 0418 4502 0005 1332",
    "FR14 2004 1010 0505 0001 3M02 606",
    "GB82 WEST 1234 5698 7654 32",
    "IT60 X054 2811 1010 0000 0123 456",
    "LC55 HEMM 0001 0001 0012 0012 0002 3015",
    "MT84 MALT 0110 0001 2345 MTLC AST0 01S",
    "NL91 ABNA 0417 1643 00",
    "NO93 8601 1117 947",
    "SE45 5000 0000 0583 9825 7466",
    "TR33 0006 1005 1978 6457 8413 26",
]


def with_check_digits(country: str, account: str) -> str:
    """Put the check digits in, computed as ISO 13616 says it in words."""
    turned = "".join(str(CHARACTERS.index(one)) for one in f"{account}{country}00")
    return f"{country}{98 - int(turned) % 97:02}{account}"


@pytest.mark.parametrize("iban", PUBLISHED)
def test_published_numbers_are_accepted_however_they_are_written(iban: str) -> None:
    """In groups, bare, with dashes, in small letters; not when a character is missing."""
    bare = iban.replace(" ", "")
    assert all(map(iban_code, (iban, bare, bare.lower(), iban.replace(" ", "-"))))
    assert not iban_code(bare[:-1])
    assert not iban_code(bare + "0")
    assert not iban_code("ZZ" + bare[2:])


@given(account=st.text(CHARACTERS, min_size=18, max_size=18), data=st.data())
def test_every_wrong_digit_of_an_iban_shows(account: str, data: st.DataObject) -> None:
    """A number with its check digits is accepted, and with another digit it is not."""
    iban = with_check_digits("GB", account)
    assert iban_code(iban)
    place = data.draw(st.integers(2, len(iban) - 1))
    other = data.draw(st.sampled_from([one for one in string.digits if one != iban[place]]))
    if iban[place].isdigit():
        assert not iban_code(iban[:place] + other + iban[place + 1 :])


@pytest.mark.parametrize(
    ("text", "given_out"),
    [
        ("078-05-1120", True),
        ("219 09 9999", True),
        ("899999999", True),
        ("000-05-1120", False),
        ("666-05-1120", False),
        ("900-05-1120", False),
        ("999-05-1120", False),
        ("078-00-1120", False),
        ("078-05-0000", False),
        ("78-05-1120", False),
        ("078-05-112x", False),
    ],
)
def test_social_security_numbers_that_were_never_given_are_refused(
    text: str,
    given_out: bool,  # noqa: FBT001  # what is expected
) -> None:
    """Areas, groups and serials of zeros, area 666 and those from 900."""
    assert us_ssn(text) is given_out


@pytest.mark.parametrize("group", range(100))
def test_taxpayer_numbers_have_a_group_that_is_given(group: int) -> None:
    """From 50 to 99 without 66 to 69, 89 and 93."""
    expected = group >= 50 and group not in (66, 67, 68, 69, 89, 93)
    assert us_itin(f"900-{group:02}-0000") is expected
    assert not us_itin(f"800-{group:02}-0000")
