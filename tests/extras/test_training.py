"""Training: what is exported tags as CRFsuite does, and what is generated stays the same."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from scrubber.ner.chain import probabilities
from scrubber.ner.model import read_model
from scrubber.ner.scores import Scores
from scrubber.ner.tagger import EmbeddedTagger
from scrubber.ner.tokens import tokens
from scrubber.ner.words import mostly_latin

if TYPE_CHECKING:
    from pathlib import Path

    from scrubber.ner.gazetteer import Gazetteer
    from scrubber.ner.model import Model
    from training.messages import Message

pycrfsuite: Any = pytest.importorskip("pycrfsuite", reason="python-crfsuite is not installed")
pytest.importorskip("faker", reason="Faker is not installed")
pytest.importorskip("names", reason="the package `names` is not installed")

MOST_APART = 0.01
MESSAGES = 600


@cache
def messages(seed: int = 7) -> tuple[Message, ...]:
    """Generate messages, with names and without."""
    from training.messages import from_templates
    from training.values import Draw

    draw = Draw(Random(seed))  # noqa: S311  # the same each time, no secret
    made = [
        *from_templates(("train_named",), ("listed", "unlisted"), draw, times=1),
        *from_templates(("train_plain",), ("listed",), draw, times=1),
    ]
    return tuple(draw.random.sample(made, MESSAGES))


@pytest.fixture(scope="module")
def lists() -> Gazetteer:
    """The lists of names that training knows."""
    from training.crf import gazetteer

    return gazetteer(("listed",))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, lists: Gazetteer) -> Path:
    """A model of CRFsuite, of the first half of the messages."""
    from training import crf

    path = tmp_path_factory.mktemp("trained") / "tagger.crfsuite"
    crf.train(messages()[: MESSAGES // 2], lists, path)
    return path


@pytest.fixture(scope="module")
def exported(file: Path, lists: Gazetteer) -> Model:
    """The same as a model of the package, none of its weights left out."""
    from training import crf

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crf, "_LIGHTEST", 0.0)
        return crf.exported(file, lists, 0.5)


def _likely(model: Model, line: str) -> list[float]:
    found = tokens(line)
    texts = [one.text for one in found]
    one = Scores(model)
    judged = one.judged(texts, latin=mostly_latin(texts))
    return probabilities(one.of(judged, [token.glued for token in found]), model.moves)


def test_exported_weights_tag_as_crfsuite_does(
    file: Path, exported: Model, lists: Gazetteer
) -> None:
    """Each token is as likely part of a name, in messages that were trained on and in others."""
    from training.crf import features_of

    theirs = pycrfsuite.Tagger()
    theirs.open(str(file))
    named = 0
    for message in messages():
        found = tokens(message.text)
        if not found:
            continue
        theirs.set(features_of(found, lists))
        expected = [theirs.marginal("P", at) for at in range(len(found))]
        assert _likely(exported, message.text) == pytest.approx(expected, abs=MOST_APART)
        named += any(one > 0.9 for one in expected)
    assert named > MESSAGES / 10


def test_what_is_trained_is_packaged_whole(exported: Model, tmp_path: Path) -> None:
    """It tags the same once it was written and read, and it has learnt something."""
    path = tmp_path / "tagger.bin"
    path.write_bytes(exported.written())
    read, made = EmbeddedTagger(read_model(path)), EmbeddedTagger(exported)
    found = [made.tag(one.text) for one in messages()]
    assert [read.tag(one.text) for one in messages()] == found
    half = MESSAGES // 2
    seen = list(zip(messages()[:half], found[:half], strict=True))
    right = sum({(one.start, one.end) for one in spans} == set(m.spans) for m, spans in seen)
    assert right > 0.8 * len(seen)


def test_the_same_seed_generates_the_same_messages() -> None:
    """Names stand where the spans say."""
    first = messages(11)
    messages.cache_clear()
    assert messages(11) == first != messages(12)
    for message in first:
        assert "\n" not in message.text
        for start, end in message.spans:
            assert message.text[start:end].strip() == message.text[start:end] != ""


def test_no_name_is_in_two_parts() -> None:
    """Those of test sets are in no other."""
    from training.names import people

    parts = [people((part,)) for part in ("listed", "unlisted", "test")]
    for groups in zip(*parts, strict=True):
        for which in ("givens", "surnames"):
            every = [name.casefold() for group in groups for name in getattr(group, which)]
            sets = [{name.casefold() for name in getattr(group, which)} for group in groups]
            assert len(set(every)) == sum(map(len, sets))


@pytest.mark.parametrize("style", ["", "comma", "initial", "middle", "titled", "joined", "caps"])
def test_a_name_is_written_without_its_title(style: str) -> None:
    """In every style, of every group."""
    from training.names import people, written

    draw = Random(7)  # noqa: S311  # the same each time, no secret
    for group in people(("test",)):
        text, start, end = written(group, draw, style)
        assert 0 <= start < end == len(text)
        assert text[start].isalpha()


def test_test_sets_share_no_template_with_training() -> None:
    """Nor their names, which are of a part of their own."""
    from training.data import _form, held_out_templates
    from training.messages import read_templates

    seen = {_form(one) for one in read_templates("train_named", "train_plain")}
    made = held_out_templates()
    assert len(made) > 1000
    assert not seen.intersection(_form(one.origin) for one in made)
