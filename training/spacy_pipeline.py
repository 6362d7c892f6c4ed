"""
Training of the packaged spaCy pipeline: a small convolutional net over hashed words, no vectors.

    spaCy 3.8, `HashEmbedCNN` (width 96, depth 4, 2,000 rows) and a transition-based `ner`; Honnibal
    and Montani, "spaCy 2", 2017. Words are cut at every sign, as the embedded tagger cuts them.

Promise: the same seed, spaCy and machine give the same pipeline.
"""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from training.messages import Message

LABEL: Final = "PER"
WIDTH: Final = 96
ROWS: Final = 2_000
EPOCHS: Final = 4
_WORDS_OF_A_BATCH: Final = (300, 2_000)
_GROWTH: Final = 1.002
_DROPOUT: Final = 0.35
_RATE: Final = (0.002, 0.0004)

# Any sign is a token, and so is what stands between two of them.
_SIGNS: Final = r"[^\w\s]|_"


def blank() -> Any:  # noqa: ANN401  # spacy.language.Language: spaCy is no dependency of types
    """Give a pipeline that knows nothing yet."""
    import re

    import spacy
    from spacy.tokenizer import Tokenizer

    nlp = spacy.blank("xx")
    signs = re.compile(_SIGNS)
    nlp.tokenizer = Tokenizer(
        nlp.vocab, rules={}, prefix_search=None, suffix_search=None, infix_finditer=signs.finditer
    )
    embed = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": WIDTH,
        "depth": 4,
        "embed_size": ROWS,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": embed,
    }
    nlp.add_pipe("ner", config={"model": parser}).add_label(LABEL)
    return nlp


def train(messages: Sequence[Message], folder: Path, seed: int) -> None:
    """Train a pipeline.

    Args:
        messages: what to train on.
        folder: where it is written.
        seed: of everything that is drawn.
    """
    import spacy
    from spacy.training import Example

    spacy.util.fix_random_seed(seed)
    nlp = blank()
    examples = []
    for one in messages:
        doc = nlp.make_doc(one.text)
        spans = [doc.char_span(start, end, label=LABEL) for start, end in one.spans]
        if len(doc) and None not in spans:
            reference = doc.copy()
            reference.ents = spans
            examples.append(Example(doc, reference))
    optimizer = nlp.initialize(lambda: examples[:2000])
    draw = random.Random(seed)  # noqa: S311  # the same each time, no secret
    for epoch in range(EPOCHS):
        first, last = _RATE
        optimizer.learn_rate = first + (last - first) * epoch / (EPOCHS - 1)
        draw.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in _batches(examples):
            nlp.update(batch, sgd=optimizer, drop=_DROPOUT, losses=losses)
        print(f"epoch {epoch + 1}: loss {losses['ner']:.0f}", flush=True)
    with nlp.use_params(optimizer.averages):
        if folder.exists():
            shutil.rmtree(folder)
        # Words are known by their hashes; those of training nobody needs, and they are somebody's.
        nlp.to_disk(folder, exclude=["vocab"])


def _batches(examples: Sequence[Any]) -> Iterator[list[Any]]:
    """Give examples in batches of a growing number of words."""
    size, most = _WORDS_OF_A_BATCH
    limit: float = size
    batch: list[Any] = []
    words = 0
    for one in examples:
        batch.append(one)
        words += len(one.reference)
        if words >= limit:
            yield batch
            batch, words = [], 0
            limit = min(limit * _GROWTH, most)
    if batch:
        yield batch
