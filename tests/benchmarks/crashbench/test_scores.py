"""What a score says is what became of the values and of the strings that had to stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.crashbench.cases import Case, Label, Stay
from benchmarks.crashbench.coverage import covered, taken_out
from benchmarks.crashbench.judging import Reference
from benchmarks.crashbench.rates import Rate
from benchmarks.crashbench.scores import Scores

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "mail jane.roe@example.com from 192.0.2.7, step 12 of 90"
MAIL = Label("EMAIL_ADDRESS", "email", "jane.roe@example.com", ("jane.roe",), "raw", (), 5, 25)
ADDRESS = Label("IP_ADDRESS", "ip", "192.0.2.7", (), "raw", (), 31, 40)
PLAIN = Case("dev-0", "dev", "text", "log", TEXT, (MAIL, ADDRESS), (Stay("step 12 of 90", ()),))

NAME = Label("PERSON", "person", "Jane Roe-Miller", ("Roe-Miller",), "raw", ("user", "name"), 0, 15)
HOME = Label("USERNAME", "home-path user", "jroe77", (), "raw", ("path",), 6, 12)
EVENT = Case(
    "dev-1",
    "dev",
    "event",
    "python event",
    {"user": {"name": "Jane Roe-Miller"}, "path": "/home/jroe77/train.py", "level": "error"},
    (NAME, HOME),
    (Stay("train.py", ("path",)), Stay("error", ("level",))),
)


def scored(case: Case, output: Any) -> Scores:  # noqa: ANN401  # JSON
    """Return the scores of one case."""
    reference, scores = Reference(case), Scores()
    scores.add(reference.judge(output), reference.values)
    return scores


def without(text: str) -> str:
    """Scrub the plain case as it should be."""
    return text.replace(MAIL.value, "[email]").replace(ADDRESS.value, "[ip]")


@pytest.mark.parametrize("case", [PLAIN, EVENT], ids=["text", "event"])
def test_doing_nothing_leaks_everything(case: Case) -> None:
    """All of every sort is there, nothing is damaged, nothing was taken out."""
    scores = scored(case, case.content)
    assert {one.leak.value for one in scores.by_sort.values()} == {1.0}
    assert (scores.overall.leak, scores.overall.damage) == (
        Rate(2, 2),
        Rate(0, len(case.stays)),
    )
    assert (scores.overall.recall, scores.overall.precision) == (0.0, None)


@pytest.mark.parametrize(
    ("case", "output"),
    [(PLAIN, "[gone]"), (EVENT, {}), (PLAIN, None), (EVENT, None)],
    ids=["text", "event", "failed text", "failed event"],
)
def test_deleting_everything_damages_everything(case: Case, output: object) -> None:
    """Nothing is there any more; the same where a system gave nothing back."""
    scores = scored(case, output)
    assert (scores.overall.leaked, scores.overall.partial) == (0, 0)
    assert scores.overall.damage.value == 1.0
    assert scores.overall.recall == 1.0


def test_right_answer_has_no_fault() -> None:
    """No leak, no damage, and exactly the labels were taken out."""
    one = scored(PLAIN, without(TEXT)).overall
    assert (one.leaked, one.partial, one.damaged) == (0, 0, 0)
    assert (one.precision, one.recall, one.f1) == (1.0, 1.0, 1.0)


def test_surname_alone_is_a_partial_leak() -> None:
    """What is left tells who it is, but is not the value."""
    output = {"user": {"name": "[user] Roe-Miller"}, "path": "/home/[user]/train.py"}
    scores = scored(EVENT, {**output, "level": "error"})
    assert (scores.overall.leaked, scores.overall.partial) == (0, 1)
    (survivor,) = scores.survivors
    assert (survivor.part, survivor.sorts, survivor.where) == (True, ("person",), "user.name")


@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        ("jane.roe%40example.com", "url"),
        ("JANE.ROE@EXAMPLE.COM", "folded"),
        ("amFuZS5yb2VAZXhhbXBsZS5jb20=", "base64_0"),
        ("jane.roe=40example.com", "quoted_printable"),
        ("jane.roe@exa=\nmple.com", "quoted_printable"),
    ],
)
def test_encoded_value_has_leaked(written: str, encoding: str) -> None:
    """In whatever form it is there, it is there."""
    scores = scored(PLAIN, f"mail {written} from [ip], step 12 of 90")
    assert [(one.encoding, one.part) for one in scores.survivors] == [(encoding, False)]


def test_value_moved_elsewhere_has_leaked() -> None:
    """A field that is clean does not help where the value went into another one."""
    output = {"path": "/home/[user]/train.py", "level": "error", "culprit": "/home/jroe77/x"}
    (survivor,) = scored(EVENT, output).survivors
    assert (survivor.entity, survivor.where) == ("USERNAME", "culprit")


def test_value_that_is_also_a_word_is_counted_fairly() -> None:
    """What stands outside the labels is no leak; one more of it is."""
    text = "/home/summerly/summerly.csv"
    label = Label("USERNAME", "home-path user", "summerly", (), "raw", (), 6, 14)
    case = Case("dev-2", "dev", "text", "log", text, (label,), ())
    assert scored(case, "/home/[user]/summerly.csv").overall.leaked == 0
    assert scored(case, text).overall.leaked == 1


def test_value_of_two_sorts_leaks_where_it_is_left() -> None:
    """The sort that was cleaned is not charged for the other one."""
    text = "/home/jroe77/a as jroe77"
    labels = (
        Label("USERNAME", "home-path user", "jroe77", (), "raw", (), 6, 12),
        Label("USERNAME", "login user", "jroe77", (), "raw", (), 18, 24),
    )
    case = Case("dev-3", "dev", "text", "log", text, labels, ())
    scores = scored(case, "/home/[user]/a as jroe77")
    leaked = {sort: one.leak for sort, one in scores.by_sort.items()}
    assert leaked == {"home-path user": Rate(0, 1), "login user": Rate(1, 1)}
    assert scores.overall.leak == Rate(1, 1)


def test_value_of_two_entities_is_counted_once() -> None:
    """A name that is an account, too, is one value and one leak."""
    text = r"C:\Users\Jane Roe, owner: Jane Roe"
    labels = (
        Label("USERNAME", "home-path user", "Jane Roe", (), "raw", (), 9, 17),
        Label("PERSON", "person field", "Jane Roe", (), "raw", (), 26, 34),
    )
    case = Case("dev-3", "dev", "text", "log", text, labels, ())
    scores = scored(case, r"C:\Users\[user], owner: Jane Roe")
    assert scores.overall.leak == Rate(1, 1)
    leaked = {sort: one.leak for sort, one in scores.by_sort.items()}
    assert leaked == {"home-path user": Rate(0, 1), "person field": Rate(1, 1)}


MASKS = {
    "j***@example.com": (0, 0),
    "[email]": (0, 0),
    "<EMAIL_ADDRESS>": (0, 0),
    "jane.roe@***": (0, 1),
    "4*** **** **** 1117": (0, 0),
    "**** **** **** 1117": (0, 0),
    "4111 1111 1111 ****": (0, 1),
    "4111-1111-1111-1117": (1, 0),
    "***1 1111 1111 1117": (0, 1),
}


@pytest.mark.parametrize(("mask", "left"), MASKS.items(), ids=MASKS.keys())
def test_mask_is_judged_by_what_it_leaves(mask: str, left: tuple[int, int]) -> None:
    """A letter of a mailbox or the last four digits tell nobody; a mailbox or twelve digits do."""
    card = "4111 1111 1111 1117"
    labels = (
        Label("EMAIL_ADDRESS", "email", MAIL.value, MAIL.parts, "raw", (), 0, 20),
        Label("CREDIT_CARD", "card", card, (card[6:], card[:-5]), "raw", (), 21, 40),
    )
    case = Case("dev-5", "dev", "text", "log", f"{MAIL.value} {card}", labels, ())
    one = scored(case, mask).overall
    assert (one.leaked, one.partial) == left


@pytest.mark.parametrize(
    ("output", "damaged"),
    [
        ({"path": "/home/[user]/[file].py", "level": "error"}, 1),
        ({"path": "/home/[user]/train.py", "level": None}, 1),
        ({"note": "train.py", "level": "error"}, 0),
    ],
    ids=["changed", "emptied", "moved"],
)
def test_damage_is_what_is_gone_from_its_place(output: dict[str, Any], damaged: int) -> None:
    """Byte for byte in its field; where that is gone, anywhere."""
    assert scored(EVENT, output).overall.damaged == damaged


def test_form_of_a_server_is_no_damage() -> None:
    """Pairs for a table, a string for a number of seconds, lists in `values`, as Relay writes."""
    content = {"tags": {"gpu": "A100"}, "timestamp": "2026-01-01T00:00:00Z", "values": ["one"]}
    stays = (
        Stay("A100", ("tags", "gpu")),
        Stay("2026-01-01T00:00:00Z", ("timestamp",)),
        Stay("one", ("values", 0)),
    )
    case = Case("dev-4", "dev", "event", "event", content, (), stays)
    output = {"tags": [["gpu", "A100"]], "timestamp": 1767225600.0, "values": {"values": ["one"]}}
    verdict = Reference(case).judge(output)
    assert verdict.damages == ()


@pytest.mark.parametrize(
    ("after", "recall", "precision"),
    [
        ("mail [email] from 192.0.2.7, step 12 of 90", 1 / 2, 1.0),
        ("mail [email] from [ip], step [n] of 90", 1.0, 2 / 3),
        ("mail jane.roe@[host] from 192.0.2.7, step 12 of 90", 11 / 20 / 2, 1.0),
        ("[gone] step 12 of 90", 1.0, 29 / 41),
    ],
    ids=["one of two", "one too many", "half a value", "too long"],
)
def test_precision_and_recall_by_hand(after: str, recall: float, precision: float) -> None:
    """A span counts by its share that overlaps."""
    one = scored(PLAIN, after).overall
    assert one.recall == pytest.approx(recall)
    assert one.precision == pytest.approx(precision)


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ("a b", "a b", []),
        ("", "new", []),
        ("all", "", [(0, 3)]),
        ("a secret b", "a [x] b", [(2, 8)]),
        ("one\ntwo\nthree\n", "one\n[x]\nthree\n", [(4, 7)]),
        ("one\ntwo\nthree\n", "one\nthree\n", [(4, 8)]),
        ("x " * 2000, "y " * 2000, [(0, 3999)]),
    ],
    ids=["same", "put in", "emptied", "word", "line", "line gone", "long"],
)
def test_what_was_taken_out_is_read_off(
    before: str, after: str, gone: list[tuple[int, int]]
) -> None:
    """Of every kind of change, also of one too long to be compared word by word."""
    assert taken_out(before, after) == gone


def test_cover_is_a_share() -> None:
    """Of each range by itself."""
    assert covered([(0, 10), (20, 24)], [(5, 21), (23, 30)]) == [0.5, 0.5]


@pytest.mark.parametrize(
    ("rate", "low", "high"),
    [(Rate(0, 10), 0.0, 0.2775), (Rate(10, 10), 0.7225, 1.0), (Rate(5, 10), 0.2366, 0.7634)],
)
def test_interval_is_wilsons(rate: Rate, low: float, high: float) -> None:
    """As tables of it say."""
    assert rate.interval() == pytest.approx((low, high), abs=1e-4)


def test_of_nothing_there_is_no_rate() -> None:
    """Not 0, not 1."""
    assert (Rate(0, 0).value, Rate(0, 0).interval()) == (None, None)


@pytest.mark.parametrize("show", [repr, str], ids=["repr", "str"])
def test_no_survivor_shows_a_value(show: Callable[[object], str]) -> None:
    """Neither the value nor a part of it."""
    found = show(scored(PLAIN, TEXT).survivors)
    assert "jane" not in found
    assert "192" not in found
