"""JSON that could be read before can be read after."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.redact.json_shape import fit_to_tokens, is_json
from scrubber.redact.operators import NUMBER, Operators, apply
from scrubber.ruleset.model import Policy
from tests.small_rules import span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", True),
        (' [1, "a"]\r\n', True),
        ('"a"', True),
        ("[NaN]", True),
        ('{"a": 1, "a": 2}', True),
        ("", False),
        ("{", False),
        ('"', False),
        ("{a}", False),
        ("{]", False),
        ("17", False),
        ("null", False),
        ("x {}", False),
        ('["a\n"]', False),
        ("[" * 200_000 + "]" * 200_000, False),
    ],
)
def test_is_json_knows_documents(text: str, *, expected: bool) -> None:
    """An object, an array or a string; what nests too deep could not be read before."""
    assert is_json(text) is expected


FITTED = [
    ("inside a string", '{"a": "x«jane»y"}', ["jane"]),
    ("over two strings", '["a«b", "c»d"]', ["b", "c"]),
    ("over brackets", '{"a": «[1, "x"], »"b": 2}', ["1", "x"]),
    ("a key", '{"«jane»": 1}', ["jane"]),
    ("a number in part", '{"a": 1«23»4}', ["1234"]),
    ("a number with its sign", '{"a": -«12345678»}', ["-12345678"]),
    ("a float", "[1«.5e»+3]", ["1.5e+3"]),
    ("after many blanks", '{"a":            «123»}', ["123"]),
    ("nothing but words", "[«true, null», false]", []),
    ("only punctuation", "«[»1]", []),
    ("a string of its own", '"«jane»"', ["jane"]),
    ("an empty string", '["«", 1»2]', ["12"]),
    ("a cut letter escape", r'["a\«njane»"]', [r"\njane"]),
    ("a cut escape at the end", r'["jane«x\»n"]', [r"x\n"]),
    ("a cut escape of four", r'["a\u00«e9jane»"]', [r"\u00e9jane"]),
    ("a cut escape of four at the end", r'["«jane\u00»e9 b"]', [r"jane\u00e9"]),
    ("half a surrogate pair", r'["\ud83d«\ude00jane»"]', [r"\ud83d\ude00jane"]),
    ("half a surrogate pair at the end", r'["«jane\ud83d»\ude00"]', [r"jane\ud83d\ude00"]),
    ("an escaped backslash", r'["a\\«njane»"]', ["njane"]),
    ("a run of backslashes", r'["' + "\\" * 20 + r'«njane»"]', ["njane"]),
    ("an odd run of backslashes", r'["' + "\\" * 21 + r'«njane»"]', [r"\njane"]),
    ("between quotes in a string", r'["a \"«jane»\" b"]', ["jane"]),
    ("a string with blanks", '["«a b», 1"]', ["a b"]),
    ("an escaped quote", r'["a«\"»"]', [r"\""]),
    ("two in a string", '["«a» «b»"]', ["a", "b"]),
    ("two in one escape", r'["a\«u0»«0e9b»"]', [r"\u00e9", "b"]),
    ("two in one number", "[«12»34«56»]", ["123456"]),
]  # fmt: skip


def read_marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of a text and give the ranges."""
    text, ranges, start = "", [], 0
    for char in marked:
        if char == "«":
            start = len(text)
        elif char == "»":
            ranges.append((start, len(text)))
        else:
            text += char
    return text, ranges


@pytest.mark.parametrize(
    ("marked", "expected"), [c[1:] for c in FITTED], ids=[c[0] for c in FITTED]
)
@pytest.mark.parametrize("operator", ["replace", "mask", "remove"])
def test_spans_fit_tokens(marked: str, expected: list[str], operator: str) -> None:
    """Whole escapes in strings, whole numbers, nothing else; and the document can be read after."""
    text, ranges = read_marks(marked)
    before = json.loads(text)
    spans = fit_to_tokens(text, [span(*one) for one in ranges])
    covered = [text[one.start : one.end] for one in spans]
    assert covered == expected
    after = json.loads(apply(text, spans, Operators(Policy("p", operator=operator))).text)
    assert type(after) is type(before)
    json.dumps(after, ensure_ascii=False).encode()


def test_a_number_is_labelled_so() -> None:
    """Whoever replaces it need not look around it again; a string keeps its label."""
    text = '["12", 12]'
    spans = fit_to_tokens(text, [span(2, 4, label="image/png"), span(7, 9, label="image/png")])
    assert [one.label for one in spans] == ["image/png", NUMBER]


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    ).map(lambda value: [value]),
    st.lists(st.integers(0, 80), max_size=8, unique=True).map(sorted),
    st.booleans(),
    st.sampled_from(["replace", "mask", "remove"]),
)
def test_any_spans_leave_a_document(
    value: object,
    edges: list[int],
    ascii_only: bool,  # noqa: FBT001  # Hypothesis gives it by place
    operator: str,
) -> None:
    """Wherever rules cut, the result can be read, and all that was hit is covered."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    spans = [
        span(a, min(b, len(text)))
        for a, b in zip(edges[::2], edges[1::2], strict=False)
        if a < len(text)
    ]
    fitted = fit_to_tokens(text, spans)
    cursor = 0
    for one in fitted:
        assert cursor <= one.start < one.end
        cursor = one.end
    covered = {at for one in fitted for at in range(one.start, one.end)}
    lost = {text[at] for one in spans for at in range(one.start, one.end) if at not in covered}
    assert lost <= set('{}[]":, truefalsnlINity')
    json.loads(apply(text, fitted, Operators(Policy("p", operator=operator))).text)
