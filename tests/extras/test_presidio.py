"""Presidio, both ways: its engine as a tagger, and rules and taggers as its recognisers."""

from __future__ import annotations

import contextlib
import io
import pickle
import re
import textwrap
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrubber import Scrubber
from scrubber.errors import ConfigError, ScrubberError
from scrubber.ner import pipelines, presidio_engine
from scrubber.ner.presidio import AnalyzerTagger
from scrubber.types import Span
from tests.corpus.probes import probes
from tests.extras.pipelines import LEARNT, NAME, ruled, trained

presidio: Any = pytest.importorskip("presidio_analyzer", reason="Presidio is not installed")

from scrubber.integrations.presidio import (  # noqa: E402
    RULE_KEY,
    CrashscrubNameRecognizer,
    CrashscrubRecognizer,
    entities_of,
    recognizers,
)

PAGE = Path(__file__).parents[2] / "docs/how-to/presidio.md"
TEXTS = [probe.text for probe in probes()]
LINE = "mail jane@example.com from 192.0.2.17, card of Jane Doe in Springfield"


class NameTagger:
    """Finds one name; stands for the embedded tagger."""

    entities = ("PERSON",)

    def tag(self, line: str) -> list[Span]:
        """Find it, wherever it is."""
        return [
            Span(one.start(), one.end(), "PERSON", "ner.tagger", 0.9)
            for one in re.finditer("Jane Doe", line)
        ]


class FailingTagger:
    """Fails, and tells the line."""

    def tag(self, line: str) -> list[Span]:
        """Fail."""
        raise ValueError(line)


def embedded_tagger() -> Any:  # noqa: ANN401  # a Tagger
    """Give the embedded tagger, or None while there is none."""
    try:
        return import_module("scrubber.ner.tagger").embedded()
    except (ImportError, ScrubberError):
        return None


def engine(*made: Any, language: str = "en") -> Any:  # noqa: ANN401  # an AnalyzerEngine
    """Make an engine with some recognisers and no model."""
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    none = NoOpNlpEngine(models=[{"lang_code": language, "model_name": ""}])
    none.load()
    registry = presidio.RecognizerRegistry(recognizers=list(made), supported_languages=[language])
    return presidio.AnalyzerEngine(
        registry=registry, nlp_engine=none, supported_languages=[language]
    )


def pattern(name: str, entity: str, regex: str, score: float = 0.8) -> Any:  # noqa: ANN401
    """Make a recogniser of Presidio's own kind."""
    return presidio.PatternRecognizer(
        supported_entity=entity, name=name, patterns=[presidio.Pattern(name, regex, score)]
    )


def places(found: list[Any]) -> list[tuple[int, int, str, float]]:
    """Give findings or results as one kind of thing."""
    return sorted(
        (one.start, one.end, one.entity_type, one.score)
        if hasattr(one, "entity_type")
        else (one.start, one.end, one.entity, one.confidence)
        for one in found
    )


