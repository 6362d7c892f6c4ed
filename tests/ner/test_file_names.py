"""Names of files and folders: the name goes, the rest of the component and the suffix stay."""

from __future__ import annotations

import os
import sysconfig
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber import Scrubber
from scrubber.ner.components import components
from scrubber.ner.file_names import BESIDE_ROLE, PAIR, RULE_ID, file_name_spans
from scrubber.ner.people import People
from scrubber.ner.tagger import EmbeddedTagger

NAMES = (
    ("patient_[John_Smith]_1970.dcm", PAIR),
    ("could not read /data/in/patient_[John_Smith]_1970.dcm", PAIR),
    ("IMG_[Maria-Gonzalez].png", PAIR),
    ("[JohnSmith].pdf", PAIR),
    ("[smith_john]_scan2.nii.gz", PAIR),
    ("/data/[Garcia, Maria]/ct.dcm", PAIR),
    ("Lebenslauf-[Jürgen-Müller].pdf", PAIR),
    (r"C:\\Users\\x\\[Doe_Jane]\\x.docx", PAIR),
    (r"\/data\/[Maria_Garcia]\/x.bin", PAIR),
    ("[MARIA_GARCIA].JPG", PAIR),
    ("[Maria_A_Garcia].wav", PAIR),
    ("/x/[jose_maria_garcia_lopez].bin", PAIR),
    ("/x/[McDonald_Ronald]/y", PAIR),
    ("[Casper_van_den_Berg].csv", PAIR),
    ("/x/[Van den Berg, Casper]/y.csv", PAIR),
    ("upload [Maria Garcia].xlsx done", PAIR),
    ("see [Maria Garcia].mp4", PAIR),
    ('"[Maria Garcia] (2).pdf"', PAIR),
    ("https://example.com/x?f=[maria_garcia].pdf", PAIR),
    ("https://example.com/people/[maria-garcia]", PAIR),
    ('{"file":"/d/[maria_garcia]_01.json"}', PAIR),
    ("/home/[john_smith]/train.py", PAIR),
    ("[Иван_Петров].docx", PAIR),
    ("[山田太郎].pdf", PAIR),
    ("scan_[이영희].pdf", PAIR),
    ("patient_[Kowalczyk].dcm", BESIDE_ROLE),
    ("[Kowalczyk]_CV.pdf", BESIDE_ROLE),
    ("student-[nowak]-2.csv", BESIDE_ROLE),
)

NO_NAMES = (
    "train_test_split.py adam_optimizer.py bert-base-uncased",
    "/data/resnet_50_paris.pth /data/jordan_form.csv /data/lena.png /data/charlotte.json",
    "/data/san_francisco.csv /data/New_York.csv /data/santa_clara.csv /data/Costa_Rica.csv",
    "/data/grace_period.csv /data/mark_as_read.txt /data/long_run.csv",
    "john_smith.py test_martin_odersky_style.scala JohnSmith.java",
    "/usr/share/maria_garcia/x.csv /x/lib/python3.11/site-packages/maria_garcia/x.csv",
    r"C:\Windows\maria_garcia.dat C:\Program Files\Maria Garcia\x.dat",
    "/out/jensen_shannon.npy /out/mann_whitney.csv /out/kaplan_meier.png /img/Aston_Martin.jpg",
    "/data/student_teacher.ckpt /data/customer_churn.csv /data/person_bbox.json /data/cv_fold.csv",
    "/data/patient_0042.dcm /data/subject-01.mat /data/client_secret.json",
    "charset_normalizer-3.4-py3-none-any.whl python_dateutil-2.8.tar.gz ruamel.yaml-0.18.tar.gz",
    "/models/meta-llama/Llama-3.1-8B-Instruct/x.safetensors /models/openai/clip-vit-base/x.bin",
    "Read and/or Maria Garcia, etc.",
    "Maria Garcia said so",
    "maria.garcia@example.com",
    "/x/Maria_Maria/y",
    "",
)


def _parts(marked: str) -> tuple[str, list[str]]:
    """Give a line without the brackets around its name, and the name."""
    before, _, rest = marked.partition("[")
    name, _, after = rest.partition("]")
    return before + name + after, [name]


