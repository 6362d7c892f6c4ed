"""Each value is what it says, by a check that has nothing to do with how it was made."""

from __future__ import annotations

import ast
import ipaddress
import re
import struct
import zlib
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from scrubber.testing.leaks import leaks
from scrubber.testing.strategies import (
    emails,
    encoded,
    home_paths,
    image_blobs,
    ip_addresses,
    person_names,
    secrets,
    sentry_events,
    usernames,
)
from scrubber.testing.strategies.addresses import mac_addresses
from scrubber.testing.strategies.cast import casts
from scrubber.testing.strategies.fills import fills
from scrubber.testing.strategies.images import arrays, written
from scrubber.testing.strategies.numbers import cards, ibans, phones
from scrubber.testing.strategies.pictures import FORMATS
from scrubber.testing.strategies.secrets import KEYS, passwords, vendor_keys

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from scrubber.testing import Planted

FEW = settings(max_examples=12)
EVERY = {
    "ARRAY_DATA": arrays(),
    "CREDIT_CARD": cards(),
    "EMAIL_ADDRESS": emails(),
    "IBAN_CODE": ibans(),
    "IMAGE_DATA": image_blobs(),
    "IP_ADDRESS": ip_addresses(),
    "MAC_ADDRESS": mac_addresses(),
    "PERSON": person_names(),
    "PHONE_NUMBER": phones(),
    "SECRET": secrets() | passwords(),
    "USERNAME": usernames() | home_paths(),
}
FOR_TESTS = {"424242", "555555", "378282", "601111", "400000", "222300", "371449"}
FOR_DOCUMENTATION = [
    ipaddress.ip_network(one)
    for one in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")
]


@pytest.mark.parametrize("entity", EVERY)
def test_every_value_says_what_it_is_and_holds_its_parts(entity: str) -> None:
    """A part is in the value, is not all of it, and the `repr` shows neither."""

    @FEW
    @given(EVERY[entity])
    def check(one: Planted) -> None:
        assert one.entity == entity
        assert one.value
        assert all(part and part in one.value and part != one.value for part in one.parts)
        assert repr(one) == f"Planted(entity={entity!r})"

    check()


@pytest.mark.parametrize("entity", EVERY)
def test_the_same_seed_gives_the_same_values(entity: str) -> None:
    """What a failing run of a CI saw, the next sees again."""
    runs: list[list[Planted]] = [[], []]

    def collect(seen: list[Planted]) -> None:
        @settings(max_examples=10, derandomize=True, database=None)
        @given(EVERY[entity])
        def look(one: Planted) -> None:
            seen.append(one)

        look()

    for seen in runs:
        collect(seen)
    assert runs[0] == runs[1]


@FEW
@given(emails())
def test_mailboxes_are_of_reserved_domains(one: Planted) -> None:
    """RFC 2606: nobody reads mail there."""
    local, _, domain = one.value.rpartition("@")
    assert one.parts == tuple(dict.fromkeys((local, local.partition("+")[0])))
    assert re.fullmatch(r"(?:.+\.)?example(?:\.com|\.org|\.net)?", domain.lower())


@FEW
@given(ip_addresses())
def test_addresses_are_for_documentation(one: Planted) -> None:
    """RFC 5737 and RFC 3849; an address mapped into the newer version is one as well."""
    address = ipaddress.ip_address(one.value)
    mapped = getattr(address, "ipv4_mapped", None)
    assert any((mapped or address) in network for network in FOR_DOCUMENTATION)


@FEW
@given(mac_addresses())
def test_network_cards_are_for_documentation(one: Planted) -> None:
    """RFC 7042: 00-00-5E-00-53-00 to FF."""
    assert re.fullmatch(r"00005e0053[0-9a-f]{2}", re.sub(r"[.:-]", "", one.value))


