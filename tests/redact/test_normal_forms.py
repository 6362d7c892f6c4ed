"""One value, one form; two values, two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact import normal_forms
from scrubber.redact.normal_forms import address_of, normal_form
from scrubber.wiring import load_ruleset

if TYPE_CHECKING:
    import ipaddress

E_ACUTE = "\N{LATIN SMALL LETTER E WITH ACUTE}"

SAME = [
    (
        "EMAIL_ADDRESS",
        [
            "jane@example.com",
            "Jane@Example.COM",
            "jane%40example.com",
            "jane%2540example.com",
            "jane&#64;example.com",
            "jane&commat;example.com",
            "jane\\u0040example.com",
            "jane\N{ZERO WIDTH SPACE}@example.com",
            "\x1b[31mjane@example.com\x1b[0m",
            " jane@example.com\t",
        ],
    ),
    (
        "IP_ADDRESS",
        ["2001:db8::1", "2001:DB8::1", "2001:db8:0:0::1", "[2001:db8::1]", "2001:0db8::0001"],
    ),
    ("IP_ADDRESS", ["fe80::1", "FE80::1%eth0", "fe80::1%25eth0", "fe80%3A%3A1"]),
    (
        "IP_ADDRESS",
        ["192.0.2.1", "192-0-2-1", "192%2E0.2.1", "::ffff:192.0.2.1", "::FFFF:c000:201"],
    ),
    (
        "MAC_ADDRESS",
        [
            "00:00:5e:00:53:af",
            "00-00-5E-00-53-AF",
            "0000.5e00.53af",
            "00005E0053AF",
            "0:0:5e:0:53:af",
            "00%3A00%3A5e%3A00%3A53%3Aaf",
        ],
    ),
    ("USERNAME", ["jane", "JANE", "Jane", "j%61ne", "\\x6aane"]),
    ("PERSON", [f"Ren{E_ACUTE} Doe", "Rene\N{COMBINING ACUTE ACCENT} DOE", "Ren%C3%A9 Doe"]),
    ("PERSON", ["Jane Stra\u00dfer", "JANE STRASSER", "Jane Stra\u1e9eer"]),
    ("HOSTNAME", ["lab-gpu01.example.org", "LAB-GPU01.EXAMPLE.ORG", "lab-gpu01.example.org."]),
    (
        "PHONE_NUMBER",
        ["+1 202 555 0123", "+1 (202) 555-0123", "001 202 555 0123", "%2B12025550123"],
    ),
    ("CREDIT_CARD", ["4000 0000 0000 0002", "4000-0000-0000-0002", "4000000000000002"]),
    ("IBAN_CODE", ["GB00 TEST 0000", "gb00test0000", "GB00-TEST-0000"]),
    ("US_SSN", ["000-12-3456", "000 12 3456", "000123456"]),
    ("FILE_PATH", ["/data/Jane/x", "%2Fdata%2FJane%2Fx", "\\/data\\/Jane\\/x"]),
    ("BADGE_ID", ["Badge 7", "badge 7"]),
]

DIFFERENT = [
    ("SECRET", ["pass", "Pass", "pass ", "p%61ss", "p\\x61ss"]),
    ("FILE_PATH", ["/data/jane", "/data/Jane"]),
    ("EMAIL_ADDRESS", ["jane@example.com", "jane@example.org", "j.ane@example.com"]),
    ("IP_ADDRESS", ["192.0.2.1", "192.0.2.11", "192.0.2.1/24", "192.0.2", "no address", ""]),
    ("MAC_ADDRESS", ["00:00:5e:00:53:af", "00:00:5e:00:53", "card", "cart", ""]),
    ("DATE_OF_BIRTH", ["1/11/1970", "11/1/1970"]),
    ("PHONE_NUMBER", ["call me", "call you", "+12025550123", "+12025550124"]),
    ("PHONE_NUMBER", ["00" + "5550123" * 2, "5550123" * 2]),
    ("CREDIT_CARD", ["no digits", "none"]),
    ("HOSTNAME", ["a", "b", "...", "."]),
]


@pytest.mark.parametrize(("entity", "values"), SAME)
def test_all_ways_to_write_a_value_have_one_form(entity: str, values: list[str]) -> None:
    """Escapes, case, accents, groups and notations say nothing about who it is."""
    forms = {normal_form(entity, value) for value in values}
    assert len(forms) == 1


@pytest.mark.parametrize(("entity", "values"), DIFFERENT)
def test_different_values_have_different_forms(entity: str, values: list[str]) -> None:
    """A form never takes more away than how a value is written."""
    forms = {normal_form(entity, value) for value in values}
    assert len(forms) == len(values)


ENTITIES = sorted({rule.entity for rule in load_ruleset().rules})


@given(st.sampled_from(ENTITIES), st.text() | st.text("0123456789abcdef:.-%\\ x"))
def test_every_text_has_a_form_and_no_text_a_false_one(entity: str, value: str) -> None:
    """Nothing raises; what is not empty has no empty form, which others would share."""
    form = normal_form(entity, value)
    visible = normal_form("BADGE_ID", value)
    assert bool(form) >= bool(visible)


def test_a_form_is_composed() -> None:
    """Small letters of some capitals come apart, and no text is written so."""
    assert normal_form("PERSON", "\u01f0ane") == "\u01f0ane"


def test_escapes_are_undone_as_deep_as_rules_look() -> None:
    """Three layers: what lies deeper was not found by its meaning either."""
    assert normal_form("USERNAME", "j%25252561ne") == "j%61ne"
    assert normal_form("USERNAME", "j%252561ne") == "jane"


@given(st.ip_addresses())
def test_every_address_is_read(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    """Short, long and in capitals."""
    assert address_of(address.exploded.upper()) == address
    assert address_of(str(address)) == address


def test_lists_name_entities_of_rules() -> None:
    """A misspelt entity would silently have the form of any other."""
    listed = {
        entity
        for group in ("_EXACT", "_CASED", "_DIGITS", "_CODES", "_READERS")
        for entity in getattr(normal_forms, group)
    }
    # Canonical paths have the entity, whatever rules there are.
    assert listed - set(ENTITIES) - {"FILE_PATH"} == set()