# Its engine as a tagger.


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No pipeline is installed but a packaged one of patterns."""
    ruled().to_disk(tmp_path / "spacy")
    monkeypatch.setattr(pipelines, "PACKAGED", tmp_path / "spacy")
    monkeypatch.setattr(presidio_engine, "_SIZES", ())
    return tmp_path / "spacy"


def test_results_are_spans_of_entities_here() -> None:
    """The score is the confidence, and the recogniser the rule."""
    analyzer = engine(
        pattern("ZipRecognizer", "zip code", r"\d{5}", 0.6),
        pattern("Passport (US)", "US_PASSPORT", r"X\d{8}", 0.9),
        pattern("Weak", "PERSON", r"nobody", 0.3),
    )
    tagger = AnalyzerTagger(analyzer)
    assert tagger.entities == ("PASSPORT", "PERSON", "ZIP_CODE")
    assert tagger.tag("at 12345 with X12345678 of nobody") == [
        Span(3, 8, "ZIP_CODE", "presidio.zip_recognizer", 0.6),
        Span(14, 23, "PASSPORT", "presidio.passport_us", 0.9),
    ]
    low = AnalyzerTagger(analyzer, threshold=0.3)
    assert [one.entity for one in low.tag("of nobody")] == ["PERSON"]


def test_overlapping_results_become_disjoint() -> None:
    """What one covers alone stays covered."""
    analyzer = engine(
        pattern("A", "PERSON", "abc def", 0.5), pattern("B", "ORGANIZATION", "def ghi jkl", 0.9)
    )
    assert AnalyzerTagger(analyzer).tag("abc def ghi jkl") == [
        Span(0, 4, "PERSON", "presidio.a", 0.5),
        Span(4, 15, "ORGANIZATION", "presidio.b", 0.9),
    ]


def test_names_are_trimmed_and_patterns_are_not() -> None:
    """A phone number may begin with a bracket."""
    analyzer = engine(
        pattern("A", "PERSON", r"'Jane Doe'"), pattern("B", "PHONE_NUMBER", r"\(555\) 555-0100")
    )
    found = AnalyzerTagger(analyzer).tag("of 'Jane Doe' (555) 555-0100")
    assert [(one.start, one.end) for one in found] == [(4, 12), (14, 28)]


@pytest.mark.parametrize("asked", ["PASSPORT", "US_PASSPORT"])
def test_entities_are_asked_for_by_either_name(asked: str) -> None:
    """And no other is looked for."""
    analyzer = engine(pattern("A", "US_PASSPORT", r"X\d"), pattern("B", "PERSON", "Jane"))
    found = AnalyzerTagger(analyzer, entities=[asked]).tag("X1 Jane")
    assert [one.entity for one in found] == ["PASSPORT"]


def test_what_an_engine_does_not_know_is_refused_at_once() -> None:
    """Presidio would log a warning, and look for the others."""
    analyzer = engine(pattern("A", "PERSON", "Jane"))
    with pytest.raises(ConfigError, match="no entity 'BADGE'"):
        AnalyzerTagger(analyzer, entities=["PERSON", "BADGE"])
    with pytest.raises(ConfigError, match="no entity finds nothing"):
        AnalyzerTagger(analyzer, entities=[])
    with pytest.raises(ConfigError, match="language 'de'"):
        AnalyzerTagger(analyzer, language="de")
    with pytest.raises(ConfigError, match="has no name here"):
        AnalyzerTagger(engine(pattern("A", "\u59d3\u540d", "Jane")))


def test_without_presidio_the_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is made."""
    monkeypatch.setattr(pipelines, "find_spec", lambda _name: None)
    with pytest.raises(ModuleNotFoundError, match=re.escape("pip install 'crashscrub[presidio]'")):
        AnalyzerTagger()


def test_a_failing_recogniser_is_an_error_without_the_line() -> None:
    """And not an answer without it."""
    analyzer = engine(CrashscrubNameRecognizer([FailingTagger()]))
    with pytest.raises(ScrubberError) as caught:
        AnalyzerTagger(analyzer).tag("mail of Jane Doe")
    assert "Jane" not in str(caught.value)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


def test_a_pattern_that_was_given_up_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Presidio goes on without it, and its answer does not tell."""
    monkeypatch.setattr(presidio.pattern_recognizer, "REGEX_TIMEOUT_SECONDS", 0.05)
    analyzer = engine(pattern("A", "PERSON", r"(a|aa|a.?)+$"), pattern("B", "BADGE", "B-17"))
    line = f"{'a' * 60}! B-17"
    assert [one.entity_type for one in analyzer.analyze(line, "en")] == ["BADGE"]
    with pytest.raises(ScrubberError, match="the Presidio engine failed"):
        AnalyzerTagger(analyzer).tag(line)


def test_an_engine_is_made_of_what_is_installed(packaged: Path) -> None:
    """With Presidio's own recognisers; nothing is downloaded."""
    tagger = AnalyzerTagger()
    found = tagger.tag(f"{LINE}, 4111 1111 1111 1111\udcff")
    assert [(one.entity, one.rule_id) for one in found] == [
        ("URL", "presidio.url_recognizer"),
        ("IP_ADDRESS", "presidio.ip_recognizer"),
        ("PERSON", "presidio.spacy_recognizer"),
        ("LOCATION", "presidio.spacy_recognizer"),
        ("CREDIT_CARD", "presidio.credit_card_recognizer"),
    ]
    nlp = pipelines.pipeline_at(pipelines.place_of(""), parts=pipelines.ALL).loaded()
    before = len(nlp.vocab.strings)
    for n in range(300):
        tagger.tag(f"word{n} of name{n}, Jane Doe")
    assert len(nlp.vocab.strings) == before
    assert packaged.is_dir()


