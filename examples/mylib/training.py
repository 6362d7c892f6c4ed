"""Something a user does with the library."""

from __future__ import annotations

from examples.mylib import collection


def train(model: str, data: str, epochs: int) -> None:
    """Tell that somebody trains, and fail as training fails.

    Args:
        model: a public model, or a file of the user.
        data: a file of the user.
        epochs: how often.
    """
    collection.collection().record("train", task="detect", model=model, epochs=epochs, data=data)
    message = f"no labels for {data}"
    raise FileNotFoundError(message)
