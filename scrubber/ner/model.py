"""
The trained weights and the lists of names, read from the packaged file.

The file is made by `python -m training`; MODEL_CARD.md says from what, and how well it does.

Promise: a file that is not whole is an error, never a tagger that finds less.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Final

from scrubber.errors import ScrubberError
from scrubber.ner.chain import Transitions
from scrubber.ner.gazetteer import Gazetteer
from scrubber.ner.hashed import HashedWeights

MODEL: Final = Path(__file__).with_name("data") / "tagger.bin"

_MAGIC: Final = b"crashscrub tagger 1\n"
_MOVES: Final = struct.Struct("<5f")


@dataclass(frozen=True, slots=True, repr=False)
class Model:
    """A trained tagger.

    Attributes:
        weights: what each feature weighs for a name, over what it weighs against one.
        moves: weights of two labels in a row.
        threshold: the probability from which a token is part of a name.
        gazetteer: the lists of names.
    """

    weights: HashedWeights
    moves: Transitions
    threshold: float
    gazetteer: Gazetteer

    def written(self) -> bytes:
        """Give its bytes."""
        body = _MOVES.pack(*self.moves, self.threshold)
        body += self.weights.written() + self.gazetteer.written()
        return _MAGIC + zlib.compress(body, 9)


def read_model(path: Path = MODEL) -> Model:
    """Read a model.

    Args:
        path: its file.

    Returns:
        The model.

    Raises:
        ScrubberError: it is not there, or not whole.
    """
    try:
        data = path.read_bytes()
        body = memoryview(zlib.decompress(data.removeprefix(_MAGIC)))
    except (OSError, zlib.error) as error:
        msg = f"the tagger's file cannot be read ({type(error).__name__}); install the package anew"
        raise ScrubberError(msg) from None
    if not data.startswith(_MAGIC) or len(body) < _MOVES.size:
        raise ScrubberError("the tagger's file is of another version; install the package anew")
    *moves, threshold = _MOVES.unpack(body[: _MOVES.size])
    weights, rest = HashedWeights.read(body[_MOVES.size :])
    gazetteer, _ = Gazetteer.read(rest)
    lists = (gazetteer.givens, gazetteer.surnames, gazetteer.places)
    whole = len(weights) > 0 and all(len(one) > 0 for one in lists)
    if not (whole and all(map(isfinite, moves)) and 0.0 < threshold < 1.0):
        raise ScrubberError("the tagger's file has nothing in it; install the package anew")
    return Model(weights, Transitions(*moves), threshold, gazetteer)
