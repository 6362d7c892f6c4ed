"""
Names of models and datasets that everybody knows, and nobody alone.

A model that somebody trained is called after a customer, a disease or a child. Only names that are
in the list of this package are told, as the list writes them; the list is data.

Promise: a text that is not, but for its case and one known suffix, a name of the list gives None;
so does one with a folder, a drive or a blank.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from scrubber.errors import ConfigError
from scrubber.telemetry.limits import check_text

_FILE: Final = "public_names.toml"


def public_name(text: str, names: str | tuple[str, ...]) -> str | None:
    """Give the name that a text is, as it is written in a list.

    Args:
        text: what a program calls a model or a dataset: `yolov8n`, `YOLOv8n.pt`, `coco.yaml`.
        names: `models` or `datasets` for the packaged lists, or the names themselves.

    Returns:
        The name; None where it is not in the list.

    >>> public_name("COCO", "datasets"), public_name("./coco", "datasets")
    ('coco', None)
    """
    if not text.isascii():  # the Kelvin sign folds to k
        return None
    known, suffixes = _folded(names)
    folded = text.lower()
    if folded in known:
        return known[folded]
    for suffix in suffixes:
        if folded.endswith(suffix):
            return known.get(folded.removesuffix(suffix))
    return None


def names_of(names: str | tuple[str, ...]) -> tuple[str, ...]:
    """Give all names of a list, sorted.

    Args:
        names: as for `public_name`.
    """
    return tuple(sorted(_folded(names)[0].values()))


@cache
def _folded(names: str | tuple[str, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give names by their folded form, and what may stand behind them."""
    if isinstance(names, tuple):
        return {name.lower(): name for name in names}, ()
    table = tomllib.loads(Path(__file__).with_name(_FILE).read_text("utf-8"))[names]
    listed = [check_text(_FILE, name) for name in table["names"]]
    folded = {name.lower(): name for name in listed}
    if len(folded) < len(listed) or any(set(name) & set("/\\: ") for name in folded):
        raise ConfigError(f"{_FILE}: a name stands there twice, or with a folder")
    return folded, tuple(table["suffixes"])
