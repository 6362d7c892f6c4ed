"""The journal of systemd: field for field as before, without machine and people."""

from __future__ import annotations

import gzip
import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.archive.formats.journal import Field, read_fields, written
from scrubber.errors import InputError
from tests.archive.scrubbing import scrubbed, settled

FIRST = "__CURSOR=s=ab;i=1;b=cd\n__REALTIME_TIMESTAMP=1764000000000000\n"


def sized(name: str, value: bytes) -> bytes:
    """Write a field with its length."""
    return name.encode() + b"\n" + struct.pack("<Q", len(value)) + value + b"\n"


@pytest.mark.parametrize(
    ("field", "done"),
    [
        (b"_HOSTNAME=gpu0\n", b"_HOSTNAME=[host]\n"),
        (b"_MACHINE_ID=" + b"a" * 32 + b"\n", b"_MACHINE_ID=" + b"0" * 32 + b"\n"),
        (b"_UID=1000\n_PID=123456\n",) * 2,
        (b"PASSWORD=x\n", b"PASSWORD=[secret]\n"),
        (
            b"_CMDLINE=a --token hunter2x /home/jane\n",
            b"_CMDLINE=a --token [secret] /home/[user]\n",
        ),
        (b"MESSAGE=mail jane@example.com\n", b"MESSAGE=mail [email]\n"),
        (b"MESSAGE=\n",) * 2,
        (sized("MESSAGE", b"a\njane@example.com"), sized("MESSAGE", b"a\n[email]")),
        (sized("MESSAGE", b"caf\xe9\xff\n"),) * 2,
        (sized("COREDUMP", b"\x7fELF\0jane\0"), sized("COREDUMP", b"[bytes]")),
        (b"SYSLOG_IDENTIFIER=sshd\nPRIORITY=6\n",) * 2,
    ],
)
def test_fields_are_scrubbed_under_their_names(field: bytes, done: bytes) -> None:
    """Whether they are written with their length or without; packed, too."""
    assert FIRST.encode() + done + b"\n" == settled(FIRST.encode() + field + b"\n", "x")
    packed = settled(gzip.compress(FIRST.encode() + field + b"\n"), "x.gz")
    assert FIRST.encode() + done + b"\n" == gzip.decompress(packed)


def test_findings_have_their_hour() -> None:
    """That of their entry."""
    later = FIRST.replace("1764000000", "1764007200")
    data = f"{FIRST}MESSAGE=a@example.com\n\n{later}MESSAGE=b@example.com\n\n".encode()
    _, _, found = scrubbed(data, "x")
    assert dict(found.hours) == {"2025-11-24T16": 1, "2025-11-24T18": 1}
    assert found.lines == 2


@pytest.mark.parametrize("cut", [60, 75, 90, 100, 110])
def test_what_is_cut_off_is_an_error(cut: int) -> None:
    """Wherever that is."""
    data = FIRST.encode() + sized("MESSAGE", b"x" * 40) + b"\n"
    with pytest.raises(InputError, match="is cut off or damaged"):
        scrubbed(data[:cut], "x")


def test_a_length_without_end_is_an_error() -> None:
    """It is not read to see."""
    data = FIRST.encode() + b"MESSAGE\n" + struct.pack("<Q", 1 << 62) + b"x\n"
    with pytest.raises(InputError, match="longer than 64 MiB"):
        scrubbed(data, "x")


NAMES = st.from_regex(r"[A-Z][A-Z_]{0,8}", fullmatch=True)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(NAMES, st.binary(max_size=30), st.booleans()), max_size=8))
def test_any_fields_come_back(fields: list[tuple[str, bytes, bool]]) -> None:
    """As many, of the same names."""
    made = [Field(name, value, sized or b"\n" in value) for name, value, sized in fields]
    data = b"".join(map(written, made))
    assert made == list(read_fields(io.BytesIO(data)))
    done = settled(FIRST.encode() + b"PRIORITY=6\n" + data + b"\n", "x")
    again = list(read_fields(io.BytesIO(done)))[3:-1]
    assert [(name, sized) for name, _, sized in made] == [(name, sized) for name, _, sized in again]
