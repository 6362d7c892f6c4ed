"""The one-way flow of the design, as a walk over every import.

Promise: an import that points up, or sideways without being listed here, fails; so does a
third-party package outside the modules that own it. Imports inside functions and under
TYPE_CHECKING count: a cycle that only types see is still a cycle for the reader.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "scrubber"

# Lowest first. A name is a module or a package directly below scrubber/. The facade,
# scrubber/__init__.py, stands between the pipeline and what is built on it.
LAYERS = (
    ("errors", "types", "encodings", "decoding", "switches", "locks", "lazy"),
    ("ruleset", "validators", "identity", "consent"),
    ("units", "detect", "resolve", "redact", "report"),
    (
        "attachments",
        "segments",
        "reach",
        "ledger",
        "stream",
        "explain",
        "wiring",
        "wirings",
        "naming",
        "engines",
        "lines",
        "outcomes",
        "several",
        "shadow",
        "sections",
        "redaction",
        "event_texts",
        "events",
        "hook",
        "templates",
        "spread",
        "pipeline",
        "default",
        "rulecheck",
        "ner",
    ),
    ("__init__",),
    (
        "files",
        "integrations",
        "columns",
        "archive",
        "cli",
        "testing",
        "telemetry",
        "adoption",
        "retention",
    ),
)

# What may be imported within a layer, each with what makes it one direction.
SIDEWAYS: dict[tuple[str, str], str] = {
    ("decoding", "encodings"): "decoding undoes what the table of encodings names",
    ("decoding", "lazy"): "patterns are compiled when they are needed",
    ("stream", "segments"): "a stream cuts its input into segments",
    ("stream", "reach"): "how much text a stream holds back",
    ("stream", "ledger"): "a stream keeps its books",
    ("identity", "validators"): "words and accounts that name nobody are one list",
    ("events", "segments"): "for types only",
    ("events", "ner"): "which sentences of an event taggers look at",
    ("pipeline", "ner"): "for types only",
    ("wiring", "ner"): "for types only",
    ("wirings", "ner"): "taggers are made when they are needed",
    ("wiring", "reach"): "measured once for all streams of a scrubber",
    ("wiring", "segments"): "the wiring makes the stages a segment goes through",
    ("spread", "segments"): "an event's names are found by its stages and a few more",
    ("wiring", "engines"): "what is wired depends on the engine",
    ("wirings", "engines"): "an engine for all wirings of a scrubber",
    ("wirings", "naming"): "the names of the machine are wired",
    ("wirings", "wiring"): "wirings are made when they are needed",
    ("lines", "reach"): "how far a line's neighbours matter",
    ("lines", "outcomes"): "what becomes of a line",
    ("lines", "stream"): "what is no line of its own goes through a stream",
    ("outcomes", "several"): "whether lines are units of their own",
    ("outcomes", "wiring"): "how a line is scrubbed",
    ("shadow", "reach"): "how far rules look in a section",
    ("shadow", "segments"): "stages that run both engines",
    ("shadow", "stream"): "a section goes through both engines as a stream",
    ("wiring", "shadow"): "for one look in so many, both engines are wired",
    ("wirings", "shadow"): "one shadow for all wirings of a scrubber",
    ("pipeline", "shadow"): "what the environment says of it",
    ("redaction", "outcomes"): "lines of one text, each scrubbed once",
    ("sections", "lines"): "each section goes through a stream of lines",
    ("redaction", "ledger"): "what a stream hands out",
    ("redaction", "lines"): "long texts are looked at line by line",
    ("redaction", "segments"): "stages in place of the wiring's",
    ("redaction", "stream"): "a text goes through a stream",
    ("redaction", "wiring"): "what a text goes through",
    ("event_texts", "redaction"): "long strings of an event go through lines",
    ("event_texts", "segments"): "an event's strings go through stages",
    ("event_texts", "wiring"): "what an event's strings go through",
    ("hook", "attachments"): "a hook scrubs what goes with an event",
    ("hook", "event_texts"): "the paths of an event that could not be scrubbed",
    ("hook", "events"): "a hook answers with an event",
    ("hook", "wirings"): "for types only",
    ("events", "event_texts"): "an event's strings are redacted and remarked",
    ("events", "templates"): "a template and what fills it are one text",
    ("events", "spread"): "an event's names are spread",
    ("events", "wiring"): "what an event's strings go through",
    ("pipeline", "engines"): "how much text is worth an engine",
    ("pipeline", "hook"): "a scrubber is a hook",
    ("pipeline", "lines"): "for types only",
    ("pipeline", "redaction"): "a scrubber redacts texts",
    ("pipeline", "wiring"): "the policy and the rules of a scrubber",
    ("pipeline", "wirings"): "a scrubber has its wirings",
    ("pipeline", "naming"): "a scrubber has its names",
    ("pipeline", "segments"): "as above, for types only",
    ("pipeline", "ledger"): "what a stream hands out",
    ("pipeline", "stream"): "the pipeline hands out streams",
    ("pipeline", "explain"): "a scrubber explains itself",
    ("rulecheck", "ledger"): "what a stream hands out",
    ("rulecheck", "wiring"): "examples run through the stages as they are wired",
    ("rulecheck", "segments"): "as above, for types only",
    ("rulecheck", "stream"): "examples run through a stream, as every text does",
    ("adoption", "integrations"): "crash reports are wired behind one consent",
    ("adoption", "telemetry"): "usage events are wired behind one consent",
    ("archive", "columns"): "tables of a folder are scrubbed as tables are",
    ("archive", "files"): "each file of a folder is a document",
    ("archive", "retention"): "which crash reports and logs are told by their names",
    ("cli", "adoption"): "the command prints the disclosure",
    ("cli", "archive"): "the command redacts folders",
    ("cli", "files"): "each source of the command is a document",
    ("files", "retention"): "which files are logs is told by their names",
    ("cli", "retention"): "the command retains and finds",
    ("__init__", "adoption"): "the facade names `adopt`, and loads it when it is asked for",
    ("default", "hook"): "what stands in for an event",
    ("default", "pipeline"): "the functions of the facade share one pipeline",
}

# Third-party package -> where it may be imported: a module, or a package with all that is in it.
OWNERS: dict[str, tuple[str, ...]] = {
    "hyperscan": ("scrubber.detect.scanner",),
    "regex": ("scrubber.detect", "scrubber.ner.tokens", "scrubber.redact", "scrubber.stream"),
    "click": ("scrubber.cli",),
    "rich": ("scrubber.cli.field_view", "scrubber.cli.folder_progress", "scrubber.cli.progress"),
    "fsspec": ("scrubber.archive.remote",),
    "ray": ("scrubber.archive.engines.ray", "scrubber.columns.ray"),
    "pyspark": ("scrubber.archive.engines.spark", "scrubber.columns.spark"),
    "yaml": ("scrubber.archive.formats.yaml_tokens",),
    "zstandard": ("scrubber.files.compressed",),
    "platformdirs": ("scrubber.consent.place", "scrubber.redact.key"),
    "sentry_sdk": (
        "scrubber.adoption.adopting",
        "scrubber.integrations.sentry",
        "scrubber.testing.envelopes",
    ),
    "structlog": ("scrubber.integrations.structlog",),
    "numpy": ("scrubber.columns.pandas",),
    "pandas": ("scrubber.columns.pandas",),
    "polars": ("scrubber.columns.polars",),
    "pyarrow": (
        "scrubber.archive.engines.ray",
        "scrubber.archive.engines.rows",
        "scrubber.archive.engines.spark",
        "scrubber.archive.formats.arrow",
        "scrubber.archive.formats.arrow_tables",
        "scrubber.archive.formats.parquet",
        "scrubber.columns",
    ),
    "presidio_analyzer": (
        "scrubber.integrations.presidio",
        "scrubber.ner.presidio",
        "scrubber.ner.presidio_engine",
    ),
    "spacy": (
        "scrubber.ner.pipelines",
        "scrubber.ner.presidio_engine",  # for types only
        "scrubber.ner.spacy",
    ),
    "hypothesis": ("scrubber.testing.profiles", "scrubber.testing.strategies"),
    "pytest": ("scrubber.testing.plugin", "scrubber.testing.verdict"),
}

# In the standard library of a newer Python than the oldest supported.
NEWER_STDLIB = frozenset({"annotationlib", "compression"})


def module_name(path: Path, root: Path) -> str:
    """Return the dotted name of a source file below a root."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(path: Path, root: Path) -> set[str]:
    """Return the dotted name of everything a source file imports, however it is written.

    `from a import b` gives `a.b`: b may be a module, and if it is not, a is its module anyway.
    """
    module = module_name(path, root)
    is_package = path.name == "__init__.py"
    names = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        match node:
            case ast.Import():
                names |= {alias.name for alias in node.names}
            case ast.ImportFrom():
                base = node.module or ""
                if node.level:
                    up = node.level - is_package
                    parents = module.split(".")
                    prefix = ".".join(parents[: len(parents) - up])
                    base = f"{prefix}.{base}".rstrip(".")
                names |= {f"{base}.{alias.name}" for alias in node.names}
            case ast.Call(
                func=ast.Attribute(attr="import_module")
                | ast.Name(id="import_module" | "__import__"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                names.add(name)
            case _:
                pass
    return names


def component(name: str, root: Path) -> str:
    """Return the part of the package a dotted name belongs to, `__init__` for the facade."""
    parts = name.split(".")
    if len(parts) == 1:
        return "__init__"
    below = root / PACKAGE / parts[1]
    return parts[1] if below.is_dir() or below.with_suffix(".py").is_file() else "__init__"


def layer_of(part: str) -> int:
    """Return the layer of a component, 0 the lowest."""
    return next((i for i, parts in enumerate(LAYERS) if part in parts), -1)


def owned(module: str, third_party: str) -> bool:
    """Tell whether a module is where a third-party package may be imported."""
    owners = OWNERS.get(third_party, ())
    return any(module == owner or module.startswith(f"{owner}.") for owner in owners)


def violations(root: Path) -> list[str]:
    """Return one sentence for each import below a root that breaks the flow."""
    found = set()
    for path in sorted((root / PACKAGE).rglob("*.py")):
        module = module_name(path, root)
        here = component(module, root)
        if layer_of(here) < 0:
            found.add(f"{here} is in no layer")
            continue
        for name in imported_names(path, root):
            top = name.partition(".")[0]
            if top == PACKAGE:
                there = component(name, root)
                if there == here or (here, there) in SIDEWAYS:
                    continue
                if layer_of(there) > layer_of(here):
                    found.add(f"{module} imports {there}, which is above it")
                elif layer_of(there) == layer_of(here):
                    found.add(f"{module} imports {there}, which is beside it")
            elif top not in sys.stdlib_module_names | NEWER_STDLIB and not owned(module, top):
                found.add(f"{module} imports {top}, which is not its to import")
    return sorted(found)


def test_imports_point_down_only() -> None:
    """The package has no upward, sideways or stray import."""
    assert violations(ROOT) == []


@pytest.mark.parametrize("pair", SIDEWAYS)
def test_sideways_permission_is_used(pair: tuple[str, str]) -> None:
    """A listed exception that nothing needs any more is taken off the list."""
    here, there = pair
    sources = (ROOT / PACKAGE).rglob("*.py")
    used = {
        component(name, ROOT)
        for path in sources
        if component(module_name(path, ROOT), ROOT) == here
        for name in imported_names(path, ROOT)
        if name.startswith(f"{PACKAGE}.")
    }
    assert there in used


def test_no_sideways_cycle() -> None:
    """The exceptions of one layer still have a direction."""
    assert [pair for pair in SIDEWAYS if pair[::-1] in SIDEWAYS] == []


PLANTED = [
    ("types.py", "from scrubber.ruleset import model", "imports ruleset, which is above it"),
    ("types.py", "from .pipeline import Scrubber", "imports pipeline, which is above it"),
    ("detect/views.py", "from .. import pipeline", "imports pipeline, which is above it"),
    ("detect/views.py", "from scrubber import scrub", "imports __init__, which is above it"),
    ("detect/views.py", "import scrubber", "imports __init__, which is above it"),
    ("detect/views.py", "from ..redact import operators", "imports redact, which is beside it"),
    (
        "ruleset/load.py",
        "def late():\n    from scrubber.cli import main",
        "imports cli, which is above it",
    ),
    (
        "report.py",
        "import typing\nif typing.TYPE_CHECKING:\n    from scrubber.pipeline import Scrubber",
        "imports pipeline, which is above it",
    ),
    (
        "resolve.py",
        "import importlib\nimportlib.import_module('scrubber.pipeline')",
        "imports pipeline, which is above it",
    ),
    ("pipeline.py", "import click", "imports click, which is not its to import"),
    ("cli/redact.py", "import zstandard", "imports zstandard, which is not its to import"),
    ("types.py", "from numpy import array", "imports numpy, which is not its to import"),
    ("utils.py", "", "is in no layer"),
]


@pytest.mark.parametrize(("file", "source", "complaint"), PLANTED)
def test_planted_import_is_caught(tmp_path: Path, file: str, source: str, complaint: str) -> None:
    """Each way to break the flow is seen by the walk."""
    package = tmp_path / PACKAGE
    for part in ("cli", "detect", "redact", "ruleset"):
        (package / part).mkdir(parents=True)
    for name in ("pipeline", "report", "resolve", "types"):
        (package / name).with_suffix(".py").touch()
    assert violations(tmp_path) == []
    (package / file).write_text(source, encoding="utf-8")
    assert [found.partition(" ")[2] for found in violations(tmp_path)] == [complaint]


ALLOWED = [
    ("pipeline.py", "from scrubber.detect import reference\nfrom scrubber import types"),
    ("cli/redact.py", "import click, json\nfrom scrubber import Scrubber"),
    ("detect/confirm.py", "import regex\nfrom . import views"),
]


@pytest.mark.parametrize(("file", "source"), ALLOWED)
def test_proper_import_is_let_through(tmp_path: Path, file: str, source: str) -> None:
    """The walk does not complain about the flow as designed."""
    package = tmp_path / PACKAGE
    for part in ("cli", "detect"):
        (package / part).mkdir(parents=True)
    (package / "types.py").touch()
    (package / file).write_text(source, encoding="utf-8")
    assert violations(tmp_path) == []
