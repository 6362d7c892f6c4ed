"""The facade: it finds the module that knows a library, and imports none before."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from scrubber import columns
from scrubber.columns.closed import FAILED_INSIDE, RefusedError, closed
from scrubber.columns.names import wanted
from scrubber.errors import ScrubberError
from tests.columns.fakes import MAIL, Counting

PAGE = Path(__file__).parents[2] / "docs/how-to/columns.md"
NEEDED = {"arrow": "pyarrow", "pandas": "pandas", "polars": "polars"}


def test_importing_it_imports_no_library() -> None:
    """Not even the scrubber."""
    code = "import sys, scrubber.columns; print(*sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(out.stdout.split())
    assert loaded.isdisjoint({"numpy", "pandas", "polars", "pyarrow", "regex", "scrubber.pipeline"})


@pytest.mark.parametrize("module", NEEDED)
def test_a_missing_library_is_named_with_the_command(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sees it knows what to do."""
    name = f"scrubber.columns.{module}"
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.delattr(columns, module, raising=False)
    monkeypatch.setitem(sys.modules, NEEDED[module], None)
    said = f"{name} needs {NEEDED[module]}: pip install 'crashscrub[columns]'"
    with pytest.raises(ModuleNotFoundError, match=re.escape(said)):
        __import__(name)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_series_and_frames_of_both_libraries_are_scrubbed(library: str) -> None:
    """Those of classes made from them, too."""
    lib: Any = pytest.importorskip(library, reason=f"{library} is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    own = type("Own", (lib.DataFrame,), {})
    assert columns.scrub_series(lib.Series(["a@b"]), scrubber=Counting()).to_list() == ["[email]"]
    frame = columns.scrub_frame(own({"a": ["a@b"], "b": ["a@b"]}), ["a"], scrubber=Counting())
    assert [frame["a"].to_list(), frame["b"].to_list()] == [["[email]"], ["a@b"]]


def test_arrays_and_tables_are_scrubbed() -> None:
    """As their module does."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert columns.scrub_array(pa.array(["a@b"]), scrubber=Counting()).to_pylist() == ["[email]"]
    table = columns.scrub_table(pa.table({"a": ["a@b"]}), scrubber=Counting())
    assert table.to_pylist() == [{"a": "[email]"}]


@pytest.mark.parametrize("scrub", [columns.scrub_series, columns.scrub_frame])
def test_anything_else_is_refused(scrub: Any) -> None:  # noqa: ANN401  # a function
    """Its kind is told, not what it holds."""
    with pytest.raises(TypeError, match="not list"):
        scrub([MAIL])


@pytest.mark.parametrize(("asked", "found"), [(None, None), ([], []), (["b", "a"], [0, 1, 2])])
def test_columns_are_asked_for_by_name(asked: list[str] | None, found: list[int] | None) -> None:
    """All of a name, in the order of the table."""
    assert wanted(["a", "b", "a"], asked) == found


def test_an_error_has_no_other_behind_it() -> None:
    """What a library says may be a cell."""

    def refusing() -> None:
        raise RefusedError("of our own") from ValueError(MAIL)

    def failing() -> None:
        raise ValueError(MAIL)

    for work, kind, said in (
        (refusing, TypeError, "of our own"),
        (failing, ScrubberError, FAILED_INSIDE),
    ):
        with pytest.raises(kind, match=said) as caught:
            closed(work)
        assert (caught.value.__context__, caught.value.__cause__) == (None, None)


def test_the_example_of_the_page_prints_what_it_says() -> None:
    """With the scrubber everyone has."""
    pytest.importorskip("polars", reason="polars is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    page = PAGE.read_text("utf-8")
    code, _, after = page[page.index("    import polars") :].partition("\nIt prints\n\n")
    said = after.partition("\n\n")[0]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(textwrap.dedent(code), str(PAGE), "exec"), {})  # noqa: S102  # our own page
    assert out.getvalue() == textwrap.dedent(said) + "\n"
