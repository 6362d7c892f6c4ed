"""
Reports as programs write them, with a machine's literals in every encoding and every place.

Promise: the same seed gives the same reports; each literal is dealt with each encoding and each
place it can stand in, before one comes twice.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, Final

from scrubber.decoding import DEPTH
from scrubber.encodings import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scrubber.encodings import Encoding
    from tests.identity.planted import Literal

# Where a literal stands. One more layer of encoding is told by `json` in the name.
ANYWHERE: Final = {
    "bare": "{x}",
    "single quotes": "'{x}'",
    "double quotes": '"{x}"',
    "backticks": "`{x}`",
    "brackets": "({x}) [{x}]",
    "two in a row": "{x} {x}",
    "two with a comma": "{x},{x}",
    "after =": "value={x}",
    "before :": "{x}: not found",
    "path": "/data/{x}/run1/best.txt",
    "windows path": r"D:\data\{x}\run1",
    "url path": "https://files.example.com/{x}/a?b=1",
    "url query": "https://files.example.com/a?q={x}&r=2",
    "glued _": "run_{x}_v2",
    "glued -": "run-{x}-v2",
    "glued .": "run.{x}.v2",
    "json in repr": "",
    "upper": "{x}",
    "start": "{x}",
    "end": "{x}",
    "middle of 2 KB": "{x}",
}
ANCHORED: Final = {
    "path": "/data/{x}/run1/best.txt",
    "home": "/home/{x}/run1/best.txt",
    "windows path": r"D:\data\{x}\run1",
    "windows home": r"C:\Users\{x}\run1",
    "at host": "{x}@vm12:~$ ls",
    "url path": "https://files.example.com/{x}/a?b=1",
    "url user": "ssh://{x}@vm12.example.com/a",
    "user =": "user={x} status=1",
    "user :": '{{"user": "{x}", "n": 1}}',
    "upper": "/data/{x}/run1/best.txt",
}
URL: Final = {
    "https": "https://github.com/{x}/yolo/blob/main/a.py",
    "scp": "git@github.com:{x}/yolo.git",
    "ssh": "ssh://git@github.com/{x}/yolo.git",
    "raw": "https://raw.githubusercontent.com/{x}/yolo/main/a.py",
    "upper": "https://github.com/{x}/yolo",
}
HOME: Final = {
    "alone": "{x}",
    "file": "{x}/work/a.py",
    "quoted": "'{x}/work/a b.py'",
    "frame": 'File "{x}/work/a.py", line 3, in f',
    "file url": "file://{x}/a.txt",
    "after =": "HOME={x}",
    "list": "/usr/bin:{x}/bin:/bin",
}
PLACES: Final = {"anywhere": ANYWHERE, "anchored": ANCHORED, "url": URL, "home": HOME}

_LINES: Final = (
    "2026-01-01 12:00:00,123 INFO train: epoch 3/90 loss=0.4123 lr=1e-4",
    "INFO:root:resumed from checkpoint 12000",
    'File "/usr/lib/python3.11/asyncio/tasks.py", line 256, in __step',
    "    result = coro.send(None)",
    "RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB",
    "[2026-01-01T12:00:00Z] GET /images/a.png 200 1843 12ms",
    "\tat java.base/java.lang.Thread.run(Thread.java:1583)",
    "goroutine 34 [running]:",
    "    at Module._compile (node:internal/modules/cjs/loader:1376:14)",
    "thread 'main' panicked at src/main.rs:12:5:",
    "KeyError: 'model.0.conv.weight'",
    "drwxr-xr-x 5 4096 Jan  1 12:00 runs",
)
_WHOLE: Final = ("glued", "json", "windows")
_WRITTEN_INSIDE: Final = 2


def _traceback(a: str, b: str, _: Random) -> str:
    return (
        "Traceback (most recent call last):\n"
        '  File "/usr/lib/python3.11/asyncio/base_events.py", line 653, in run\n'
        "    return future.result()\n"
        '  File "/opt/conda/lib/python3.11/site-packages/torch/serialization.py", line 986\n'
        f"    state = load({a})\n"
        f"FileNotFoundError: [Errno 2] No such file or directory: {b}"
    )


def _log(a: str, b: str, rng: Random) -> str:
    return "\n".join(
        f"2026-01-01 12:00:0{n},123 {level} worker.{n}: {text}"
        for n, (level, text) in enumerate(
            (("INFO", f"opening {a}"), ("DEBUG", rng.choice(_LINES)), ("ERROR", f"lost {b}"))
        )
    )


def _logfmt(a: str, b: str, rng: Random) -> str:
    return f"level=error ts=1735732800.{rng.randrange(999)} msg=failed at={a} n=3 was={b} rc=1"


def _json_log(a: str, b: str, rng: Random) -> str:
    value = {"level": "error", "n": rng.randrange(99), "detail": a, "more": [b, 1.5, None]}
    return json.dumps(value, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, 2)))


def _repr(a: str, b: str, rng: Random) -> str:
    return f"ValueError: bad config { ({'epochs': rng.randrange(99), 'a': a, b: [True, 2]})!r}"


def _repr_in_json(a: str, b: str, _: Random) -> str:
    return json.dumps({"event": "crash", "vars": repr({"a": a, "b": b}), "line": 12})


def _shell(a: str, b: str, _: Random) -> str:
    return f"$ cat {a}\ncat: {b}: Permission denied\n$ echo $?\n1\n$ nvidia-smi -L\nGPU 0: (busy)"


def _java(a: str, b: str, _: Random) -> str:
    return (
        f'Exception in thread "main" java.io.IOException: cannot read {a}\n'
        "\tat com.example.shop.Db.open(Db.java:42)\n\tat com.example.shop.Main.main(Main.java:7)\n"
        f"Caused by: java.lang.IllegalStateException: {b}\n\t... 12 more"
    )


def _go(a: str, b: str, _: Random) -> str:
    return (
        f"panic: open {a}: no such file\n\ngoroutine 1 [running]:\nmain.load(0xc000112280)\n"
        f"\t/usr/local/go/src/os/file.go:57 +0x1a4\nexit status 2: {b}"
    )


def _javascript(a: str, b: str, _: Random) -> str:
    return (
        f"Error: ENOENT: no such file, open {a}\n    at Object.openSync (node:fs:601:3)\n"
        f"    at async Promise.all (index 0) {{\n  errno: -2,\n  detail: {b}\n}}"
    )


def _rust(a: str, b: str, _: Random) -> str:
    return (
        "thread 'main' panicked at src/main.rs:12:5:\ncalled `Result::unwrap()` on an `Err` value: "
        f"{a}\nstack backtrace:\n   0: rust_begin_unwind\n   1: core::panicking::panic_fmt\n{b}"
    )


# Each with how many layers of encoding it adds.
BODIES: Final[tuple[tuple[Callable[[str, str, Random], str], int], ...]] = (
    (_traceback, 0),
    (_log, 0),
    (_logfmt, 0),
    (_shell, 0),
    (_java, 0),
    (_go, 0),
    (_javascript, 0),
    (_rust, 0),
    (_json_log, 1),
    (_repr, 1),
    (_repr_in_json, 2),
)
_EVENT: Final = "event"


@dataclass(frozen=True, slots=True, repr=False)
class Spot:
    """A literal, how it is encoded and where it stands. Its `label` shows no value."""

    literal: Literal
    encoding: Encoding
    place: str
    whole: bool

    @property
    def label(self) -> str:
        """The kind, the encoding and the place."""
        return f"{self.literal.kind} / {self.encoding.name} / {self.place}" + " (all)" * self.whole

    @property
    def layers(self) -> int:
        """How many layers of decoding give the literal back."""
        return self.encoding.layers + _WRITTEN_INSIDE * (self.place == "json in repr")

    def written(self) -> str:
        """Write it: the literal encoded in its place, or literal and place encoded together."""
        text = self.literal.text.upper() if self.place == "upper" else self.literal.text
        encode = self.encoding.encode
        inner = text if self.whole else encode(text)
        if self.place == "json in repr":
            fragment = repr({"body": json.dumps({"k": inner, "n": 1})})
        else:
            fragment = PLACES[self.literal.reach][self.place].format(x=inner)
        return encode(fragment) if self.whole else fragment


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A report and what stands in it.

    Attributes:
        content: a text, or an event.
        spots: what was written into it.
        body: what kind of report it is.
    """

    content: str | dict[str, Any]
    spots: tuple[Spot, ...]
    body: str


