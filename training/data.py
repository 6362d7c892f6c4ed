"""
The sets a tagger is trained on and the sets it is scored on.

Promise: nothing of a test set is in training: no template, no package, no name, and no value of a
list. WNUT17's test part and the logs are read by the scoring only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from training.messages import Message, from_conll, from_packages, from_templates, read_templates
from training.values import Draw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEED: Final = 20_261
_TRAINED: Final = ("listed", "unlisted")
_TESTED: Final = ("test",)


@dataclass(frozen=True, slots=True)
class Corpora:
    """Where public data lies.

    Attributes:
        folder: with `error_templates.jsonl.gz`, `wnut17/`, `btc_train.txt` and `wikigold.txt`.
    """

    folder: Path

    @property
    def mined(self) -> Path:
        """Give the file of mined templates."""
        return self.folder / "error_templates.jsonl.gz"


def _draw(seed: int, *, held_out: bool = False) -> Draw:
    return Draw(Random(seed), held_out=held_out)  # noqa: S311  # the same each time, no secret


def training_set(corpora: Corpora) -> list[Message]:
    """Give the messages to train on, in a fixed order."""
    draw = _draw(SEED)
    found = [
        *from_templates(("train_named",), _TRAINED, draw, times=24),
        *from_templates(("train_plain",), _TRAINED, draw, times=6),
    ]
    for turn, named in enumerate((0.7, 0.7, 0.3)):
        mined = from_packages(corpora.mined, _TRAINED, draw, test=False, named=named)
        found += (one for one in mined if one.drawn or not turn)
    found += from_conll(corpora.folder / "wnut17" / "wnut17train.conll")
    found += from_conll(corpora.folder / "btc_train.txt")
    found += from_conll(corpora.folder / "wikigold.txt")
    draw.random.shuffle(found)
    return found


def held_out_templates() -> list[Message]:
    """Give messages of templates, names and values that training has not seen."""
    draw = _draw(SEED + 1, held_out=True)
    seen = {_form(one) for one in read_templates("train_named", "train_plain")}
    made = (
        *from_templates(("held_out_named",), _TESTED, draw, times=4),
        *from_templates(("held_out_plain",), _TESTED, draw, times=1),
    )
    return [one for one in made if _form(one.origin) not in seen]


def _form(template: str) -> str:
    """Give the words of a template: what many programs say alike is in both files."""
    return re.sub(r"«[^»]*»|\W+|\d+", " ", template).casefold()


def held_out_packages(corpora: Corpora) -> list[Message]:
    """Give messages of packages, names and values that training has not seen: a third named."""
    draw = _draw(SEED + 2, held_out=True)
    named = [
        one
        for _ in range(2)
        for one in from_packages(corpora.mined, _TESTED, draw, test=True, named=1.0)
        if one.spans
    ]
    plain = list(from_packages(corpora.mined, _TESTED, draw, test=True, named=0.0))
    return named + draw.random.sample(plain, min(2 * len(named), len(plain)))


def wnut17_test(corpora: Corpora) -> list[Message]:
    """Give WNUT17's test part."""
    return from_conll(corpora.folder / "wnut17" / "emerging.test.conll")


def traces() -> Iterator[str]:
    """Give lines in which nobody is named."""
    yield from read_templates("held_out_traces")
