"""
Crash events as the installed sentry-sdk makes them, and what must be gone from them and what kept.

A training program that exists only as text is run until it fails, under the real SDK, whose
transport keeps the event. So frames, source lines, local variables, breadcrumbs and the form of
everything are the SDK's own. Names, paths, numbers and messages come from the seed.

Promise: the same seed gives the same planted data, and another one a text that differs wherever a
name, a number or a path stands, so that nothing gained by having seen an event before is counted.
The SDK is as after `sentry_sdk.init()` when the generator is closed.
"""

from __future__ import annotations

import json
import linecache
import re
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Event = dict[str, Any]
Path = tuple[str | int, ...]

IMAGE: Final = 640 * 480 * 3
"""Bytes of the image that a local variable holds."""

_STEP: Final = '''\
"""Step {n} of the training engine."""

import math


def step_{n}(depth, cfg, batch, path):
    """Advance one step and hand over to the next one."""
    loss = {loss:.4f} + depth / 7
    weights_dir = "{home}/runs/exp{n}/weights"
    name = "resnet{n}"
    lr = {lr:.1e}
    anchors = [[10, 13, 16, 30], [33, 23, 30, 61]]
    state = {{"epoch": depth, "ckpt": weights_dir + "/best_{run}.pt", "tokens": {run}}}
    shape = (batch, 3, 640, 640)
    device = "cuda:{n}"
    if depth == 0:
        raise RuntimeError("CUDA out of memory while loading " + path + " for {mail}")
    return following(depth - 1, cfg, batch, path)
'''
_MAIN: Final = """\
def main(depth, cfg, path):
    pixels = IMAGE
    try:
        following(depth, cfg, 16, path)
    except RuntimeError as error:
        sent(error)
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A size of crash.

    Attributes:
        name: Shown in the table.
        frames: of the traceback.
        breadcrumbs: before it.
        image: whether a local variable holds an image as bytes.
    """

    name: str
    frames: int
    breadcrumbs: int
    image: bool = False


KINDS: Final = (
    Kind("small crash", 2, 3),
    Kind("training crash", 40, 100),
    Kind("crash with an image", 6, 10, image=True),
)


@dataclass(frozen=True, slots=True)
class Crash:
    """An event, and what was planted in it.

    Attributes:
        event: as the SDK would send it.
        planted: what must be gone, by what it is; each stands nowhere by accident.
    """

    event: Event
    planted: dict[str, str]


def planted_by(seed: int) -> dict[str, str]:
    """Make up a user, a machine and a key.

    >>> planted_by(1) == planted_by(1), set(planted_by(1).values()) & set(planted_by(2).values())
    (True, set())
    """
    random = Random(seed)  # noqa: S311  # made-up names

    def word(syllables: int) -> str:
        pairs = (random.choice("bdfgklmnprtvz") + random.choice("aeiou") for _ in range(syllables))
        return "".join(pairs)

    letters = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
    return {
        "user": f"{word(4)}x{seed % 10}",
        "mail": f"{word(3)}.{word(4)}@example.com",
        "host": f"{word(3)}-gpu{random.randint(10, 99)}.example.org",
        "address": f"198.51.100.{random.randint(10, 250)}",
        "key": "hf_" + "".join(random.choices(letters, k=34)),
    }


@contextmanager
def crashing() -> Iterator[Callable[[Kind, int], Crash]]:
    """Give what makes a crash of a kind from a seed.

    Raises:
        ModuleNotFoundError: the SDK is not installed.
    """
    sdk = import_module("sentry_sdk")
    transport: Any = import_module("sentry_sdk.transport").Transport
    modules = import_module("sentry_sdk.integrations.modules").ModulesIntegration
    kept: list[Event] = []

    class Keeping(transport):  # type: ignore[misc]  # the SDK need not be installed
        """Keeps events instead of sending them."""

        def capture_envelope(self, envelope: Any) -> None:  # noqa: ANN401
            kept.extend(item.payload.json for item in envelope.items if item.type == "event")

    def crash(kind: Kind, seed: int) -> Crash:
        planted = planted_by(seed)
        with sdk.isolation_scope() as scope:
            random = Random(seed)  # noqa: S311  # made-up numbers
            _describe(scope, kind, planted, random)
            _run(kind, planted, random, sdk.capture_exception)
        event: Event = json.loads(json.dumps(kept.pop()))
        event["server_name"] = planted["host"]  # one name for all events of a client, else
        event["user"]["ip_address"] = planted["address"]  # left out unless asked for
        return Crash(event, planted)

    sdk.init(
        dsn="http://public@127.0.0.1/1",
        transport=Keeping,
        default_integrations=False,
        integrations=[modules()],
        release="yolo@8.4.1",
        environment="production",
    )
    try:
        yield crash
    finally:
        sdk.init()


