"""
Copies of the tree, to be broken and tested without a risk to the tree itself.

A fault in a working tree can be forgotten there, and two runs at once would see each other's. So
each runner has a copy in a temporary folder, breaks one file at a time, runs tests there and puts
the file back. Compiled modules are kept between runs, since their sources keep their times; a
broken module is compiled anew and that is not kept.

Promise: nothing outside the temporary folder is written.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
NOT_COPIED: Final = (".git", ".venv", ".*_cache", ".hypothesis", "build", "dist", "htmlcov")
MEMORY: Final = 6 << 30
"""Bytes of address space of one run: a fault may ask for more without end."""

PASSED, FAILED, NO_TESTS, TOO_LONG = 0, 1, 5, -1


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the tree.

    Attributes:
        folder: where it is.
    """

    folder: Path

    @contextmanager
    def changed(self, file: str, text: str) -> Iterator[None]:
        """Give a file another content for as long as a block runs."""
        path = self.folder / file
        before, stat = path.read_bytes(), path.stat()
        path.write_text(text, encoding="utf-8", newline="")
        try:
            yield
        finally:
            path.write_bytes(before)
            os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def tested(self, tests: Sequence[str], *, seconds: float, keeps: bool = False) -> int:
        """Run tests in the copy until the first one fails.

        Args:
            tests: files, folders or names of tests, as pytest takes them.
            seconds: after which they are ended.
            keeps: whether compiled modules are kept: of a tree without a fault only.

        Returns:
            What pytest returned: 0 where all passed; `TOO_LONG` where they were ended.
        """
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "--tb=no"]
        command += ["-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=_environment(self.folder, keeps=keeps),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return TOO_LONG
        finally:
            with suppress(ProcessLookupError, AttributeError):  # no such call on Windows
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
            shutil.rmtree(self.folder / ".hypothesis", ignore_errors=True)


@contextmanager
def copy_of_tree() -> Iterator[Copy]:
    """Copy the tree for as long as a block runs."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name, "tree")
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
        _limit_later(folder)
        yield Copy(folder)


def _limit_later(folder: Path) -> None:
    """Have every Python that runs in the copy limit its memory, where the system can."""
    (folder.parent / "sitecustomize.py").write_text(
        "try:\n    import resource\n"
        f"    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "except (ImportError, OSError, ValueError):\n    pass\n",
        encoding="utf-8",
    )


def _environment(folder: Path, *, keeps: bool) -> Mapping[str, str]:
    found = {name: value for name, value in os.environ.items() if not name.startswith("SCRUBBER_")}
    found |= {"PYTHONPATH": os.pathsep.join((str(folder), str(folder.parent)))}
    found.setdefault("HYPOTHESIS_PROFILE", "fast")
    return found if keeps else found | {"PYTHONDONTWRITEBYTECODE": "1"}
