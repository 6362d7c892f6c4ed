"""
A run as a picture: leaks against damage, one mark a system, and leaks by sort, one panel a system.

Promise: nothing is told by colour alone; an SVG says in words what it shows.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from .running import Outcome
    from .systems import System

NEEDS: Final = "a chart needs matplotlib: pip install 'crashscrub[bench]'"
MARKS: Final = "osD^v<>phX*P8d"
OURS: Final = "0.1"
THEIRS: Final = "0.55"
LINEAR: Final = 1.0
"""Percent up to which the axes are even; logarithmic beyond, as results lie far apart."""
INSIDE: Final = 60.0
"""Percent from which a bar has room for its number."""
TICKS: Final = (0, 0.5, 1, 2, 5, 10, 20, 50, 100)


class NoMatplotlibError(Exception):
    """The package that draws is missing; says what to type."""


def drawn(outcome: Outcome, path: Path) -> None:
    """Write a picture of a run.

    Args:
        outcome: the run, with at least one system.
        path: a `.png` or `.svg`.

    Raises:
        NoMatplotlibError: matplotlib is not installed.
        OSError: it cannot be written.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ModuleNotFoundError:
        raise NoMatplotlibError(NEEDS) from None
    systems = list(outcome.systems)
    sorts = sorted({one for _, scores in outcome.systems.values() for one in scores.by_sort})
    with rc_context({"svg.hashsalt": "crashbench", "font.size": 9}):
        height = 5.2 + 0.24 * len(sorts)
        layout = ConstrainedLayoutEngine(wspace=0.0, w_pad=0.02)
        figure = Figure(figsize=(13, height), layout=layout)
        grid = figure.add_gridspec(
            2, max(1, len(systems)), height_ratios=[4.2, 1.0 + 0.24 * len(sorts)]
        )
        _points(figure.add_subplot(grid[0, :]), outcome)
        _bars(figure, grid, outcome, sorts)
        about = outcome.corpus
        figure.suptitle(
            f"CrashBench {about['version']}, split {about['split']}: {about['cases']:,} cases, "
            f"{about['labels']:,} labels",
            fontsize=12,
            fontweight="bold",
        )
        told = described(outcome)
        kind = path.suffix.removeprefix(".").lower()
        if kind == "svg":
            figure.savefig(path, format="svg", metadata={"Date": None})
            _tell(path, told)
        else:
            figure.savefig(path, format="png", dpi=130, metadata={"Description": told})


def described(outcome: Outcome) -> str:
    """Say in words what the picture shows."""
    sentences = [
        f"{system.name} leaks {_percent(scores.overall.leak.value):.1f} % of the planted values"
        f" and damages {_percent(scores.overall.damage.value):.1f} % of what had to stay"
        for system, (_, scores) in outcome.systems.items()
    ]
    return f"Leaks against damage, and leaks by sort. {'; '.join(sentences)}."


def _points(axes: Any, outcome: Outcome) -> None:  # noqa: ANN401  # matplotlib's
    for number, (system, (_, scores)) in enumerate(outcome.systems.items()):
        leak, damage = scores.overall.leak, scores.overall.damage
        x, y = _percent(leak.value), _percent(damage.value)
        axes.errorbar(
            x,
            y,
            xerr=_reach(x, leak.interval()),
            yerr=_reach(y, damage.interval()),
            fmt=MARKS[number % len(MARKS)],
            color=_shade(system),
            markerfacecolor=_shade(system) if system.ours else "white",
            markersize=9,
            elinewidth=0.8,
            clip_on=False,
            zorder=3,
            label=f"{system.name}  ({x:.1f} / {y:.1f})",
        )
    for axis, set_scale in ((axes.xaxis, axes.set_xscale), (axes.yaxis, axes.set_yscale)):
        set_scale("symlog", linthresh=LINEAR, linscale=0.6)
        axis.set_ticks(TICKS, labels=[f"{tick:g}" for tick in TICKS])
        axis.set_minor_locator(_no_ticks())
    axes.set_xlim(-0.1, 115)
    axes.set_ylim(-0.1, 115)
    axes.set_xlabel("leak: % of planted values still there (less is better)")
    axes.set_ylabel("damage: % of needed strings gone")
    axes.grid(visible=True, linewidth=0.4, color="0.85")
    axes.legend(
        loc="center left",
        bbox_to_anchor=(1.01, 0.5),
        frameon=False,
        title="system  (leak / damage, %)\nfilled: this library",
        labelspacing=0.9,
    )


def _bars(figure: Any, grid: Any, outcome: Outcome, sorts: list[str]) -> None:  # noqa: ANN401
    places = range(len(sorts))
    for number, (system, (_, scores)) in enumerate(outcome.systems.items()):
        axes = figure.add_subplot(grid[1, number])
        axes.margins(y=0.01)
        axes.barh(places, [100] * len(sorts), color="0.95", height=0.8)
        for place, sort in zip(places, sorts, strict=True):
            _bar(axes, place, scores.by_sort[sort].leak.value, _shade(system))
        axes.set_title(system.heading, fontsize=8)
        axes.set_xlim(0, 100)
        axes.set_xticks([])
        axes.set_yticks(places, labels=sorts if number == 0 else [])
        axes.tick_params(length=0)
        axes.invert_yaxis()
        for side in axes.spines.values():
            side.set_visible(False)
        if number == 0:
            axes.set_xlabel("leak, % of the values of each sort", loc="left")


def _bar(axes: Any, place: int, value: float | None, shade: str) -> None:  # noqa: ANN401
    share = _percent(value)
    axes.barh(place, share, color=shade, height=0.8)
    inside = share > INSIDE
    shown = f"{share:.0f}" if share == 0 or share >= 1 else f"{share:.1f}"
    axes.text(
        share - 3 if inside else share + 3,
        place,
        "" if value is None else shown,
        ha="right" if inside else "left",
        va="center",
        fontsize=7,
        color="white" if inside else "black",
    )


def _no_ticks() -> Any:  # noqa: ANN401
    from matplotlib.ticker import NullLocator

    return NullLocator()


def _shade(system: System) -> str:
    return OURS if system.ours else THEIRS


def _percent(value: float | None) -> float:
    return 100 * (value or 0.0)


def _reach(value: float, ends: tuple[float, float] | None) -> list[list[float]]:
    low, high = ends or (value / 100, value / 100)
    return [[max(0.0, value - 100 * low)], [max(0.0, 100 * high - value)]]


def _tell(path: Path, told: str) -> None:
    """Put words into an SVG, for those who do not see it."""
    head, tag, rest = path.read_text("utf-8").partition("<svg ")
    inside, end, rest = rest.partition(">")
    words = f"<title>CrashBench</title>\n <desc>{escape(told)}</desc>"
    path.write_text(f'{head}{tag}role="img" {inside}{end}\n {words}{rest}', "utf-8")