def test_an_engine_of_a_trained_pipeline_finds_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Labels that Presidio does not know are mapped as they are for spaCy alone."""
    monkeypatch.setattr(pipelines, "PACKAGED", trained(tmp_path / "spacy", "PRS"))
    monkeypatch.setattr(presidio_engine, "_SIZES", ())
    (found,) = AnalyzerTagger(entities=["PERSON"]).tag(LEARNT)
    assert (LEARNT[found.start : found.end], found.entity) == (NAME, "PERSON")


@pytest.mark.usefixtures("packaged")
def test_an_engine_made_here_refuses_what_it_does_not_know() -> None:
    """When it is first used."""
    with pytest.raises(ConfigError, match="no entity 'BADGE'"):
        AnalyzerTagger(entities=["BADGE"]).tag("x")


def test_without_a_pipeline_an_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """At once; Presidio would download one."""
    monkeypatch.setattr(pipelines, "PACKAGED", Path("nowhere"))
    with pytest.raises(ConfigError, match="for the language 'xx'"):
        AnalyzerTagger(language="xx")


@pytest.mark.usefixtures("packaged")
def test_it_goes_to_another_process() -> None:
    """An engine that was given goes along, or the error says that it cannot."""
    for tagger in (
        AnalyzerTagger(entities=["PERSON"]),
        AnalyzerTagger(engine(pattern("A", "PERSON", "Jane Doe"))),
    ):
        copy = pickle.loads(pickle.dumps(tagger))  # noqa: S301  # our own
        assert copy.tag(LINE) == tagger.tag(LINE) != []
    stuck = engine(CrashscrubNameRecognizer([type("Local", (NameTagger,), {})()]))
    with pytest.raises(pickle.PicklingError, match="AnalyzerEngine"):
        pickle.dumps(AnalyzerTagger(stuck))


# Rules and taggers as its recognisers.


@pytest.mark.parametrize(("policy", "step"), [("balanced", 1), ("strict", 5)])
def test_findings_are_those_of_a_scan(policy: str, step: int) -> None:
    """Of every text there is a probe for, and each has an entity that can be asked for."""
    analyzer = engine(*recognizers(policy, taggers=()))
    scrubber = Scrubber(policy)
    for text in TEXTS[::step]:
        assert places(analyzer.analyze(text, "en")) == places(scrubber.scan(text))
        assert {one.entity for one in scrubber.scan(text)} <= entities_of(scrubber)


def test_names_that_a_policy_looks_for_are_findings() -> None:
    """They can be asked for and left out as others can."""
    tagger = embedded_tagger()
    if tagger is None:
        pytest.skip("the embedded tagger is not there yet")
    scrubber = Scrubber(replace(Scrubber().policy, ner="on"))
    analyzer = engine(*recognizers(scrubber=scrubber, taggers=()))
    line = "Permission denied for Jane Miller at 192.0.2.17"
    assert places(analyzer.analyze(line, "en")) == places(scrubber.scan(line))
    (name,) = analyzer.analyze(line, "en", entities=["PERSON"])
    assert line[name.start : name.end] == "Jane Miller"


def test_words_of_context_raise_a_score() -> None:
    """As Presidio does it, for who asks for it; an explicit word needs no lemmas."""
    analyzer = engine(CrashscrubRecognizer(context=["server"]))
    (plain,) = analyzer.analyze("from 192.0.2.17", "en")
    (raised,) = analyzer.analyze("from 192.0.2.17", "en", context=["server"])
    assert (plain.score, raised.score) == (0.9, 1.0)


def test_findings_can_be_asked_for_by_entity() -> None:
    """As with recognisers of Presidio's own."""
    analyzer = engine(*recognizers(taggers=[NameTagger()]))
    everything = analyzer.analyze(LINE, "en")
    assert {"EMAIL_ADDRESS", "IP_ADDRESS", "PERSON"} <= {one.entity_type for one in everything}
    for entity in ("EMAIL_ADDRESS", "IP_ADDRESS", "PERSON"):
        asked = analyzer.analyze(LINE, "en", entities=[entity])
        assert places(asked) == [one for one in places(everything) if one[2] == entity] != []


def test_results_say_which_rule_found_them() -> None:
    """In what goes with them, and in the explanation when it is asked for."""
    (mail,) = engine(*recognizers(taggers=())).analyze(
        "mail jane@example.com", "en", return_decision_process=True
    )
    assert mail.recognition_metadata["recognizer_name"] == "CrashscrubRecognizer"
    assert mail.recognition_metadata[RULE_KEY] == "contact.email"
    assert mail.analysis_explanation.pattern_name == "contact.email"
    assert "jane" not in str(mail.analysis_explanation)


