"""
How the time of the whole pipeline grows with its input: `python -m benchmarks.growth_of_pipeline`.

A rule alone may be linear where all of them with what is around them are not: decoding in layers,
overlaps, lines that are scanned again, names that are spread. So whole texts and events of growing
size go through each way there is. The table gives the time at the largest size and the exponent.

Promise: it exits 1 when an exponent is above 1.3 where time can be told (20 ms).

What is unfair: one process, the least of a few rounds; texts are made up to be hostile, so the
times are no speed of anything.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from benchmarks.growth import AGAIN, STEEPEST, TELLING, Growth, seconds
from benchmarks.growth_texts import SLASHES, Hostile
from scrubber import Identity, Policy, Scrubber
from scrubber.decoding import decoded_views
from scrubber.encodings import ENCODINGS
from scrubber.resolve import resolve
from scrubber.types import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SIZES: Final = (16_000, 128_000)
"""Code points; eight times as many take eight times as long, a little more is noise."""

SIZES_OF_STREAMS: Final = (128_000, 512_000)
"""A stream looks at a block and what is around it: within the first block it has less to do."""

_LINE: Final = (
    "mail jane@example.com from 192.0.2.7 at /home/jane/work/run.py, password=hunter2x9; "
)
_NAMES: Final = "Failed to notify Jane Tavrinsky about the run. "
_PATHS: Final = r"C:\\Users\\jane\\x.py /home/jane/a/b/c.dcm %2Fhome%2Fjane%2Fx \/Users\/jane\/y "
_JSON: Final = json.dumps({"user": "jane", "mail": "jane@example.com", "path": "/home/jane/x"})

TEXTS: Final[Mapping[str, Hostile]] = {
    "findings in one line": Hostile(_LINE),
    "findings in lines": Hostile(f"{_LINE}\n"),
    "sentences with names": Hostile(f"{_NAMES}\n"),
    "paths": Hostile(_PATHS),
    "one path": Hostile("jane/", head="/home/"),
    "JSON in lines": Hostile(f"{_JSON}\n"),
    "JSON in JSON": Hostile(f"{json.dumps(_JSON)},"),
    "nested JSON": Hostile("["),
    "a document of JSON": Hostile(f"{_JSON},", head="[", tail="0]"),
    "an image": Hostile("iVBORw0KGgoAAAAN", head="data:image/png;base64,"),
    "an open key": Hostile("MIIEpAIBAAKCAQEA0Z\n", head="-----BEGIN RSA PRIVATE KEY-----\n"),
    "many openings": Hostile("-----BEGIN RSA PRIVATE KEY-----\n"),
    "placeholders": Hostile("[email] [user:~ <home>/work [ip] "),
    "half placeholders": Hostile("[user:~"),
    "slashes": Hostile("/" * SLASHES + "\n"),
    "backslashes": Hostile("\\"),
    "percents": Hostile("%25"),
    "references": Hostile("&amp;"),
    "one word": Hostile("a"),
    "digits": Hostile("1"),
    "blanks": Hostile(" "),
    "lines": Hostile("\n"),
    "colours": Hostile("\x1b[31mjane@example.com\x1b[0m "),
    "table": Hostile("0  Jane Doe  jane@example.com\n", head="   name  email\n"),
    **{f"in {name}": Hostile(f"{one.encode(_LINE)} ") for name, one in sorted(ENCODINGS.items())},
}


@cache
def scrubber(name: str) -> Scrubber:
    """Give a scrubber that knows nothing of this machine."""
    made: dict[str, Callable[[], Scrubber]] = {
        "reference": lambda: Scrubber(engine="reference", identity=Identity.none()),
        "vector": lambda: Scrubber(engine="vector", identity=Identity.none()),
        "strict": lambda: Scrubber("strict", engine="reference", identity=Identity.none()),
        "names": lambda: Scrubber(engine="reference", identity=Identity.none(), ner="on"),
        "anchor": lambda: Scrubber(
            engine="reference", identity=Identity.none(), path_mode="anchor"
        ),
        "masked": lambda: Scrubber(
            Policy("masked", operator="mask", keep_last=4),
            engine="reference",
            identity=Identity.none(),
        ),
    }
    return made[name]()


def _in_stream(text: str) -> object:
    stream = scrubber("reference").stream(block=1)
    return "".join(map(stream.feed, text)) + stream.finish()


def _in_event(text: str) -> object:
    frames = [{"filename": "a.py", "vars": {"text": text}}]
    value: Any = {"message": text, "exception": {"values": [{"value": text, "frames": frames}]}}
    return scrubber("reference").scrub(value)


def _in_many_fields(text: str) -> object:
    words = text.split(" ")
    extra = {f"k{at}": word for at, word in enumerate(words)}
    crumbs = [{"message": word} for word in words]
    return scrubber("reference").scrub({"extra": extra, "breadcrumbs": {"values": crumbs}})


WAYS: Final[Mapping[str, Callable[[str], object]]] = {
    "text, reference": lambda text: scrubber("reference").scrub_text(text),
    "text, vector": lambda text: scrubber("vector").scrub_text(text),
    "text, strict": lambda text: scrubber("strict").scrub_text(text),
    "text, masked": lambda text: scrubber("masked").scrub_text(text),
    "text, anchored paths": lambda text: scrubber("anchor").scrub_text(text),
    "text, names of people": lambda text: scrubber("names").scrub_text(text),
    "stream, one character a time": _in_stream,
    "lines of bytes": lambda text: scrubber("vector").scrub_text(text.encode("utf-8", "replace")),
    "event, long strings": _in_event,
    "event, many fields": _in_many_fields,
    "decoded views": decoded_views,
}


def offered() -> dict[str, Callable[[str], object]]:
    """Give the ways that can be gone here: without Vectorscan, not those through it."""
    vector = find_spec("hyperscan") is not None
    return {
        name: way
        for name, way in WAYS.items()
        if vector or name not in {"text, vector", "lines of bytes"}
    }


def growth(work: Callable[[Any], object], small: object, large: object, times: float) -> Growth:
    """Tell how the time of some work grows from one input to one `times` as large."""
    slowest, steepest = 0.0, math.inf
    for _ in range(AGAIN):
        before, after = seconds(lambda: work(small), 2), seconds(lambda: work(large))
        slowest = max(slowest, after)
        exponent = math.log(after / max(before, 1e-6)) / math.log(times)
        steepest = min(steepest, exponent if after > TELLING else 1.0)
        if steepest <= STEEPEST:
            break
    return Growth(slowest, steepest)


def of_way(way: Callable[[str], object], hostile: Hostile) -> Growth:
    """Measure one text in one way; what is made at first use is made before."""
    sizes = SIZES_OF_STREAMS if way is _in_stream else SIZES
    way(hostile.text(sizes[0] // 8))
    small, large = (hostile.text(size) for size in sizes)
    return growth(way, small, large, sizes[1] / sizes[0])


def of_overlaps() -> Growth:
    """Measure `resolve` on spans of which each overlaps many."""

    def spans(count: int) -> list[Span]:
        entities = ("A", "B", "C")
        return [Span(at, at + 60, entities[at % 3], "t.x", 0.5) for at in range(count)]

    return growth(resolve, spans(SIZES[0]), spans(SIZES[1]), SIZES[1] / SIZES[0])


def main(arguments: Sequence[str]) -> int:
    """Print a line for each way and text; 1 when one is not linear."""
    parser = argparse.ArgumentParser(description="How the time of the pipeline grows.")
    parser.add_argument("--way", choices=(*WAYS, "overlaps"), action="append")
    parser.add_argument("--text", choices=tuple(TEXTS), action="append")
    options = parser.parse_args(arguments)
    steep = 0

    def told(way: str, text: str, one: Growth) -> None:
        nonlocal steep
        steep += not one.linear
        mark = "" if one.linear else " NOT LINEAR"
        print(f"{way:30} {text:25} {one.slowest:9.3f} {one.exponent:9.2f}{mark}", flush=True)

    for name, way in offered().items():
        for text, hostile in TEXTS.items():
            if name in (options.way or WAYS) and text in (options.text or TEXTS):
                told(name, text, of_way(way, hostile))
    if not options.way or "overlaps" in options.way:
        told("overlaps", "spans", of_overlaps())
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
