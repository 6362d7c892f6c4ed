"""Full names: how they come, and how reports write them."""

from __future__ import annotations

import pytest

from scrubber.detect.known import known_rules
from scrubber.detect.people import full_names, read_name, surnames
from scrubber.identity.model import Identity
from scrubber.redact.operators import Operators
from scrubber.ruleset.linear import problems
from scrubber.ruleset.model import Policy, Ruleset
from scrubber.ruleset.syntax import parse
from scrubber.stream import Stream
from scrubber.wiring import wire


def scrubbed(name: str, text: str) -> str:
    """Scrub a text with nothing but one name known."""
    rules = known_rules(Identity(names=(name,)))
    stream = Stream(wire(rules, Operators(Policy("known")), Ruleset(tuple(rules), {})))
    return stream.feed(text) + stream.finish()


@pytest.mark.parametrize(
    ("name", "given", "surname"),
    [
        ("Jane Vexler", ["Jane"], ["Vexler"]),
        ("Vexler, Jane", ["Jane"], ["Vexler"]),
        ("Vexler, Jane (EXT)", ["Jane"], ["Vexler"]),
        ("Prof. Dr. Jane M. Vexler, PhD", ["Jane", "M."], ["Vexler"]),
        ("Jane Vexler Jr.", ["Jane"], ["Vexler"]),
        ('Jane "JV" Vexler [Lab]', ["Jane"], ["Vexler"]),
        ("Jan van der Vex", ["Jan"], ["van", "der", "Vex"]),
        ("Van Vexler", ["Van"], ["Vexler"]),
        ("Gen Ma", ["Gen"], ["Ma"]),
        ("Jane Q. Ma", ["Jane", "Q."], ["Ma"]),
        ("Jane Vexler, MA", ["Jane"], ["Vexler"]),
        ("Vexler", [], ["Vexler"]),
        ("jane", [], ["jane"]),
    ],
)
def test_a_name_is_read(name: str, given: list[str], surname: list[str]) -> None:
    """Titles, degrees and what stands in brackets are no part of it."""
    person = read_name(name)
    assert person is not None
    assert [list(person.given), list(person.surname)] == [given, surname]


@pytest.mark.parametrize("text", ["", "  ", "Dr.", "()", "123", "a b c d e f g h i"])
def test_what_is_no_name_has_no_parts(text: str) -> None:
    """And there is nothing to look for."""
    assert read_name(text) is None
    assert surnames([text]) == []


def test_a_given_name_inside_of_a_surname_does_not_stand_alone() -> None:
    """Every Maria would be taken for her."""
    assert surnames(["Jane de Maria Vexler"]) == ["Vexler", "deMariaVexler"]


FOUND = {
    "Jane Vexler": (
        "Jane Vexler|Vexler, Jane|JANE VEXLER|jane_vexler|JaneVexler|vexlerjane|jvexler|VexlerJ"
        "|Vexler^Jane|Jane\u00a0Vexler|Jane Q. Vexler|Vexler|J\\x61ne Vexler"
    ),
    "Vexler, Jane": "Jane Vexler|Vexler",
    "Prof. Dr. Jane M. Vexler, PhD (Vex Lab)": "Jane Vexler|Jane M. Vexler|Vexler",
    "Jan van der Vex": (
        "Jan van der Vex|Jan Vex|van der Vex, Jan|jan.vandervex|vandervex|janvandervex|jvdvex"
    ),
    "Jane de la Vexla Quertia": "Jane Vexla|Jane de la Vexla|Jane Quertia|Quertia",
    "Seán O'Vexler": (
        "Seán O'Vexler|Sean O\u2019Vexler|sean.ovexler|O''Vexler|O\\'Vexler|O&#39;Vexler"
    ),
    "Jean-Luc Vexler": "Jean-Luc Vexler|Jean Luc Vexler|jeanluc.vexler|Vexler",
    "Vexarno": "Vexarno|vexarno",
    "\u738b\u4f1f": "\u738b\u4f1f",
    "\u5c71\u7530 \u592a\u90ce": "\u5c71\u7530\u592a\u90ce|\u592a\u90ce \u5c71\u7530",
    "\u5c71\u7530\u592a\u90ce": "\u5c71\u7530\u592a\u90ce|\u5c71\u7530\u3000\u592a\u90ce",
    "\uae40\ucca0\uc218": "\uae40\ucca0\uc218",
    "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432": (
        "\u0418\u0412\u0410\u041d \u041f\u0415\u0422\u0420\u041e\u0412"
        "|\u041f\u0435\u0442\u0440\u043e\u0432 \u0418\u0432\u0430\u043d"
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_name_is_found_as_reports_write_it(name: str) -> None:
    """Whole: nothing of it stands beside the placeholder."""
    for text in FOUND[name].split("|"):
        assert scrubbed(name, f"by {text} on").replace("jan.[", "[") == "by [person] on", text


def test_a_name_of_a_script_without_blanks_is_found_inside_of_a_sentence() -> None:
    """What stands around it has no blanks either."""
    text = "\u7528\u6237\u738b\u4f1f\u767b\u5f55 \uae40\ucca0\uc218\ub2d8"
    assert scrubbed("\u738b\u4f1f", text).count("[person]") == 1
    assert scrubbed("\uae40\ucca0\uc218", text).count("[person]") == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Tim Estamp", "timestamp TimestampError timestamps"),
        ("Chan Nel", "channel channels_last Channel"),
        ("Lin Ear", "nn.Linear linear"),
        ("Deep Learning", "Deep Learning deep_learning"),
        ("Will Power", "will power willpower will_power"),
        ("Mark", "mark Mark"),
        ("Administrator", "Administrator administrator"),
        ("Jane van Dev", "van dev /dev/null"),
    ],
)
def test_words_made_of_a_name_stay(name: str, text: str) -> None:
    """A name whose halves make a word is no reason to take the word."""
    assert scrubbed(name, text) == text


def test_every_rule_of_a_name_costs_linear_time() -> None:
    """The longest that is read, and every script."""
    names = (*FOUND, "a van der Vexlerin-Quertz " * 2, "\u5c71" * 40, "Vex'" * 70)
    rules = known_rules(Identity(names=names))
    assert [(one.id, reason) for one in rules for reason in problems(parse(one.pattern))] == []


def test_what_is_no_name_gives_no_pattern() -> None:
    """A title, an account in brackets, and one sign of a script."""
    assert list(full_names(["Dr.", "(root)", "王·"])) == []


def test_a_surname_that_is_a_given_name_is_one_all_the_same() -> None:
    """The last part of a name is looked for whatever else it may be."""
    assert surnames(["Jane Thomas"]) == ["Thomas"]
    assert surnames(["Jane Martin Doe"]) == ["Doe"]
