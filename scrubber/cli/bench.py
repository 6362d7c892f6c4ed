"""
`scrubber bench`: how much leaks and how much is damaged, by this library and by others.

The benchmark lies beside the rules: in a wheel inside the package, in a checkout beside it.
"""

from __future__ import annotations

import json
import shlex
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from scrubber.cli.messages import say
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from types import ModuleType

NAME: Final = "scrubber._crashbench"
NEEDS_RICH: Final = "bench needs rich: pip install 'crashscrub[cli]'"
POLICIES: Final = ("balanced", "fast", "strict")
CHARTS: Final = (".png", ".svg")
_PACKAGE: Final = Path(__file__).resolve().parent.parent


@click.group()
def bench() -> None:
    """Measure this library beside others."""


@bench.command()
@click.option("--split", type=click.Choice(("dev", "test")), default="dev", show_default=True)
@click.option(
    "--policy",
    "policies",
    type=click.Choice(POLICIES),
    multiple=True,
    help="Of this library only that policy; may be repeated.",
)
@click.option(
    "--systems",
    metavar="A,B",
    default="",
    help="Only these: balanced, ner, strict, fast, relay, relay-full, presidio, scrubadub, "
    "datafog-core, sentry-scrubber, event-scrubber; nothing and everything check the scores.",
)
@click.option("--size", type=click.IntRange(min=1), help="So many cases.")
@click.option("--seed", type=int, help="Other values in the same templates.")
@click.option("--rounds", type=click.IntRange(min=0), default=3, show_default=True)
@click.option("--cases", "sort", metavar="SORT", default="", help="Only cases with that sort.")
@click.option(
    "--environment",
    "environments",
    metavar="NAME=PYTHON",
    multiple=True,
    help="The interpreter of a system; may be repeated. Without, the running one.",
)
@click.option(
    "--environments",
    "folder",
    metavar="FOLDER",
    help="A folder of virtual environments, named as systems or packages.",
)
@click.option("--json", "json_file", metavar="FILE", help="Write everything there, too.")
@click.option("--chart", metavar="FILE", help="Draw a chart: .png or .svg.")
@click.option("--show-leaks", is_flag=True, help="List where values leaked, without them.")
@click.option("--case", "case_id", metavar="ID", help="Show one case and what becomes of it.")
def crashbench(  # noqa: PLR0913  # one for each option
    *,
    split: str,
    policies: tuple[str, ...],
    systems: str,
    size: int | None,
    seed: int | None,
    rounds: int,
    sort: str,
    environments: tuple[str, ...],
    folder: str | None,
    json_file: str | None,
    chart: str | None,
    show_leaks: bool,
    case_id: str | None,
) -> None:
    """Score scrubbers on crashes, logs and texts with planted personal data.

    Everything in the corpus is made from a seed; --case may show it. The split `dev` is there to
    be looked at; `test` has other templates, names, hosts and encodings.
    """
    _check(chart, json_file)
    chosen = _chosen(systems, policies)
    pythons = _pythons(environments, folder, _part("systems"))
    if case_id is not None:
        _show_case(case_id, seed, chosen, pythons)
        return
    order = _part("running").Order(
        split, chosen, pythons, seed, size, sort, rounds, f"scrubber {shlex.join(sys.argv[1:])}"
    )
    tables = _part("tables")
    try:
        with tables.watched() as told:
            outcome = _part("running").run(order, told)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--cases") from None
    if show_leaks:
        for line in _part("showing").survivors(outcome):
            click.echo(line)
    tables.printed(outcome, tables.Console(file=sys.stdout, highlight=False, emoji=False))
    if json_file is not None:
        text = json.dumps(outcome.as_json(), indent=1, ensure_ascii=False)
        Path(json_file).write_text(f"{text}\n", "utf-8")
        say(f"wrote {json_file}")
    if chart is not None and outcome.systems:
        _part("chart").drawn(outcome, Path(chart))
        say(f"wrote {chart}")


def _check(chart: str | None, json_file: str | None) -> None:
    """Find out before a long run that something is missing after it."""
    for option, file in (("--json", json_file), ("--chart", chart)):
        if file is not None and (Path(file).is_dir() or not Path(file).absolute().parent.is_dir()):
            raise click.BadParameter("no file can be written there", param_hint=option)
    if chart is not None:
        if Path(chart).suffix.lower() not in CHARTS:
            raise click.BadParameter("a chart is a .png or a .svg", param_hint="--chart")
        _need("matplotlib", _part("chart").NEEDS)
    _need("rich", NEEDS_RICH)


def _chosen(names: str, policies: tuple[str, ...]) -> list[Any]:
    try:
        chosen = _part("systems").chosen([name for name in names.split(",") if name])
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--systems") from None
    return [one for one in chosen if not (one.ours and policies) or one.id in policies]


def _show_case(
    case_id: str,
    seed: int | None,
    chosen: list[Any],
    pythons: dict[str, str],
) -> None:
    showing = _part("showing")
    try:
        case = showing.found(case_id, seed)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--case") from None
    for line in showing.shown(case, chosen, pythons):
        click.echo(line)


def _pythons(given: tuple[str, ...], folder: str | None, systems: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the interpreters that were given, by the names of systems."""
    if folder is not None and not Path(folder).is_dir():
        raise click.BadParameter("no such folder", param_hint="--environments")
    found: dict[str, str] = systems.environments(Path(folder)) if folder is not None else {}
    known = {one.id for one in systems.SYSTEMS}
    for one in given:
        name, equals, python = one.partition("=")
        if not equals or name not in known:
            message = f"write NAME=PYTHON, with one of {', '.join(sorted(known))}"
            raise click.BadParameter(message, param_hint="--environment")
        found[name] = python
    return found


def _need(package: str, message: str) -> None:
    try:
        import_module(package)
    except ModuleNotFoundError:
        raise ConfigError(message) from None


def crashbench_dir(package: Path = _PACKAGE) -> Path:
    """Give the folder of the benchmark.

    Args:
        package: the folder of this package.

    Raises:
        ConfigError: neither place has one.
    """
    for folder in (package / "_crashbench", package.parent / "benchmarks" / "crashbench"):
        if (folder / "cases.py").is_file():
            return folder
    raise ConfigError("the benchmark is missing; reinstall crashscrub")


def _part(name: str) -> Any:  # noqa: ANN401  # a module that is found at run time
    """Give a module of the benchmark, by one name wherever it lies."""
    if NAME not in sys.modules:
        folder = crashbench_dir()
        spec = spec_from_file_location(
            NAME, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        if spec is None or spec.loader is None:
            raise ConfigError("the benchmark cannot be loaded; reinstall crashscrub")
        package: ModuleType = module_from_spec(spec)
        sys.modules[NAME] = package
        spec.loader.exec_module(package)
    return import_module(f"{NAME}.{name}")