def test_what_was_left_out_is_not_found_and_what_nobody_foresaw_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A finding no list has is no reason to be silent."""
    asked = ["IP_ADDRESS"]
    one = CrashscrubRecognizer(supported_entities=asked)
    assert [found.entity_type for found in one.analyze(LINE, asked)] == asked
    monkeypatch.setattr("scrubber.integrations.presidio.entities_of", lambda _scrubber: set(asked))
    one = CrashscrubRecognizer()
    assert [found.entity_type for found in one.analyze(LINE, asked)] == ["EMAIL_ADDRESS", *asked]


@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_recognisers_are_of_any_language(language: str) -> None:
    """Rules do not depend on it."""
    made = recognizers(taggers=[NameTagger()], language=language)
    found = engine(*made, language=language).analyze(LINE, language)
    assert {"EMAIL_ADDRESS", "PERSON"} <= {one.entity_type for one in found}


def test_a_scan_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never an answer without findings."""
    scrubber = Scrubber()
    analyzer = engine(*recognizers(scrubber=scrubber, taggers=()))

    def failing(_text: str) -> list[Any]:
        raise ScrubberError("the text could not be scanned")

    monkeypatch.setattr(scrubber, "scan", failing)
    with pytest.raises(ScrubberError, match="could not be scanned"):
        analyzer.analyze(LINE, "en")
    with pytest.raises(ScrubberError, match="a tagger failed") as caught:
        engine(CrashscrubNameRecognizer([FailingTagger()])).analyze(LINE, "en")
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@given(
    st.lists(st.sampled_from(["Jane Doe", "x", " ", "\n", "\r\n", "\u2028", "\x0b"]), max_size=12)
)
def test_names_are_found_line_by_line(parts: list[str]) -> None:
    """However lines end, at their place in the whole text."""
    text = "".join(parts)
    found = CrashscrubNameRecognizer([NameTagger()]).analyze(text, [])
    assert [text[one.start : one.end] for one in found] == re.findall("Jane Doe", text)


def test_the_embedded_tagger_is_the_default() -> None:
    """Taggers of one's own stand in for it, and an empty list for none."""
    tagger = embedded_tagger()
    if tagger is None:
        pytest.skip("the embedded tagger is not there yet")
    rules, names = recognizers()
    assert (rules.name, names.name) == ("CrashscrubRecognizer", "CrashscrubNameRecognizer")
    line = "Permission denied for Jane Miller"
    assert places(names.analyze(line, [])) == places(tagger.tag(line)) != []
    assert len(recognizers(taggers=())) == 1


def test_rules_and_names_are_anonymised() -> None:
    """By Presidio's own anonymiser."""
    anonymizer: Any = pytest.importorskip(
        "presidio_anonymizer", reason="presidio-anonymizer is not installed"
    )
    results = engine(*recognizers(taggers=[NameTagger()])).analyze(LINE, "en")
    done = anonymizer.AnonymizerEngine().anonymize(LINE, results).text
    assert done == "mail <EMAIL_ADDRESS> from <IP_ADDRESS>, card of <PERSON> in Springfield"


def test_a_recogniser_goes_to_another_process() -> None:
    """As engines that serve do."""
    made = pickle.loads(pickle.dumps(CrashscrubRecognizer("strict")))  # noqa: S301  # our own
    assert [one.entity_type for one in made.analyze("from 192.0.2.17", [])] == ["IP_ADDRESS"]


# What the page says.


def blocks(title: str) -> list[str]:
    """Give the indented blocks below a title of the page."""
    part = PAGE.read_text("utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    return [
        textwrap.dedent(one).lstrip()
        for one in re.findall(r"(?m)(?:^(?:    .*)?\n)*^    .*\n", part)
    ]


def printed(code: str, names: dict[str, Any]) -> str:
    """Run a block of the page."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(PAGE), "exec"), names)  # noqa: S102  # our own page
    return out.getvalue()


def test_the_example_of_the_page_prints_what_it_says() -> None:
    """With the rules everyone has; and the tagger takes the engine of the example."""
    names: dict[str, Any] = {}
    code, said = blocks("Rules as recognisers")
    assert printed(code, names) == said
    example = blocks("Its engine as a tagger")[0].partition("scrubber = Scrubber(")
    assert example[2] == "taggers=[tagger])\n"
    with pytest.raises(ConfigError, match="no entity 'LOCATION'"):
        printed(example[0], names)
    printed(example[0].replace(', "LOCATION"', ""), names)
    assert [one.entity for one in names["tagger"].tag("x")] == []


def test_the_registry_file_of_the_page_is_read(tmp_path: Path) -> None:
    """With the class that has a policy of its own, too."""
    from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

    file, code = blocks("In a registry file")
    names: dict[str, Any] = {}
    printed(code, names)
    if not embedded_tagger():
        file = file.replace("type: predefined", "type: predefined\n    enabled: false", 2).replace(
            "enabled: false", "enabled: true", 1
        )
    file += "  - name: Of our own\n    class_name: StrictRecognizer\n    type: predefined\n"
    (tmp_path / "recognizers.yaml").write_text(file, "utf-8")
    registry = RecognizerRegistryProvider(
        conf_file=tmp_path / "recognizers.yaml"
    ).create_recognizer_registry()
    made = {one.name: one for one in registry.recognizers}
    assert made["CrashscrubRecognizer"].scrubber.policy.id == "balanced"
    assert made["Of our own"].scrubber.policy.id == "strict"
    assert ("CrashscrubNameRecognizer" in made) == bool(embedded_tagger())
    found = engine(*registry.recognizers).analyze("from 192.0.2.17", "en")
    assert [one.entity_type for one in found] == ["IP_ADDRESS"]
