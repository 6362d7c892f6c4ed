"""
Makes a tree of files as operators hold them.

    python -m benchmarks.tree FOLDER --size 5GB --seed 7

The planted values are written to FOLDER.planted.jsonl. `--left TARGET` makes nothing, but looks for
them in what was made of the tree, and ends with 1 if any is left.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from benchmarks.tree.making import make
from benchmarks.tree.planted import read_planted, write_planted
from benchmarks.tree.searching import left

_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


def size_of(text: str) -> int:
    """Read a size.

    >>> size_of("5GB"), size_of("1.5m"), size_of("100")
    (5000000000, 1500000, 100)
    """
    match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([kmgt]?)b?", text.lower())
    if match is None:
        raise argparse.ArgumentTypeError("must be a size such as 5GB or 20MB")
    return int(float(match[1]) * _UNITS[match[2]])


def main(arguments: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tree", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=size_of, default=size_of("20MB"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--left", type=Path, metavar="TARGET")
    chosen = parser.parse_args(arguments)
    list_file = chosen.folder.with_name(f"{chosen.folder.name}.planted.jsonl")
    if chosen.left is not None:
        found = left(chosen.left, read_planted(list_file))
        for one in found:
            print(f"left: {one.kind} {one.path}")
        print(f"{len(found)} planted values are left")
        return 1 if found else 0
    planted = make(chosen.folder, chosen.size, chosen.seed)
    write_planted(planted, list_file)
    files = [path for path in chosen.folder.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {total:,} bytes, {len(planted)} planted values: {list_file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