def spots(literals: Sequence[Literal]) -> list[Spot]:
    """Give every literal in every encoding in every place that goes with it."""
    found: dict[tuple[str, str, str], Spot] = {}
    for literal in literals:
        for place in PLACES[literal.reach]:
            if place == "upper" and not literal.folded:
                continue
            for encoding in ENCODINGS.values():
                # Nobody encodes half of a path of Windows, whose backslashes begin escapes; and
                # what joins a literal to its neighbours would be letters of base64 as well.
                alone = literal.reach == "anywhere" and not place.startswith(_WHOLE)
                ways = (True, False) if alone else (True,)
                for whole in ways:
                    spot = Spot(literal, encoding, place, whole)
                    if spot.layers <= DEPTH:
                        found.setdefault((literal.kind, place, spot.written()), spot)
    return list(found.values())


def reports(literals: Sequence[Literal], *, seed: int, count: int) -> Iterator[Written]:
    """Write reports, two literals in each.

    Args:
        literals: what to write into them.
        seed: what they are drawn from.
        count: how many.

    Yields:
        The reports.
    """
    rng = Random(seed)  # noqa: S311
    dealt = _dealt(spots(literals), rng)
    for _ in range(count):
        yield _written(next(dealt), next(dealt), rng)


def _dealt(cards: list[Spot], rng: Random) -> Iterator[Spot]:
    while True:
        rng.shuffle(cards)
        yield from cards