@FEW
@given(cards())
def test_cards_pass_luhn(one: Planted) -> None:
    """Computed as the standard writes it, digit by digit from the right."""
    total = 0
    for at, digit in enumerate(reversed([int(one) for one in one.value if one.isdigit()])):
        doubled = digit * 2
        total += digit if at % 2 == 0 else doubled // 10 + doubled % 10
    assert total % 10 == 0
    assert one.value.replace(" ", "").replace("-", "")[:6] in FOR_TESTS


@FEW
@given(ibans())
def test_accounts_of_banks_pass_modulo_97(one: Planted) -> None:
    """ISO 13616: the first four to the end, letters to numbers, the rest of the division is 1."""
    plain = one.value.replace(" ", "")
    lengths = {"DE": 22, "NL": 18, "GB": 22, "FR": 27, "PL": 28}
    assert len(plain) == lengths[plain[:2]]
    moved = plain[4:] + plain[:4]
    assert int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


@FEW
@given(phones())
def test_telephones_are_of_the_range_for_fiction(one: Planted) -> None:
    """555-0100 to 555-0199."""
    assert re.search(r"55501[0-9]{2}$", re.sub(r"\D", "", one.value))


@FEW
@given(home_paths())
def test_the_owner_stands_in_the_path(one: Planted) -> None:
    """As a whole segment, or as the first part of a bucket."""
    (owner,) = one.parts
    segments = re.split(r"[\\/]+", one.value)
    assert owner in segments or f"{owner}-bucket" in segments


STRATEGIES = {**EVERY, "Sample": encoded(emails()), "event": sentry_events(), "cast": casts()}


@pytest.mark.parametrize("name", STRATEGIES)
def test_hypothesis_prints_no_value(name: str) -> None:
    """Its own printer shows fields of data classes whatever their `repr` leaves out."""
    drawn = []

    @settings(max_examples=1, database=None, phases=[Phase.generate])
    @given(st.data())
    def fail(data: st.DataObject) -> None:
        drawn.append(data.draw(STRATEGIES[name]))
        raise RuntimeError

    with pytest.raises(RuntimeError) as caught:
        fail()
    notes = "\n".join(caught.value.__notes__)
    assert f"Draw 1: {drawn[-1]!r}" in notes.replace("\n ", "")
    assert "value=" not in notes
    assert "content=" not in notes
    assert "boxes=" not in notes


@FEW
@given(vendor_keys())
def test_half_a_key_is_told(one: Planted) -> None:
    """Whichever half is left: a scrubber that ends too early is seen."""
    half = len(one.value) // 2
    halves = one.value[:half], one.value[half:]
    assert [bool(leaks(left, [one])) for left in halves] == [True, True]


@FEW
@given(ip_addresses())
def test_an_address_is_seen_without_its_zone_or_its_end(one: Planted) -> None:
    """What is left of it tells where the machine stands."""
    text = one.value.partition("%")[0]
    assert leaks(f"see {text} now", [one])
    if "." in text:
        assert leaks(f"see {text.rpartition('.')[0]} now", [one])


def test_accounts_and_people_are_of_many_groups() -> None:
    """Accents, hyphens, dots, digits, other scripts, particles, apostrophes, words."""
    seen: dict[str, set[str]] = {"account": set(), "person": set()}

    @settings(max_examples=200, derandomize=True, database=None)
    @given(usernames(), person_names())
    def collect(account: Planted, person: Planted) -> None:
        seen["account"].add(account.value)
        seen["person"].add(person.value)

    collect()
    accounts, people = ("\n".join(sorted(seen[kind])) for kind in ("account", "person"))
    for wanted in ("(?m)^will$", r"\w-\w", r"\w\.\w", "[0-9]", "\u00f6", "[\u0430-\u044f]"):
        assert re.search(wanted, accounts), wanted
    scripts = (
        "[\u0430-\u044f]",
        "[\u0621-\u064a]",
        "[\u4e00-\u9fff]",
        "[\uac00-\ud7a3]",
        "[\u03b1-\u03c9]",
    )
    for wanted in (*scripts, " van der ", "O'", r"\w-\w", "\u00eb", "Will "):
        assert re.search(wanted, people), wanted