def _describe(scope: Any, kind: Kind, planted: dict[str, str], random: Random) -> None:  # noqa: ANN401
    """Tell the SDK what went before."""
    home = f"/home/{planted['user']}"
    scope.set_user({"username": planted["user"]})
    scope.set_tag("task", "detect")
    scope.set_context("run", {"data": f"{home}/datasets/coco.yaml", "batch": 16, "amp": True})
    for number in range(kind.breadcrumbs):
        said = f"epoch {number // 10} step {number} loss {random.random():.4f} lr 0.01"
        match number % 6:
            case 0:
                said += f" saved {home}/runs/exp/weights/last_{random.randint(0, 9999)}.pt"
            case 1 if number % 5 == 1:
                said = f"rank 0 connected to {planted['host']} ({planted['address']}:29500)"
            case _:
                said += f" speed {random.randint(10, 99)} it/s"
        scope.add_breadcrumb(category="train", level="info", message=said, data={"step": number})


def _run(
    kind: Kind, planted: dict[str, str], random: Random, sent: Callable[[BaseException], object]
) -> None:
    """Run the program until it fails."""
    home = f"/home/{planted['user']}"
    space = {"sent": sent, "IMAGE": random.randbytes(IMAGE) if kind.image else b""}
    steps = []
    for number in range(8):
        drawn = {"loss": random.random(), "lr": random.random(), "run": random.randint(1000, 9999)}
        text = _STEP.format(n=number, home=home, mail=planted["mail"], **drawn)
        steps.append(_defined(text, f"{home}/work/yolo/step_{number}.py", space)[f"step_{number}"])
    main = _defined(_MAIN, f"{home}/work/yolo/train.py", space)["main"]
    for function, following in pairwise([main, *steps, steps[0]]):
        function.__globals__["following"] = following
    settings = {"data": f"{home}/datasets/coco", "api_key": planted["key"], "imgsz": 640}
    main(kind.frames - 2, settings, f"{home}/datasets/weights_{random.randint(0, 999)}.pt")


def _defined(text: str, file: str, space: dict[str, Any]) -> dict[str, Any]:
    """Run the text of a module that stands in no file; its lines are known all the same."""
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    module = {**space, "__name__": file.rpartition("/")[2].removesuffix(".py")}
    exec(compile(text, file, "exec"), module)  # noqa: S102  # our own text
    return module


def occurrences(event: object, planted: dict[str, str]) -> dict[str, int]:
    """Count how often each planted value stands in an event.

    >>> occurrences({"a": "jo at jo", "b": ["jo"]}, {"user": "jo", "host": "gpu1"})
    {'user': 3, 'host': 0}
    """
    text = json.dumps(event, ensure_ascii=False)
    return {kind: text.count(value) for kind, value in planted.items()}


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Yield everything that holds nothing else, with where it stands."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*path, name))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from leaves(item, (*path, place))
    else:
        yield path, value


def damage(before: Event, after: Event, planted: dict[str, str]) -> list[Path]:
    """Return where an event lost what it may keep.

    A value without anything planted must be as it was. A text with something planted must still
    have its plain words, at least three letters with blanks around; only in an image it need not.
    Moments are not compared, and tags in either form: Relay writes both in another one.

    >>> damage({"a": "x y", "b": "saved by jo"}, {"a": "x", "b": "[gone]"}, {"user": "jo"})
    [('a',), ('b',)]
    >>> damage({"a": "x y", "b": "saved by jo"}, {"a": "x y", "b": "saved by []"}, {"user": "jo"})
    []
    """
    tags = after.get("tags")
    found = dict(leaves({**after, "tags": dict(tags)} if isinstance(tags, list) else after))
    return [
        path
        for path, value in leaves(before)
        if path[-1] != "timestamp" and _hurt(value, found.get(path), planted)
    ]


def _hurt(before: object, after: object, planted: dict[str, str]) -> bool:
    if not isinstance(before, str):
        return before != after
    if before.startswith(("b'", 'b"')):
        return False
    if not any(value in before for value in planted.values()):
        return before != after
    words = re.findall(r"(?<!\S)[A-Za-z]{3,}(?!\S)", before)
    return not all(word in str(after) for word in words)
