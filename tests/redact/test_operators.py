"""What stands where a finding stood, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact.key import Key
from scrubber.redact.operators import (
    NUMBER,
    Operators,
    Redacted,
    apply,
    bare_number,
    begins_with_number,
)
from scrubber.redact.placeholders import FAILED_ENTITY, PATH_LABELS, Grammar
from scrubber.redact.pseudonyms import Pseudonyms, salted
from scrubber.redact.surrogates import surrogate
from scrubber.ruleset.model import Policy
from tests.small_rules import span

if TYPE_CHECKING:
    from collections.abc import Callable

REPLACE = Operators(Policy("p"))
MASK = Operators(Policy("p", operator="mask"))
KEEP = Operators(Policy("p", operator="mask", keep_last=4))
REMOVE = Operators(Policy("p", operator="remove"))
SALT = "salt" * 4
HASH = Operators(Policy("p", operator="hash", hash_salt=SALT))
KEYED = Pseudonyms(Key(bytes(range(32))))
PSEUDONYM = Operators(Policy("p", operator="pseudonym"), KEYED)
SURROGATE = Operators(Policy("p", operator="surrogate"), KEYED)
EVERY = [REPLACE, MASK, REMOVE, HASH, PSEUDONYM, SURROGATE]
MIXED = Operators(Policy("p", operators={"B": "remove", "C": "mask"}))


@pytest.mark.parametrize(
    ("operators", "expected"),
    [
        (REPLACE, "to [a] and [b]"),
        (MASK, "to ****@***.* and **"),
        (KEEP, "to ****@*ab.c and **"),
        (REMOVE, "to  and "),
        (MIXED, "to [a] and "),
    ],
)
def test_each_operator_replaces_findings_only(operators: Operators, expected: str) -> None:
    """Text outside the findings is kept."""
    text = "to jane@aab.c and 42"
    assert apply(text, [span(3, 13), span(18, 20, "B")], operators).text == expected


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
    assert KEEP.replacement(text, span(0, len(text))) == expected


@pytest.mark.parametrize(
    "text", [r"\n", r"12345678\n", r"abcdefg\\u", r"a\u00e9", "\\" * 12, r"a\"b"]
)
def test_a_mask_leaves_no_backslash(text: str) -> None:
    """Half an escape is none that JSON knows, not even in the end that is kept."""
    masked = KEEP.replacement(text, span(0, len(text)))
    assert "\\" not in masked
    assert '"' not in masked
    assert len(masked) == len(text)


@pytest.mark.parametrize("operators", EVERY)
def test_a_failed_text_is_a_marker_under_every_operator(operators: Operators) -> None:
    """Even `remove` leaves a trace of a failure."""
    assert operators.replacement("jane", span(0, 4, FAILED_ENTITY)) == "[scrub-failed]"


@pytest.mark.parametrize("operators", EVERY)
@pytest.mark.parametrize("label", sorted(PATH_LABELS))
def test_a_known_folder_is_its_label_under_every_operator(operators: Operators, label: str) -> None:
    """A canonical path is read by people, and what stands there is nobody's."""
    one = span(0, 10, "FILE_PATH", label=label)
    assert operators.replacement("/home/jane", one) == label
    other = span(0, 10, "FILE_NAME", label=label)
    assert operators.replacement("/home/jane", other) != label


def _after(operators: Operators, text: str, entity: str, **more: object) -> str:
    return operators.replacement(text, span(0, len(text), entity, **more))


def test_a_pseudonym_is_the_same_for_the_same() -> None:
    """And stands in the placeholder of its entity."""
    token = KEYED.token("EMAIL_ADDRESS", "jane@example.com")
    assert _after(PSEUDONYM, "jane@example.com", "EMAIL_ADDRESS") == f"[email:~{token}]"
    assert _after(PSEUDONYM, "JANE%40example.com", "EMAIL_ADDRESS") == f"[email:~{token}]"
    assert token not in _after(PSEUDONYM, "jane@example.com", "USERNAME")
    assert _after(PSEUDONYM, "hunter2", "SECRET").startswith("[secret:~")