@pytest.mark.parametrize("template", KEYS)
def test_a_key_begins_as_its_vendor_says_and_differs_each_time(template: str) -> None:
    """Only the fills are drawn."""
    prefix = template.partition("%")[0]
    seen = set()

    @settings(max_examples=5, database=None)
    @given(fills(template))
    def collect(key: str) -> None:
        assert key.startswith(prefix)
        seen.add(key)

    collect()
    assert len(seen) > 1


def test_secrets_are_keys_tokens_and_private_keys() -> None:
    """Each kind is drawn; a web token's parts decode, a private key has its lines."""
    seen: set[str] = set()

    @settings(max_examples=100, derandomize=True, database=None)
    @given(secrets())
    def collect(one: Planted) -> None:
        if one.value.startswith("-----BEGIN "):
            seen.add("private")
            assert one.value.count("\n") >= 4
        elif one.value.startswith("eyJ"):
            seen.add("token")
            head = one.value.partition(".")[0]
            assert b64decode(head + "=" * (-len(head) % 4)) == b'{"alg":"HS256","typ":"JWT"}'
        else:
            seen.add("key")

    collect()
    assert seen == {"private", "token", "key"}


def opened(kind: str, data: bytes) -> tuple[int, int]:
    """Read the size of a picture, and check what can be checked of its pixels."""
    if kind == "png":
        assert data[:16] == b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
        size = struct.unpack(">II", data[16:24])
        body = data[data.index(b"IDAT") + 4 : data.index(b"IEND") - 8]
        assert len(zlib.decompress(body)) == size[1] * (3 * size[0] + 1)
        return size
    if kind == "bmp":
        assert data[:2] == b"BM"
        assert struct.unpack("<I", data[2:6])[0] == len(data)
        return struct.unpack("<ii", data[18:26])
    if kind == "gif":
        assert (data[:6], data[-1:]) == (b"GIF89a", b";")
        return struct.unpack("<HH", data[6:10])
    assert (data[:2], data[-2:]) == (b"\xff\xd8", b"\xff\xd9")
    frame = data.index(b"\xff\xc0")
    height, width = struct.unpack(">HH", data[frame + 5 : frame + 9])
    return width, height


@FEW
@given(st.sampled_from(sorted(FORMATS)), st.integers(1, 20), st.integers(1, 20), st.randoms())
def test_pictures_are_whole_files(kind: str, width: int, height: int, draw: object) -> None:
    """Each format says its own size; other programs opened them when they were written."""
    data = FORMATS[kind](draw, width, height)  # type: ignore[arg-type]  # Hypothesis's own Random
    assert opened(kind, data) == (width, height)


def test_a_picture_is_written_in_every_form() -> None:
    """And read back from it."""
    data = bytes(range(256))
    assert bytes.fromhex(written("png", "hex", data)) == data
    assert ast.literal_eval(written("png", "repr", data)) == data
    assert b64decode(written("png", "base64", data)) == data
    assert b64decode(written("png", "lines", data)) == data
    assert max(map(len, written("png", "lines", data).splitlines())) == 76
    assert b64decode(ast.literal_eval(written("png", "literals", data))) == data
    assert "'\n " in written("png", "literals", data)
    assert (
        b64decode(written("png", "data_uri", data).removeprefix("data:image/png;base64,")) == data
    )


def shrunk(strategy: SearchStrategy[Planted]) -> str:
    """Give the simplest value."""
    from hypothesis import find

    return find(strategy, lambda one: True).value  # noqa: ARG005


def test_values_shrink_to_the_plainest() -> None:
    """A failure shows a plain value, not the oddest."""
    assert shrunk(emails()) == "jane.doevale@example.com"
    assert shrunk(ip_addresses()) == "192.0.2.1"
    assert shrunk(usernames()) == "vexlora"
    assert shrunk(person_names()) == "Jane Doevale"
    assert shrunk(home_paths()) == "/home/vexlora/train.py"
