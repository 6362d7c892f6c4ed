"""What stands where a finding stood, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact.operators import NUMBER, Redacted, apply, bare_number, replacement
from scrubber.redact.placeholders import FAILED_ENTITY
from scrubber.ruleset.model import Policy
from tests.small_rules import span

REPLACE = Policy("p")
MASK = Policy("p", operator="mask")
KEEP = Policy("p", operator="mask", keep_last=4)
REMOVE = Policy("p", operator="remove")
MIXED = Policy("p", operators={"B": "remove", "C": "mask"})


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (REPLACE, "to [a] and [b]"),
        (MASK, "to ****@***.* and **"),
        (KEEP, "to ****@*ab.c and **"),
        (REMOVE, "to  and "),
        (MIXED, "to [a] and "),
    ],
)
def test_each_operator_replaces_findings_only(policy: Policy, expected: str) -> None:
    """Text outside the findings is kept."""
    text = "to jane@aab.c and 42"
    assert apply(text, [span(3, 13), span(18, 20, "B")], policy).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a-b c", "*-* *"),
        ("\u5c71\u7530", "**"),
        ("12345678", "********"),
        ("123456789", "*****6789"),
    ],
)
def test_a_mask_covers_letters_and_digits(text: str, expected: str) -> None:
    """Short texts keep no end."""
    assert replacement(text, span(0, len(text)), KEEP) == expected


@pytest.mark.parametrize(
    "text", [r"\n", r"12345678\n", r"abcdefg\\u", r"a\u00e9", "\\" * 12, r"a\"b"]
)
def test_a_mask_leaves_no_backslash(text: str) -> None:
    """Half an escape is none that JSON knows, not even in the end that is kept."""
    masked = replacement(text, span(0, len(text)), KEEP)
    assert "\\" not in masked
    assert '"' not in masked
    assert len(masked) == len(text)


@pytest.mark.parametrize("policy", [REPLACE, MASK, REMOVE])
def test_a_failed_text_is_a_marker_under_every_operator(policy: Policy) -> None:
    """Even `remove` leaves a trace of a failure."""
    assert replacement("jane", span(0, 4, FAILED_ENTITY), policy) == "[scrub-failed]"


NUMBERS = [
    ('{"card": «12345678»}', True),
    ('{"card":«12345678»,"b":1}', True),
    ("[«12345678», 2]", True),
    ("[2, «12345678»]", True),
    ("[\n  «12345678»\n]", True),
    ("{'card': «12345678»}", True),
    ('"card": «-1.5e+8»\n', True),
    ('"card": «12345678»', True),
    ('{"card": "«12345678»"}', False),
    ("card «12345678»", False),
    ("«12345678»", False),
    ("[«12345678» 2]", False),
    ("[«1234 5678»]", False),
    ("[«012345678»]", False),
    ("card: «12345678»,", False),
    ('{"card":          «12345678»}', False),
]


@pytest.mark.parametrize(("marked", "bare"), NUMBERS)
@pytest.mark.parametrize("policy", [REPLACE, MASK, REMOVE])
def test_a_bare_number_becomes_zero(marked: str, policy: Policy, *, bare: bool) -> None:
    """Where JSON wants a value anything but a number would break the document."""
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")
    assert bare_number(text, start, end) is bare
    assert (replacement(text, span(start, end), policy) == NUMBER) is bare


def test_a_label_of_a_number_decides() -> None:
    """What was fitted to a token is a number wherever it stands."""
    assert replacement("x 7 y", span(2, 3, label=NUMBER), REPLACE) == NUMBER


ORIGINALS = [
    (Redacted("ab[x]cd", ((2, 9, 2, 5),)), (0, 2), (0, 2)),
    (Redacted("ab[x]cd", ((2, 9, 2, 5),)), (1, 3), (1, 9)),
    (Redacted("ab[x]cd", ((2, 9, 2, 5),)), (3, 4), (2, 9)),
    (Redacted("ab[x]cd", ((2, 9, 2, 5),)), (2, 5), (2, 9)),
    (Redacted("ab[x]cd", ((2, 9, 2, 5),)), (4, 7), (2, 11)),
    (Redacted("ab[x]cd", ((2, 9, 2, 5),)), (5, 7), (9, 11)),
    # removed: an edge at the place goes to the near side of what was there
    (Redacted("abcd", ((2, 9, 2, 2),)), (0, 2), (0, 2)),
    (Redacted("abcd", ((2, 9, 2, 2),)), (2, 4), (9, 11)),
    (Redacted("abcd", ((2, 9, 2, 2),)), (1, 3), (1, 10)),
    # two in a row
    (Redacted("abcd", ((2, 5, 2, 2), (5, 9, 2, 2))), (0, 2), (0, 2)),
    (Redacted("abcd", ((2, 5, 2, 2), (5, 9, 2, 2))), (2, 4), (9, 11)),
    (Redacted("abcd", ((2, 5, 2, 2), (5, 9, 2, 2))), (1, 3), (1, 10)),
    # removed and replaced side by side
    (Redacted("ab[x]cd", ((2, 5, 2, 2), (5, 9, 2, 5))), (2, 4), (5, 9)),
    (Redacted("ab[x]cd", ((2, 5, 2, 5), (5, 9, 5, 5))), (4, 6), (2, 10)),
    (Redacted("ab[x]cd", ((2, 5, 2, 5), (5, 9, 5, 5))), (5, 6), (9, 10)),
    # at both ends
    (Redacted("ab", ((0, 3, 0, 0), (5, 8, 2, 2))), (0, 2), (3, 5)),
]


@pytest.mark.parametrize(("redacted", "now", "before"), ORIGINALS)
def test_a_range_goes_back_to_what_it_stands_for(
    redacted: Redacted, now: tuple[int, int], before: tuple[int, int]
) -> None:
    """An edge inside a replacement goes to the edge of what it replaced."""
    assert redacted.original(*now) == before


@given(
    st.lists(st.integers(0, 30), max_size=8, unique=True).map(sorted),
    st.sampled_from([REPLACE, MASK, REMOVE]),
    st.data(),
)
def test_going_back_never_loses_a_kept_character(
    edges: list[int], policy: Policy, data: st.DataObject
) -> None:
    """A range holds, before, every kept character that it holds now, and whole findings."""
    text = "".join(chr(0x4E00 + at) for at in range(30))
    spans = [span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    redacted = apply(text, spans, policy)
    start = data.draw(st.integers(0, len(redacted.text)))
    end = data.draw(st.integers(start, len(redacted.text)))
    if start == end:
        return
    low, high = redacted.original(start, end)
    assert 0 <= low < high <= len(text)
    assert {char for char in redacted.text[start:end] if char in text} <= set(text[low:high])
    assert all(
        one.end <= low or one.start >= high or (low <= one.start and one.end <= high)
        for one in spans
    )