def test_a_hash_is_the_same_for_everybody_with_the_policy() -> None:
    """A key is not needed, and does not matter."""
    token = salted(SALT, "USERNAME", "jane")
    with_key = Operators(HASH.policy, KEYED)
    for operators in (HASH, with_key):
        assert _after(operators, "Jane", "USERNAME") == f"[user:#{token}]"


def test_a_hash_of_a_secret_is_not_written() -> None:
    """Who knows the salt could try all passwords."""
    assert _after(HASH, "hunter2", "SECRET") == "[secret]"


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("jane@example.com", "EMAIL_ADDRESS"),
        ("192.0.2.1", "IP_ADDRESS"),
        ("2001:db8::1", "IP_ADDRESS"),
        ("00:00:5e:00:53:01", "MAC_ADDRESS"),
        ("lab-gpu01", "HOSTNAME"),
    ],
)
def test_a_surrogate_has_the_format(text: str, entity: str) -> None:
    """It is made of the digest that the pseudonym is made of."""
    expected = surrogate(entity, text, KEYED.digest(entity, text))
    assert expected != ""
    assert _after(SURROGATE, text, entity) == expected


@pytest.mark.parametrize(("text", "entity"), [("jane", "USERNAME"), ("192.0.2.0/24", "IP_ADDRESS")])
def test_what_has_no_format_gets_a_pseudonym(text: str, entity: str) -> None:
    """So that it can still be followed."""
    assert _after(SURROGATE, text, entity) == _after(PSEUDONYM, text, entity)


def test_a_surrogate_that_would_be_glued_is_a_pseudonym() -> None:
    """It would not be known for one when the text is scrubbed again."""
    assert SURROGATE.replacement("x192.0.2.1", span(1, 10, "IP_ADDRESS")).startswith("[ip:~")
    assert SURROGATE.replacement(" 192.0.2.1", span(1, 10, "IP_ADDRESS")).startswith("2")


@pytest.mark.parametrize("operators", [HASH, PSEUDONYM, SURROGATE])
@pytest.mark.parametrize(
    ("entity", "more", "expected"),
    [
        ("IMAGE_DATA", {"label": "image/png 640x480"}, "[image/png 640x480]"),
        ("IMAGE_DATA", {}, "[image]"),
        ("ARRAY_DATA", {}, "[array]"),
        ("SECRET", {"blob_start": 0, "end": 257}, "[secret]"),
        ("SECRET", {"blob_start": 0, "start": 1}, "[secret]"),
    ],
)
def test_data_and_what_runs_on_have_no_pseudonym(
    operators: Operators, entity: str, more: dict[str, Any], expected: str
) -> None:
    """A label says more, and of a blob only what is in one piece is seen."""
    place = {"start": 0, "end": 20, **more}
    assert operators.replacement("x" * 300, span(entity=entity, **place)) == expected


def test_what_may_run_on_and_does_not_has_a_pseudonym() -> None:
    """A password in quotes."""
    expected = _after(PSEUDONYM, "x" * 256, "SECRET")
    assert expected.startswith("[secret:~")
    assert _after(PSEUDONYM, "x" * 256, "SECRET", blob_start=0) == expected
    assert _after(PSEUDONYM, "x" * 256, "SECRET", blob_start=20) == expected


@pytest.mark.parametrize("pseudonyms", [None, lambda: None])
@pytest.mark.parametrize("name", ["pseudonym", "surrogate"])
def test_without_a_key_plain_placeholders_stand(
    pseudonyms: Callable[[], None] | None, name: str
) -> None:
    """Never the text."""
    operators = Operators(Policy("p", operator=name), pseudonyms)
    assert _after(operators, "192.0.2.1", "IP_ADDRESS") == "[ip]"
    assert _after(operators, "jane", "USERNAME") == "[user]"


