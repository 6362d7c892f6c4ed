"""A folder with everything in it that folders of logs have, and a little more."""

from __future__ import annotations

import gzip
import os
import socket
from typing import TYPE_CHECKING

from scrubber.archive.run import run
from scrubber.archive.tasks import Job, unheard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from scrubber.archive.summary import Summary
    from scrubber.archive.tasks import Outcome, Task
    from scrubber.pipeline import Scrubber

RAW = b"jane@example.com"
LINE = b"mail jane@example.com\n"
CLEAN = b"mail [email]\n"


def odd_tree(root: Path) -> Path:
    """Make a folder of odd things; only two of its files cannot be redacted."""
    root.mkdir(parents=True)
    files = {
        "app.log": LINE * 3,
        "empty.log": b"",
        "home/jane/x.log": b"opened /home/jane/x\n",
        "home/john/x.log": b"ok\n",
        "jane@example.com/jane@example.com.log": b"ok\n",
        "A.log": b"upper\n",
        "a.log": b"lower\n",
        "core.bin": bytes(range(256)) * 8 + RAW,
        "cut.log.gz": gzip.compress(LINE * 500)[:-12],
        "good.log.gz": gzip.compress(LINE * 5),
        "latin.log": b"caf\xe9 " + LINE,
        "wide.log": LINE.decode().encode("utf-16"),
    }
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / "hollow" / "deeper").mkdir(parents=True)
    (root / "loop").symlink_to(root)
    (root / "latest.log").symlink_to(root / "app.log")
    (root / "broken").symlink_to("nowhere-jane@example.com")
    if os.name == "posix":
        os.mkfifo(root / "pipe")
        (root / "new\nline jane@example.com.log").write_bytes(LINE)
        _odd_bytes(root)
        _socket(root)
    return root


def _odd_bytes(root: Path) -> None:
    try:
        (root / os.fsdecode(b"caf\xe9.log")).write_bytes(LINE)
    except OSError:  # a file system whose names are characters
        (root / "cafe.log").write_bytes(LINE)


def _socket(root: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    try:
        # The address of a socket is short.
        os.chdir(root)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("socket")
    finally:
        os.fchdir(here)
        os.close(here)


def contents(root: Path) -> dict[str, bytes | None]:
    """Give all that lies in a folder: bytes of files, None for folders."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def redacted(scrubber: Scrubber, source: Path, target: Path, **options: Any) -> Summary:  # noqa: ANN401
    """Run over a folder, in this process."""
    from scrubber.archive.engines import engine

    job = Job(scrubber, **options.pop("job", {}))
    where = options.pop("engine", None) or engine("local", 1)
    return run([str(source)], str(target), job, engine=where, **options)


class Told:
    """Notes what a run says while it goes on."""

    def __init__(self) -> None:
        """Begin."""
        self.begun: list[tuple[int, int]] = []
        self.outcomes: dict[str, Outcome] = {}
        self.ended = self.bytes_read = self.told = 0

    def begin(self, files: int, size: int) -> None:
        """Note it."""
        self.begun.append((files, size))

    def read(self, size: int) -> None:
        """Note it."""
        assert size > 0
        self.bytes_read += size
        self.told += size

    def done(self, outcome: Outcome, size: int, name: str) -> None:
        """Note it."""
        assert size >= 0
        self.told += size
        assert name not in self.outcomes
        self.outcomes[name] = outcome

    def end(self) -> None:
        """Note it."""
        self.ended += 1


class Silent:
    """An engine that forgets every task but those it is told to do."""

    alone = far = False

    def __init__(self, *outcomes: Outcome) -> None:
        """Take what it says."""
        self._outcomes = outcomes

    def outcomes(
        self, tasks: Iterable[Task], job: Job, told: Callable[[int, int], None] = unheard
    ) -> Iterator[Outcome]:
        """Take all tasks; say what it was told to."""
        assert not job.check
        assert told is not None
        list(tasks)
        yield from self._outcomes
