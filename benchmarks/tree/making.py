"""
Which files a tree has, and how large each is.

Promise: equal size and seed give equal bytes, and every format is there however small the tree is.
"""

from __future__ import annotations

import gzip
import random
from typing import TYPE_CHECKING, Final

from benchmarks.tree import bundles, databases, runs, tables, text_files
from benchmarks.tree.lines import Blocks
from benchmarks.tree.planted import Planted, Planting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Makes = Callable[[Path, int, "Maker"], None]

_LARGEST: Final = 64 << 20
"""Bytes of a file, but of the one large log."""
_SLOW: Final = 8 << 20
"""As above, of what takes long to pack."""
_LEAST: Final = 2000
_ONE_LARGE: Final = 0.1
_SERVICES: Final = ("api", "auth", "billing", "ingest", "mailer", "scheduler", "search", "worker")


class Maker:
    """Makes one tree."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Begin a tree.

        Args:
            folder: where; must not be there yet, or be empty.
            seed: what everything is drawn from.
        """
        self.folder = folder
        self.blocks = Blocks(seed)
        self._planting = Planting(seed)
        self._random = random.Random(seed)  # noqa: S311  # no secret

    @property
    def planted(self) -> list[Planted]:
        """All values that were planted."""
        return self._planting.planted

    def mail(self, path: Path, kind: str) -> str:
        """Give an address to plant in a file."""
        return self._planting.mail(path.relative_to(self.folder).as_posix(), kind)

    def token(self, path: Path, kind: str) -> str:
        """Give a secret to plant in a file, under a name that says so."""
        return self._planting.token(path.relative_to(self.folder).as_posix(), kind)

    def ip(self, number: int) -> str:
        """Give an address of nobody's network."""
        return f"198.51.100.{number % 256}"

    def log(self, path: Path, size: int) -> None:
        """Write a log."""
        text_files.log(path, size, self)

    def packed(self, path: Path, data: bytes) -> None:
        """Write bytes packed with gzip, without a name and a time."""
        with path.open("xb") as raw, gzip.GzipFile("", "wb", 1, raw, mtime=0) as target:
            target.write(data)


# What a tree is made of: where, what makes it, its share of all bytes, and the largest it may be.
_PARTS: Final[tuple[tuple[str, Makes, float, int], ...]] = (
    ("services/{service}/{service}-{n}.log", text_files.log, 0.42, _LARGEST),
    ("services/{service}/old/{service}-{n}.log.gz", text_files.log, 0.06, _SLOW),
    ("services/{service}/old/{service}-{n}.log.bz2", text_files.log, 0.005, _SLOW),
    ("services/{service}/old/{service}-{n}.log.xz", text_files.log, 0.005, _SLOW),
    ("services/{service}/old/{service}-{n}.log.zst", text_files.log, 0.06, _LARGEST),
    ("support/{person}/diag-{n}.tar.gz", bundles.tar, 0.03, _SLOW),
    ("support/{person}/ticket-{n}.zip", bundles.zipped, 0.03, _SLOW),
    ("exports/{service}-{n}.jsonl", text_files.json_lines, 0.1, _LARGEST),
    ("exports/{service}-{n}.json", text_files.document, 0.01, _SLOW // 8),
    ("exports/{service}-{n}.csv", text_files.table, 0.05, _LARGEST),
    ("exports/{service}-{n}.tsv", text_files.table, 0.01, _LARGEST),
    ("exports/{service}-{n}.parquet", tables.parquet_file, 0.02, _SLOW),
    ("exports/{service}-{n}.arrow", tables.arrow_file, 0.01, _SLOW),
    ("exports/{service}-{n}.arrows", tables.arrow_file, 0.01, _SLOW),
    ("home/{person}/analysis-{n}.ipynb", text_files.notebook, 0.005, _SLOW // 8),
    ("runs/exp-{n}/events.out.tfevents.17672256{n:02d}.gpu-3.1.0", runs.events, 0.02, _SLOW),
    ("runs/wandb/run-20260101_000000-{n:08x}", runs.w_and_b, 0.02, _SLOW),
    ("mlruns/0/{n:032x}", runs.mlflow, 0.005, _SLOW // 8),
    ("databases/{service}-{n}.db", databases.database, 0.01, _SLOW // 4),
    ("journal/host-{n}.export", text_files.journal, 0.02, _LARGEST),
)


def make(folder: Path, size: int, seed: int = 7) -> list[Planted]:
    """Make a tree.

    Args:
        folder: where; it is made, and must be empty.
        size: about how many bytes, before packing.
        seed: what everything is drawn from.

    Returns:
        The planted values.

    Raises:
        FileExistsError: there is something already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError("the folder of a tree must be empty")
    maker = Maker(folder, seed)
    large = folder / "services" / "trace.log"
    large.parent.mkdir()
    maker.log(large, int(size * _ONE_LARGE))
    for path, made, share in _plan(maker, size):
        path.parent.mkdir(parents=True, exist_ok=True)
        made(path, share, maker)
    named = folder / "people"
    inside = named / maker.mail(named, "name")
    inside.mkdir(parents=True)
    (inside / "notes.txt").write_text("nothing here\n")
    return maker.planted


def _plan(maker: Maker, size: int) -> Iterator[tuple[Path, Makes, int]]:
    """Give each file, what makes it, and how large it is to be."""
    for pattern, made, share, largest in _PARTS:
        whole = max(int(size * share), _LEAST)
        count = -(-whole // largest)
        for number in range(count):
            name = pattern.format(
                service=_SERVICES[number % len(_SERVICES)],
                person=maker.blocks.person(number),
                n=number,
            )
            yield maker.folder / name, made, whole // count
