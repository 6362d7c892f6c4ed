"""Small spaCy pipelines for tests: of patterns, or trained on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PATTERNS = (
    ("PERSON", "Jane Doe"),
    ("PER", "John Roe"),
    ("PERSON", "'Max Mustermann's"),
    ("GPE", "Springfield"),
    ("ORG", "Example Corp"),
    ("BADGE", "B-17"),
    ("PERSON", "..."),
)
"""What a pipeline of patterns finds, by label."""

LEARNT = "no such file for Jane Doe"
NAME = "Jane Doe"


def ruled(*, more: tuple[str, ...] = ()) -> Any:  # noqa: ANN401  # a Language
    """Make a pipeline that finds `PATTERNS`, with further components."""
    spacy: Any = pytest.importorskip("spacy", reason="spaCy is not installed")
    nlp = spacy.blank("en")
    for name in more:
        nlp.add_pipe(name)
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": pattern} for label, pattern in PATTERNS])
    return nlp


def trained(folder: Path, label: str = "PER") -> Path:
    """Write a pipeline of the kind the packaged one is, that knows one line by heart."""
    spacy: Any = pytest.importorskip("spacy", reason="spaCy is not installed")
    from spacy.training import Example

    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("en")
    vectors: dict[str, Any] = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "width": 16,
        "depth": 1,
        "embed_size": 50,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
        "pretrained_vectors": None,
    }
    nlp.add_pipe("tok2vec", config={"model": vectors})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "tok2vec"}
    nlp.add_pipe("ner", config={"model": {"tok2vec": listener}})
    start = LEARNT.index(NAME)
    known = {"entities": [(start, start + len(NAME), label)]}
    example = Example.from_dict(nlp.make_doc(LEARNT), known)
    optimizer = nlp.initialize(lambda: [example])
    for _ in range(30):
        nlp.update([example], sgd=optimizer)
    nlp.to_disk(folder)
    return folder
