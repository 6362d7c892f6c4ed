"""What may stand unscanned, by the grammar of its place: `scrubber.units.grammars`."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.units.grammars import GRAMMARS, code_name, fits

HEX = "0123456789abcdef"
UUID = "c0bcc3f1-9827-fe65-3058-404b2831d9e6"

FITTING = {
    "cron": ["* * * * *", "0 */4 * * MON-FRI", "@daily", "0 0 L * ?"],
    "dsn": ["https://k3y@o1.ingest.example.com/42", "http://k@127.0.0.1:8000/a/7"],
    "enum": ["event", "transaction", "warning", "python", "sessions"],
    "hex": ["0x7f3e1000", "0xABCDEF", "18446744073709551615"],
    "id": [HEX, HEX * 2, HEX.upper(), f"{HEX}{HEX}1f", UUID, f"{UUID}-1", UUID.upper()],
    "media": ["application/json", "text/plain; charset=utf-8", "image/svg+xml"],
    "number": ["0", "-1", "+2.5", "1e-9", "4294967296", "0.12345678901234567"],
    "time": [
        "2026-01-31",
        "2026-01-31T08:00:00.123456Z",
        "2026-01-31 08:00:00,5 +0100",
        "2026-01-31 08:00:00 UTC",
        "1769846400",
        "1769846400.123456",
    ],
    "type": ["string", "boolean", "integer", "double", "string[]"],
    "version": ["2", "v1.2.3", "2.1.0.dev20260131", "1.26.4-rc1", "2.0.0+cu121"],
    "zone": ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "GMT+2", "CET"],
}
FOREIGN = {
    "cron": ["jane", "* * * * * # jane", "every day"],
    "dsn": ["https://example.com/1", "https://jane:pw@example.com/1", "https://k@example.com/x"],
    "enum": ["jane", "event ", "pythons"],
    "hex": ["0xjane", "cafe", "0x", "1" * 21],
    "id": [HEX[:-1], f"{HEX}0", "jane" * 4, f" {HEX}", f"{HEX}\n", f"{{{UUID}}}"],
    "media": ["application/jane doe", "text", "text/plain; name=jane"],
    "number": ["", "4111111111111111", "1,000", "0x10", "nan", "1 "],
    "time": ["yesterday", "2026-01-31T08:00:00 jane", "31/01/2026", "17698464000"],
    "type": ["strings", "jane", "string "],
    "version": [
        "1.2.3-janedoe",
        "1.0.jane.doe",
        "1.2.3 by jane",
        "jane",
        "192.0.2.17/24",
        "1.2.3 jane",
        "-1",
    ],
    "zone": ["jane", "Europe/Berlin jane", "europe", "a@b"],
}


def test_every_grammar_is_tested() -> None:
    """A new one comes with samples."""
    assert set(FITTING) == set(FOREIGN) == set(GRAMMARS)


@pytest.mark.parametrize(
    ("grammar", "text"), [(name, text) for name, texts in FITTING.items() for text in texts]
)
def test_what_sdks_send_fits(grammar: str, text: str) -> None:
    """Ids, moments and numbers are left alone."""
    assert fits(grammar, text)


@pytest.mark.parametrize(
    ("grammar", "text"), [(name, text) for name, texts in FOREIGN.items() for text in texts]
)
def test_what_could_name_somebody_does_not_fit(grammar: str, text: str) -> None:
    """Free text in the place of an id is scanned like any other."""
    assert not fits(grammar, text)


@given(st.sampled_from(sorted(GRAMMARS - {"cron", "dsn"})), st.text(max_size=40))
def test_nothing_that_fits_holds_an_address_or_a_line_end(grammar: str, text: str) -> None:
    """No `@`, and no second line."""
    if fits(grammar, text):
        assert not set(text) & set("@\n\r\\\"'<>")


@pytest.mark.parametrize(
    "name",
    [
        "train",
        "<module>",
        "Model.<lambda>",
        "main.<locals>.run",
        "torch.nn.modules.conv",
        "std::vector",
        "lambda$onCreate$0",
        "KeyError",
        "r\u00e9sum\u00e9",
        "HTTPSConnectionPool",
        "sha256",
        "a" * 255,
    ],
)
def test_a_name_of_code_is_known(name: str) -> None:
    """Functions, modules and types need no scan."""
    assert code_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a b",
        "run(jane@example.com)",
        "/home/jane",
        "C:\\Users",
        "a" * 256,
        "train\n",
        "0123456789abcdef" * 2,
        "Model." + "a1b2" * 5,
        json.dumps("train"),
    ],
)
def test_what_may_be_anything_is_no_name_of_code(name: str) -> None:
    """Text, paths and long runs with many digits, as keys of vendors are, get a scan."""
    assert not code_name(name)
