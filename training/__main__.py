"""
Trains the taggers and scores the embedded one: `python -m training tagger|spacy|scores FOLDER`.

FOLDER holds the public corpora; see `data.Corpora`.

Promise: the same corpora, seed and version of CRFsuite give the same file.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from scrubber.ner.model import MODEL, read_model
from scrubber.ner.tagger import EmbeddedTagger
from training import crf, spacy_pipeline
from training.data import (
    SEED,
    Corpora,
    held_out_packages,
    held_out_templates,
    training_set,
    wnut17_test,
)
from training.scores import Score, scored

ALL = ("listed", "unlisted", "test")
THRESHOLD = 0.75


def tagger(corpora: Corpora, target: Path = MODEL) -> None:
    """Train the embedded tagger, and write it with all lists of names."""
    messages = training_set(corpora)
    print(f"{len(messages)} messages, {sum(len(one.spans) for one in messages)} names", flush=True)
    known = crf.gazetteer(("listed",))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "tagger.crfsuite")
        crf.train(messages, known, file)
        model = crf.exported(file, crf.gazetteer(ALL), THRESHOLD)
    target.parent.mkdir(exist_ok=True)
    data = model.written()
    target.write_bytes(data)
    print(f"{len(model.weights)} weights, {len(data)} bytes")


def spacy(corpora: Corpora) -> None:
    """Train the pipeline of spaCy."""
    spacy_pipeline.train(training_set(corpora), MODEL.with_name("spacy"), SEED)


def scores(corpora: Corpora) -> None:
    """Score the packaged tagger; its lists without the names of the test sets."""
    packaged = read_model()
    unseen = replace(packaged, gazetteer=crf.gazetteer(("listed", "unlisted")))
    sets = {
        "held-out templates": held_out_templates(),
        "held-out packages": held_out_packages(corpora),
        "WNUT17 test": wnut17_test(corpora),
    }
    for name, messages in sets.items():
        for lists, model in (("unknown names", unseen), ("packaged lists", packaged)):
            one = EmbeddedTagger(model)
            print(_line(f"{name}, {lists}", scored(messages, partial(ranges, one))))


def ranges(one: EmbeddedTagger, text: str) -> list[tuple[int, int]]:
    """Give what a tagger finds as ranges."""
    return [(span.start, span.end) for span in one.tag(text)]


def _line(name: str, score: Score) -> str:
    return (
        f"{name:44} P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"
        f"  covered {score.coverage:.3f}  ({score.named} names)"
    )


COMMANDS = {"scores": scores, "spacy": spacy, "tagger": tagger}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]](Corpora(Path(sys.argv[2])))
