"""Tables as text: as many records and cells as before, and nothing of anyone in them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scrubber.archive.formats.csv_records import Records
from tests.archive.scrubbing import scrubbed, settled

CANARY = "canary.jane@example.com"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('user,password,n\r\njane,hunter2,1\r\njoe,"a, ""b""",2\r\n',
         'user,password,n\r\n[user],[secret],1\r\n[user],"[secret]",2\r\n'),
        ('name;to;v\nx;"a;jane@example.com\nmore";1,5\n', 'name;to;v\nx;"a;[email]\nmore";1,5\n'),
        ("user\tn\njane\t1", "user\tn\n[user]\t1"),
        ("user|n\njane|1\n", "user|n\n[user]|1\n"),
        ("sep=;\nuser;n\njane;1\n", "sep=;\nuser;n\n[user];1\n"),
        ("# by jane@example.com\n\nuser,n\njane,1\n", "# by [email]\n\nuser,n\n[user],1\n"),
        ("1,jane@example.com\n2,x\n", "1,[email]\n2,x\n"),
        ("jane@example.com,joe@example.com\n1,2\n", "[email],[email] (2)\n1,2\n"),
        ("key,value\nDB_PASSWORD,hunter2\nlr,0.1\n", "key,value\nDB_PASSWORD,[secret]\nlr,0.1\n"),
        ("first_name,ssn\nJane,078-05-1120\n", "first_name,ssn\n[person],[ssn]\n"),
        ("phone,n\n015123456789,1\n", "phone,n\n0,1\n"),
        ('a,b\n5" d,a@example.com\n"o,a@example.com\n', 'a,b\n5" d,[email]\n"o,[email]\n'),
        ("a,b\r1,jane@example.com\r", "a,b\r1,[email]\r"),
        ("user,n\njane,1,jane@example.com\n\n,\n", "user,n\n[user],1,[email]\n\n,\n"),
        ("id,loss\n4111111111111112,1e-05\n",) * 2,
        ("",) * 2, ("a",) * 2, ("\n\n",) * 2, ('a,"',) * 2,
    ],
)  # fmt: skip
def test_cells_are_scrubbed_in_their_place(before: str, after: str) -> None:
    """By their column and by what they hold; the header, quotes and line ends stay."""
    for codec in ("utf-8", "utf-8-sig") if before else ("utf-8",):
        assert after.encode(codec) == settled(before.encode(codec), "x.csv")


def test_other_encodings_stay() -> None:
    """UTF-16 as spreadsheets write it, and bytes that are no characters."""
    text = "user\tcaf\xe9\njane\t1\n"
    assert text.replace("jane", "[user]").encode("utf-16") == settled(
        text.encode("utf-16"), "x.tsv"
    )
    latin = text.encode("latin-1")
    assert latin.replace(b"jane", b"[user]") == settled(latin, "x.tsv")


CELLS = st.one_of(
    # Many control characters in a short text are a sign of binary data.
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\t\n\r"),
        max_size=8,
    ),
    st.sampled_from(
        [CANARY, f'a "{CANARY}", b\nc', "0.5", "17", "/home/jane/x", "", '"', "[user]"]
    ),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([("user", "a", "password"), ("a", "b", "c"), ("1", "2", "3")]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_keeps_its_cells(
    rows: list[list[str]], head: tuple[str, ...], quoting: int, end: str
) -> None:
    """The canary goes, a cell in which nothing is stays, a second time changes nothing."""
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator=end).writerows([head, *rows])  # type: ignore[arg-type]
    before = out.getvalue().encode()
    after = settled(before, "x.csv").decode()
    found = list(csv.reader(io.StringIO(after, newline="")))
    same = list(csv.reader(io.StringIO(before.decode(), newline="")))
    assert [len(row) for row in same] == [len(row) for row in found]
    assert list(head) == found[0]
    assert CANARY not in after
    for old, new in zip(same[1:], found[1:], strict=True):
        for was, now in zip(old, new, strict=True):
            assert (
                was == now
                or was in {CANARY, f'a "{CANARY}", b\nc', "/home/jane/x"}
                or head[0] == "user"
            )


def test_records_over_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks end where records do, also where cells hold line ends."""
    monkeypatch.setattr("scrubber.archive.formats.csv.BLOCK", 64)
    monkeypatch.setattr("scrubber.files.compressed.CHUNK", 50)
    data = b"user,note\n" + b'jane,"two\nlines"\n' * 30
    assert settled(data, "x.csv") == b"user,note\n" + b'[user],"two\nlines"\n' * 30
    assert scrubbed(data, "x.csv")[2].lines == 31


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("a1é\n\r, "), min_size=1, max_size=30))
def test_lines_without_quotes_are_cut_as_cell_by_cell(text: str) -> None:
    """The fast way finds the cells, and the places of them, that the other one finds."""
    records = Records(",")
    rows, cells = records.cut(text), records.cells(text)
    assert rows.texts == [[cell.text for cell in row] for row in cells]
    found = [[rows.cell(at, column) for column in range(len(row))] for at, row in enumerate(cells)]
    assert found == cells


def test_one_wide_record_makes_no_other_wide() -> None:
    """Memory is that of the cells there are."""
    text = "a,b\n" + "1,2\n" * 2000 + ",".join(["jane@example.com"] * 3000) + "\n1,2\n"
    after = settled(text.encode(), "x.csv").decode()
    assert after == text.replace("jane@example.com", "[email]")


def test_findings_have_the_hour_of_their_record() -> None:
    """A column of moments says it; what is no moment leaves the hour of the file."""
    data = b"time,to\n2026-01-02T03:04:05+01:00,a@example.com\n1764000000,b@example.com\n"
    _, _, found = scrubbed(data * 2 + b"?,a@example.com\n", "x.csv")
    hours = {"2026-01-02T02": 2, "2025-11-24T16": 2, "2026-11-24T03": 1}
    assert hours == {hour: count for hour, count in found.hours.items() if count}


def test_a_cell_of_json_is_scrubbed_for_its_names() -> None:
    """An export keeps records in cells."""
    before = 'n,body\n1,"{""user"": {""name"": ""jane"", ""n"": 1.50}}"\n'
    after = 'n,body\n1,"{""user"": {""name"": ""[user]"", ""n"": 1.50}}"\n'
    assert after.encode() == settled(before.encode(), "x.csv")


@pytest.mark.parametrize("text", ["user,n\njane,1\njane,", "n,to\n1,a@b.example,"])
def test_a_record_that_ends_in_a_delimiter_is_not_the_last_but_one(text: str) -> None:
    """Without a line end behind it, it was passed over."""
    after = settled(text.encode(), "x.csv")
    assert b"jane" not in after
    assert b"a@b" not in after
    assert len(after.split(b",")) == len(text.split(","))
