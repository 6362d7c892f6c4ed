"""What the comparison with other scanners rests on: their sources are read as they mean it."""

from __future__ import annotations

import pytest

from benchmarks.scanners.borrowed import pattern
from benchmarks.scanners.gitleaks import Allowed, Rule, entropy
from benchmarks.scanners.go_values import Package, Unreadable
from benchmarks.scanners.samples import Sampler

SOURCE = """
package rules // a comment "with" quotes

const size = `8`

func Hex(size string) string {
    return fmt.Sprintf(`[a-f0-9]{%s}`, size)
}

func Samples(word string, secret string) []string {
    forms := map[string]string{
        "one": "{i} = \\"{s}\\"",
        // "two": "{i}: {s}",
        "raw": `{I}_{s}`,
    }
    replacer := strings.NewReplacer("{i}", word, "{I}", strings.ToUpper(word), "{s}", secret)
    cases := make([]string, 0, len(forms))
    for _, v := range forms {
        cases = append(cases, replacer.Replace(v))
    }
    return cases
}

func All() []string {
    var (
        first = "a" + size
    )
    found := utils.Samples("key", first)
    found = append(found,
        "<" + first + ">", // kept
    )
    found = append(found, []string{"x", string([]byte("y"))}...)
    return found
}

func Unknown() string { return os.Getenv("HOME") }
"""


@pytest.fixture
def package() -> Package:
    """Return a package that was read from a source."""
    found = Package()
    found.read(SOURCE)
    return found


def test_lists_of_examples_are_built_as_go_builds_them(package: Package) -> None:
    """Constants, grouped variables, maps, loops, replacers, spread arguments, conversions."""
    assert package.call("All") == ['key = "a8"', "KEY_a8", "<a8>", "x", "y"]
    assert package.call("Hex", "32") == "[a-f0-9]{32}"


def test_what_is_not_known_is_said(package: Package) -> None:
    """A call nobody taught it is an error, not an empty string."""
    with pytest.raises(Unreadable, match=r"os\.Getenv"):
        package.call("Unknown")


@pytest.mark.parametrize(
    "source",
    [
        "[a-f0-9]{32}",
        r"sk_(?:live|test)_[A-Za-z0-9]{10,}",
        r"(?i)ab[c-e]+\.\d{2}[^\s]x?",
        r"p8e-(?i)[a-z0-9]{32}",
        r"[[:alnum:]]{14}\.[a-f]\b",
        r"(?P<x>a|bb|[-\]_]{2})*",
    ],
)
def test_a_sample_is_matched_by_its_pattern(source: str) -> None:
    """Over many draws, and the same draws for the same seed."""
    samples = [Sampler(7).text(source) for _ in range(2)]
    sampler = Sampler(8)
    assert samples[0] == samples[1]
    assert all(pattern(f"^(?:{source})$").search(sampler.text(source)) for _ in range(50))


@pytest.mark.parametrize(
    ("source", "text", "matches"),
    [
        ("a$", "a\n", False),
        (r"a\z", "a", True),
        (r"\w", "é", False),
        ("[[a]", "[", True),
        ("(?x) a [b c] # note", "a ", False),
        ("(?x) a (?# note ) b", "ab", True),
        ("a(?i)b", "aB", True),
        ("a(?i)b", "AB", False),
        ("[]a]{2}", "]a", True),
    ],
)
def test_a_borrowed_pattern_means_what_it_meant(source: str, text: str, *, matches: bool) -> None:
    """The differences between Go, Rust and Python that stand in their patterns."""
    assert bool(pattern(source).search(text)) is matches


def test_a_rule_of_gitleaks_asks_for_key_word_entropy_and_allow_list() -> None:
    """Each of them can refuse what the pattern matches."""
    allowed = Allowed.read({"stopwords": ["example"]})
    rule = Rule("x", pattern(r"key=(\w+)"), ("key",), 2.0, 0, None, (allowed,))
    found = {
        text: list(rule.spans(text, ""))
        for text in ("key=abcdefgh", "key=aaaaaaaa", "key=abcexample", "kex=abcdefgh")
    }
    assert [text for text, spans in found.items() if spans] == ["key=abcdefgh"]
    assert found["key=abcdefgh"] == [(4, 12)]
    assert entropy("aaaa") == 0.0
