"""
Places where a program can be made a little wrong, and the programs with one of them so.

The operators are cosmic-ray's: another comparison, another number, a `not` more, a loop that never
runs. Where many apply to one place, a seed picks one: the ten other signs that `+` can become die
of the same test, and counting each would flatter the tests.

Promise: the same seed and sources give the same mutants. Left alone is what nobody can notice:
annotations and what else only a type checker reads, which is never run, and decorators that only
remember (`lru_cache`), which show in time and memory alone.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from importlib import import_module
from random import Random
from typing import TYPE_CHECKING, Any, Final

from benchmarks.faults.copies import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

AREAS: Final[Mapping[str, str]] = {
    "detect": "scrubber/detect/*.py",
    "redact": "scrubber/redact/*.py",
    "resolve": "scrubber/resolve.py",
    "ruleset": "scrubber/ruleset/*.py",
    "units": "scrubber/units/*.py",
}
# Made for arguments of their own, which names nothing here.
_NOT_USED: Final = ("VariableInserter", "VariableReplacer")

REMEMBERS: Final = re.compile(r"(?:lru_cache|cache)\b")

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A source file with one place changed.

    Attributes:
        area: which part of the package it is of.
        file: its path in the tree.
        line: the changed line, from 1.
        column: where in it, from 0.
        operator: the name of what was done.
        occurrence: which place of that operator in the file, from 0.
    """

    area: str
    file: str
    line: int
    column: int
    operator: str
    occurrence: int

    def __str__(self) -> str:
        """Say where it is and what was done, as a compiler would."""
        return f"{self.file}:{self.line}:{self.column} {self.operator.removeprefix('core/')}"

    def written(self, root: Path = ROOT) -> str:
        """Give the changed source of a file in a tree."""
        source = (root / self.file).read_text("utf-8")
        mutating = import_module("cosmic_ray.mutating")
        changed = mutating.mutate_code(source, _operators()[self.operator], self.occurrence)
        return str(changed)


def _operators() -> dict[str, Any]:
    plugins = import_module("cosmic_ray.plugins")
    names = (name for name in plugins.operator_names() if not name.endswith(_NOT_USED))
    return {name: plugins.get_operator(name)() for name in names}


def mutants(area: str, draw: Random) -> list[Mutant]:
    """Give one mutant for every place of an area.

    Args:
        area: one of `AREAS`.
        draw: picks the operator where several apply.

    Returns:
        Mutants in order of file and place.
    """
    return [one for path in sorted(ROOT.glob(AREAS[area])) for one in _of_file(area, path, draw)]


def _of_file(area: str, path: Path, draw: Random) -> Iterator[Mutant]:
    tree = import_module("cosmic_ray.ast")
    source = path.read_text("utf-8")
    nodes = list(tree.ast_nodes(tree.get_ast(source)))
    idle = list(never_run(source))
    name = path.relative_to(ROOT).as_posix()
    found: dict[Position, list[Mutant]] = {}
    for operator, one in _operators().items():
        positions = (start for node in nodes for start, _ in one.mutation_positions(node))
        for occurrence, (line, column) in enumerate(positions):
            at = (line, column)
            if not any(start <= at < end for start, end in idle):
                found.setdefault(at, []).append(
                    Mutant(area, name, line, column, operator, occurrence)
                )
    for at in sorted(found):
        yield draw.choice(found[at])


def never_run(source: str) -> Iterator[tuple[Position, Position]]:
    """Give the ranges of annotations, of blocks for type checkers and of decorators that remember.

    >>> list(never_run("def f(a: int | None) -> None: ..."))
    [((1, 24), (1, 28)), ((1, 9), (1, 19))]
    """
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.arg(annotation=ast.expr() as idle) | ast.AnnAssign(annotation=idle):
                yield _range(idle)
            case ast.FunctionDef(returns=returns, decorator_list=decorators):
                yield from map(_range, (returns,) if returns else ())
                for one in decorators:
                    if REMEMBERS.match(ast.unparse(one)):
                        # From the `@` on.
                        (line, column), end = _range(one)
                        yield (line, column - 1), end
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body):
                yield _range(node.test)[0], _range(body[-1])[1]


def _range(node: ast.expr | ast.stmt) -> tuple[Position, Position]:
    end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
    return (node.lineno, node.col_offset), end


def sampled(areas: Mapping[str, int], seed: int) -> list[Mutant]:
    """Draw mutants of every area.

    Args:
        areas: how many of each; 0 for one of every place.
        seed: the same one draws the same mutants.

    Returns:
        Mutants, in an order drawn too, so that a run that is ended early is a sample as well.
    """
    chosen: list[Mutant] = []
    for area, count in areas.items():
        draw = Random(f"{seed} {area}")  # noqa: S311  # no secret
        found = mutants(area, draw)
        chosen += draw.sample(found, min(count, len(found))) if count else found
    Random(seed).shuffle(chosen)  # noqa: S311  # no secret
    return chosen