@pytest.mark.parametrize(("marked", "sure"), NAMES)
def test_the_words_of_a_name_are_found(marked: str, sure: float) -> None:
    """The rest of the component is none of it."""
    line, names = _parts(marked)
    found = file_name_spans(line)
    assert names == [line[one.start : one.end] for one in found]
    assert {("PERSON", RULE_ID, sure)} == {one[2:5] for one in found}


@pytest.mark.parametrize("line", NO_NAMES)
def test_names_of_code_data_and_places_are_not(line: str) -> None:
    """Who debugs needs them."""
    assert file_name_spans(line) == []


def test_nothing_of_the_standard_library_is_a_name() -> None:
    """Neither its files nor its folders, even where the path does not say what they are."""
    root = Path(sysconfig.get_paths()["stdlib"])
    lines = {
        f"/{Path(folder).name}/{name}"
        for folder, folders, names in os.walk(root)
        for name in (*folders, *names)
        if not {"site-packages", "__pycache__", "test"}.intersection(Path(folder).parts)
    }
    assert "/json/decoder.py" in lines
    assert [line for line in lines if file_name_spans(line)] == []


@pytest.mark.parametrize("marked", [marked for marked, _ in NAMES])
def test_digits_say_nothing(marked: str) -> None:
    """What is found in a line is found in every line of its shape."""
    line, _ = _parts(marked)
    assert file_name_spans(line) == file_name_spans(_shape(line))


_WORDS = st.sampled_from(
    [
        "Maria",
        "Garcia",
        "smith",
        "john",
        "patient",
        "van",
        "run",
        "2",
        "ct",
        "Mc",
        "田",
        "É",
        "\u0301",
    ]
)
_SIGNS = st.sampled_from(
    ["_", "-", ".", " ", "/", "\\", ", ", "(2)", '"', "", ".pdf", ".py", "/usr/"]
)


@given(st.lists(st.tuples(_WORDS, _SIGNS), max_size=12))
def test_names_are_disjoint_and_lie_within_one_component(pairs: list[tuple[str, str]]) -> None:
    """They begin and end with a letter or its mark, and a suffix is none of them."""
    line = "".join(map("".join, pairs))
    ranges = [(start, start + len(text)) for start, text in components(line)]
    found = file_name_spans(line)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(one[1] <= other[0] for one, other in pairwise(ranges))
    for span in found:
        assert any(low <= span.start < span.end <= high for low, high in ranges)
        assert line[span.start].isalpha()
        assert line[span.end - 1].isalpha() or line[span.end - 1] == "\u0301"


@given(st.text(max_size=60))
def test_any_line_is_answered(line: str) -> None:
    """And its shape gets the same answer."""
    assert file_name_spans(line) == file_name_spans(_shape(line))


def _shape(line: str) -> str:
    return line.translate({ord(digit): "0" for digit in "123456789"})


def test_people_finds_names_of_files_beside_what_taggers_find() -> None:
    """In the text as it stands, and in what its escapes hide."""
    people = People([EmbeddedTagger()])
    line = "no /x/J%C3%BCrgen_M%C3%BCller_scan7.bin"
    names = {line[one.start : one.end] for one in people.find(line) if one.rule_id == RULE_ID}
    assert names == {"J%C3%BCrgen_M%C3%BCller"}


@cache
def _everywhere() -> Scrubber:
    return Scrubber(ner="on")


@pytest.mark.parametrize("marked", [marked for marked, _ in NAMES])
def test_scrubbed_twice_is_scrubbed_once(marked: str) -> None:
    """No word of the name stays, its suffix does, and nothing more goes the second time."""
    line, (name,) = _parts(marked)
    scrubbed = _everywhere().scrub_text(line)
    assert name not in scrubbed
    assert marked.rpartition("]")[2].rpartition(".")[2] in scrubbed
    assert scrubbed == _everywhere().scrub_text(scrubbed)


def test_an_event_is_scrubbed_once() -> None:
    """What replaces whole folders and whole names of files agrees with what replaces names."""
    text = "\n".join(_parts(marked)[0] for marked, _ in NAMES)
    once = _everywhere().scrub({"message": text})
    assert once is not None
    assert [name for marked, _ in NAMES for name in _parts(marked)[1] if name in str(once)] == []
    assert once == _everywhere().scrub(once)