def _written(first: Spot, second: Spot, rng: Random) -> Written:
    pair = (first, second)
    a, b = first.written(), second.written()
    for spot, own, other in ((first, a, b), (second, b, a)):
        lines = [*rng.choices(_LINES, k=3), other, rng.choice(_LINES)]
        if spot.place == "start":
            return Written("\n".join((f"{own} failed", *lines)), pair, "start")
        if spot.place == "end":
            return Written("\n".join((*lines, f"cannot open {own}")), pair, "end")
        if spot.place == "middle of 2 KB":
            filler = " ".join(rng.choices(_LINES, k=18))
            at = filler.index(" ", len(filler) // 2)
            return Written(f"{filler[:at]} {own}{filler[at:]}\n{other}", pair, "long")
    deepest = max(first.layers, second.layers)
    fitting = [body for body, layers in BODIES if layers + deepest <= DEPTH]
    choice = rng.randrange(len(fitting) + 3)
    if choice < len(fitting):
        body = fitting[choice]
        return Written(body(a, b, rng), pair, body.__name__.strip("_"))
    return Written(_event(a, b, rng), pair, _EVENT)


def _event(a: str, b: str, rng: Random) -> dict[str, Any]:
    frame = {"function": "load", "module": "yolo.data", "lineno": 12, "vars": {"item": a, "n": 3}}
    value = {"type": "ValueError", "value": f"cannot use {a}", "stacktrace": {"frames": [frame]}}
    crumb = {"category": "log", "level": "info", "message": rng.choice(_LINES)}
    return {
        "platform": "python",
        "level": "error",
        "logentry": {"message": "lost %s", "params": [b]},
        "exception": {"values": [value]},
        "breadcrumbs": {"values": [crumb, crumb | {"message": b, "data": {"x": a}}]},
        "extra": {"argv": ["train.py", b], "nested": [[{"k": a}]]},
        "tags": {"stage": b},
    }
