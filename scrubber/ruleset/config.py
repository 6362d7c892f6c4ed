"""
A user's configuration: rule files by name, and `[tool.scrubber]` of a `pyproject.toml`.

`[tool.scrubber]` is a rule document (`rule`, `override`, `allow`, `policy`) with two more keys:
`default_policy`, the policy used when none is asked for, and `rules`, further rule files, relative
to the `pyproject.toml`. They come before it, so that it can extend and override what they say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrubber.errors import Problem
from scrubber.ruleset.load import Document, read_documents, read_toml
from scrubber.ruleset.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PYPROJECT: Final = "pyproject.toml"
SECTION: Final = "tool.scrubber"
_DOCUMENT_KEYS: Final = ("rule", "override", "allow", "policy")


@dataclass(frozen=True, slots=True)
class Config:
    """What a user configured.

    Attributes:
        documents: the rule documents, in the order given.
        default_policy: the id of the policy to use, or "".
        problems: what was wrong.
    """

    documents: tuple[Document, ...] = ()
    default_policy: str = ""
    problems: tuple[Problem, ...] = ()


def read_config(paths: Sequence[Path]) -> Config:
    """Read configuration files.

    Args:
        paths: rule files; one named `pyproject.toml` is read for its `[tool.scrubber]`.

    Returns:
        What they say, with every problem.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    default_policy = ""
    for path in paths:
        raw, wrong = read_toml(path)
        problems += wrong
        if wrong:
            continue
        if path.name != PYPROJECT:
            documents.append(Document(str(path), raw))
            continue
        tool = raw.get("tool", {})
        section = tool.get("scrubber", {}) if isinstance(tool, dict) else tool
        table = Table(section, name=SECTION)
        default_policy = table.text("default_policy", "") or default_policy
        files = [path.parent / name for name in table.texts("rules")]
        table.know(*_DOCUMENT_KEYS)
        problems += [Problem(str(path), "", reason) for reason in table.finish()]
        readable, wrong = read_documents(files)
        documents += readable
        problems += wrong
        if isinstance(section, dict):
            own = {key: section[key] for key in _DOCUMENT_KEYS if key in section}
            documents.append(Document(str(path), own, section=SECTION))
    return Config(tuple(documents), default_policy, tuple(problems))


def find_pyproject(start: Path) -> Path | None:
    """Find the nearest `pyproject.toml` with a `[tool.scrubber]`, from a folder upwards.

    Args:
        start: the folder to begin in, absolute or relative to the working directory.

    Returns:
        The file, or None. A file that is not TOML is given back, so that its problem is reported
        and the rules it may hold are not silently left out.
    """
    start = start.resolve()  # "." has no parents
    for folder in (start, *start.parents):
        path = folder / PYPROJECT
        if path.is_file():
            raw, wrong = read_toml(path)
            tool = raw.get("tool")
            if wrong or (isinstance(tool, dict) and "scrubber" in tool):
                return path
    return None
