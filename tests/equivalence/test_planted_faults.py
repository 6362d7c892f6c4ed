"""Each known way to break the fast path is planted, and the comparison must see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scrubber import outcomes
from scrubber.detect import databases, recall, screen, shape_check
from scrubber.detect.encoded import may_decode
from scrubber.detect.scanner import Scanner
from scrubber.outcomes import Lines
from scrubber.ruleset.bytesets import FOLD
from tests.equivalence.pairs import small
from tests.small_rules import AFTER_KEY, CARD, EMAIL, PEM, QUOTED, TWO_LINES, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrubber.detect.screen import Screen

pytest.importorskip("hyperscan", reason="the vector engine needs hyperscan")

UPPER = rule("UPPER", "ZQ [0-9]{2}")
ANYTHING = rule("ANYTHING", r"[^0-9\s]{2,9}+ !")
SIX = rule("SIX", "6 [a-z] 6")
HOST = rule("HOST", "[0-9]{3} (?: [.] [0-9] ){3}", validators=["ipv4"])
DATA = rule("DATA", "d=", blob={"step": "[0-4]"})
RULES = (EMAIL, AFTER_KEY, CARD, QUOTED, PEM, TWO_LINES, UPPER, ANYTHING, SIX, HOST, DATA)
PLAIN = "nothing of interest\n"
TEXT = (
    f"{PLAIN}jane@example\n{PLAIN}key= abc\n12345678\nZQ12\nzq34\nfo!\n1a1\n2a2\n6a6\n{PLAIN}"
    "\u30c6\u30c6\u30c6 jane@example\n\\u006aane@example\njane%40example\n"
    "192.0.2.1\n193.0.2.1\n892.0.2.1\nd=1234\nd=1233\nd=1934\n"
    "amFuZUBleGFtcGxlIGlzIGhlcmU=\n&#106;ane@example\nja\u00adne@example\n\u30c6\nZQ56"
)
OVER_AN_EDGE = PLAIN * 250 + "--BEGIN--ab\ncd\n--END--\nover:\n17\n" + PLAIN * 250


# Lines with a finding that are alike but for a digit that stays.
ALIKE = "".join(f"no {number} from jane@example.com now\n" for number in range(1, 9))


def seen() -> bool:
    """Tell whether the comparison sees a difference."""
    pair = small(*RULES)
    texts = (TEXT, OVER_AN_EDGE, ALIKE, TEXT.split("\n")[2])
    return any(pair.engines_differ(one) or pair.differences(one) for one in texts)


@pytest.fixture(autouse=True)
def _small_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrubber.lines.SECTION", 64)
    monkeypatch.setattr("scrubber.redaction.LONG", 16)


def test_without_a_fault_nothing_is_seen() -> None:
    """The texts are fair."""
    assert not seen()


def _compiled(patch: pytest.MonkeyPatch, change: Callable[[Any], Any]) -> None:
    real = databases.compiled

    def compiled(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        return change(real(*args, **kwargs))

    patch.setattr(databases, "compiled", compiled)
    patch.setenv(databases.FOLDER_VARIABLE, "")


def a_rule_without_its_expressions(patch: pytest.MonkeyPatch) -> None:
    """One rule is behind no expression."""
    lost = sorted(one.id for one in RULES).index(EMAIL.id)
    _compiled(
        patch,
        lambda made: replace(
            made, behind=tuple(tuple(n for n in one if n != lost) for one in made.behind)
        ),
    )


def hits_one_line_early(patch: pytest.MonkeyPatch) -> None:
    """A match belongs to the line before the one it is in."""
    real = Scanner.scan

    def scan(self: Scanner, data: bytes) -> list[tuple[int, int]]:
        hits = ((data.rfind(b"\n", 0, end - 1), number) for end, number in real(self, data))
        return [(max(end, 1), number) for end, number in hits]

    patch.setattr(Scanner, "scan", scan)


def letters_folded_in_what_is_remembered(patch: pytest.MonkeyPatch) -> None:
    """What was said of `zq34` is taken for `ZQ12`."""
    both = bytes(range(256)).lower().translate(FOLD)
    patch.setattr(screen, "FOLD", both)
    patch.setattr(outcomes, "FOLD", both)


def unfolded_lines_scanned(patch: pytest.MonkeyPatch) -> None:
    """Digits are looked for as zeros in lines where they are not."""
    patch.setattr(screen, "FOLD", bytes(range(256)))
    patch.setattr(outcomes, "FOLD", bytes(range(256)))


def outcomes_by_folded_line(patch: pytest.MonkeyPatch) -> None:
    """What became of `1a1` is taken for `6a6`."""
    real = Lines.outcome
    kept: dict[bytes, Any] = {}

    def outcome(self: Lines, line: bytes, rules: Any) -> Any:  # noqa: ANN401
        folded = line.translate(FOLD)
        return kept.setdefault(folded, real(self, line, rules))

    patch.setattr(Lines, "outcome", outcome)


def several_lines_never_joined(patch: pytest.MonkeyPatch) -> None:
    """A rule over several lines is not heeded when lines are parted."""
    patch.setattr(Lines, "joined", lambda *_: False)


def encoded_taken_for_clean(patch: pytest.MonkeyPatch) -> None:
    """What may be decoded is nothing."""
    patch.setattr("scrubber.detect.sieve.decoded_views", lambda _: [])
    patch.setattr("scrubber.detect.vector.decodable", lambda _: False)


def views_of_dirty_lines_not_looked_at(patch: pytest.MonkeyPatch) -> None:
    """Views are looked for only where there is nothing else."""
    patch.setattr("scrubber.detect.vector._encoded", lambda *_: [])


def a_buffer_without_edges(patch: pytest.MonkeyPatch) -> None:
    """The last bytes of what is scanned are lost."""
    real = Scanner.scan

    def scan(self: Scanner, data: bytes) -> list[tuple[int, int]]:
        return real(self, data.strip(b"\n"))

    patch.setattr(Scanner, "scan", scan)


def bytes_taken_for_characters(patch: pytest.MonkeyPatch) -> None:
    """Ranges of lines are measured in bytes, where characters are wanted."""
    real = screen.Screen.lines

    def lines(self: Screen, data: bytes) -> Iterable[Any]:
        text = data.decode("utf-8", "surrogatepass")
        wide = sum(len(one.encode("utf-8", "surrogatepass")) > 1 for one in text[:200])
        found = real(self, data)
        return [()] * (wide > 2) + list(found[: len(found) - (wide > 2)])

    patch.setattr(screen.Screen, "lines", lines)


def digits_told_apart_forgotten(patch: pytest.MonkeyPatch) -> None:
    """What a rule says of `6a6` it says of `1a1`."""
    patch.setattr(recall, "blind", lambda *_: True)


def checks_not_made_again(patch: pytest.MonkeyPatch) -> None:
    """What a check said of one number it says of all."""
    patch.setattr(recall, "holds", lambda *_: True)


def data_recalled_by_its_shape(patch: pytest.MonkeyPatch) -> None:
    """What a blob ran on to in one line it runs on to in all."""
    patch.setattr(recall, "sees_no_digits", lambda *_: True)


FAULTS = (
    a_rule_without_its_expressions,
    hits_one_line_early,
    letters_folded_in_what_is_remembered,
    unfolded_lines_scanned,
    outcomes_by_folded_line,
    several_lines_never_joined,
    encoded_taken_for_clean,
    views_of_dirty_lines_not_looked_at,
    a_buffer_without_edges,
    bytes_taken_for_characters,
    digits_told_apart_forgotten,
    checks_not_made_again,
    data_recalled_by_its_shape,
)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(
    monkeypatch: pytest.MonkeyPatch, fault: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """At least one way gives something else than the specification."""
    fault(monkeypatch)
    assert seen()


KINDS = {
    "percent": ("%",),
    "backslash": ("\\",),
    "entity": ("&",),
    "invisible": ("\u00ad",),
    "base64": ("amFuZU",),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_encoding_left_out_is_seen(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """A line whose only escape is of that kind is taken for clean."""
    marks = KINDS[kind]
    monkeypatch.setattr(
        shape_check,
        "may_decode",
        lambda shape: may_decode(shape) and not any(mark in shape for mark in marks),
    )
    assert seen()
