"""Pictures, arrays and tables as locals, at several depths."""
# [requires] numpy PIL pandas
# [plants] pixels image_bytes data_uri email
# [stays] shapes do not match

from __future__ import annotations

import ast
import io
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image

from tests.extras.crashes.planted import of
from tests.extras.crashes.programs_support import start


class Batch:
    """Pictures and labels."""

    def __init__(self, pictures: Any) -> None:  # noqa: ANN401
        self.pictures = pictures

    def __repr__(self) -> str:
        return f"Batch(pictures={self.pictures!r})"


def forward(batch: Batch) -> None:
    """Run the network."""
    picture = Image.fromarray(batch.pictures)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    encoded = buffer.getvalue()
    raw: bytes = ast.literal_eval(of("image_bytes"))
    table = pd.DataFrame({"email": [of("email")] * 3, "label": [1, 2, 3]})
    nested = {"inputs": [{"x": batch.pictures, "y": (raw, bytearray(raw))}], "uri": of("data_uri")}
    numbers = ast.literal_eval(of("pixels"))
    message = f"shapes do not match: {batch.pictures.shape} and (1, 2), input {batch.pictures!r}"
    raise ValueError(message, encoded[:4], table, nested, numbers)


start()
values = np.array(ast.literal_eval(of("pixels")), dtype=np.uint8)
forward(Batch(values.reshape(20, 10)))