def test_the_key_is_asked_for_when_it_is_needed() -> None:
    """Not for labels, data, numbers and other operators."""
    asked: list[str] = []

    def ask() -> Pseudonyms:
        asked.append("")
        return KEYED

    policy = Policy("p", operator="pseudonym", operators={"SECRET": "replace"})
    operators = Operators(policy, ask)
    _after(operators, "x", "SECRET")
    _after(operators, "x", "IMAGE_DATA")
    _after(operators, "/home/jane", "FILE_PATH", label="<home>")
    operators.replacement("[12345678]", span(1, 9))
    assert asked == []
    assert _after(operators, "jane", "USERNAME") == _after(PSEUDONYM, "jane", "USERNAME")
    assert len(asked) == 1


def test_masking_all_leaves_nothing_that_could_be_found() -> None:
    """No end of a mask, no value of a format; all else is as it was."""
    policy = Policy(
        "p", operator="surrogate", operators={"A": "mask", "B": "surrogate"}, keep_last=4
    )
    operators = Operators(policy, KEYED).masking_all()
    assert operators.policy.keep_last == 0
    assert _after(operators, "123456789", "A") == "*" * 9
    assert _after(operators, "192.0.2.1", "IP_ADDRESS").startswith("[ip:~")
    assert HASH.masking_all().policy == HASH.policy


@given(st.text(min_size=1), st.sampled_from(["EMAIL_ADDRESS", "IP_ADDRESS", "USERNAME", "SECRET"]))
def test_every_named_value_is_known_for_what_it_is(text: str, entity: str) -> None:
    """Whatever was found: its replacement is protected as a whole."""
    grammar = Grammar([])
    for operators in (HASH, PSEUDONYM, SURROGATE):
        assert grammar.is_placeholder(_after(operators, text, entity))


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
@pytest.mark.parametrize("operators", EVERY)
def test_a_bare_number_becomes_zero(marked: str, operators: Operators, *, bare: bool) -> None:
    """Where JSON wants a value anything but a number would break the document."""
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")
    assert bare_number(text, start, end) is bare
    assert (operators.replacement(text, span(start, end)) == NUMBER) is bare


def test_a_label_of_a_number_decides() -> None:
    """What was fitted to a token is a number wherever it stands."""
    assert REPLACE.replacement("x 7 y", span(2, 3, label=NUMBER)) == NUMBER


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
    st.sampled_from(EVERY),
    st.data(),
)
def test_going_back_never_loses_a_kept_character(
    edges: list[int], operators: Operators, data: st.DataObject
) -> None:
    """A range holds, before, every kept character that it holds now, and whole findings."""
    text = "".join(chr(0x4E00 + at) for at in range(30))
    spans = [span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    redacted = apply(text, spans, operators)
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


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [("  4111}", 2, True), ("4111}", 0, True), ("a 4111}", 2, False), ("  x111}", 2, False)],
)
def test_a_number_that_begins_a_line_is_told(text: str, start: int, *, expected: bool) -> None:
    """What kind of number it is, the line before may say."""
    assert begins_with_number(text, start, start + 4) == expected


@pytest.mark.parametrize(("length", "named"), [(256, True), (257, False)])
def test_what_runs_on_for_long_has_no_pseudonym(length: int, *, named: bool) -> None:
    """A stream may have cut it, so that nobody knows all of its value."""
    text = "a" * length
    found = span(0, length, "BADGE_ID", blob_start=1)
    policy = Policy("p", operator="hash", hash_salt="salt" * 4)
    assert (Operators(policy).replacement(text, found) != "[badge-id]") is named


@pytest.mark.parametrize("before", ['"a"', "'a'", "{}", "[]", "7", "true", "false", "null"])
def test_a_number_is_bare_however_much_room_there_is_before_it(before: str) -> None:
    """Up to eight blanks on either side of the comma."""
    blanks = " " * 8
    text = f"[{before}{blanks},{blanks}12345678]"
    assert bare_number(text, text.index("12345678"), len(text) - 1)
    wider = text.replace(",", ", ")
    assert not bare_number(wider, wider.index("12345678"), len(wider) - 1)
