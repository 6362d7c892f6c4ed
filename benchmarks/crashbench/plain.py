"""
Fills that say nothing of anybody: numbers, hashes, times, versions, as logs are full of them.

Promise: none of them is sensitive, so each may stand in what must stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .chance import DIGITS, HEX, LOWER
from .people import pools

if TYPE_CHECKING:
    from collections.abc import Callable

    from .cases import Split
    from .chance import Chance

MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905  # readable
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _integer(chance: Chance, argument: str) -> str:
    low, _, high = argument.partition(":")
    return str(chance.between(int(low or 1), int(high or 999)))


def _uuid(chance: Chance) -> str:
    text = chance.text(HEX, 32)
    last = f"{chance.pick('89ab')}{text[17:20]}"
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{last}-{text[20:]}"


def _version(chance: Chance) -> str:
    return f"{chance.below(20)}.{chance.below(30)}.{chance.below(12)}"


def stamp(chance: Chance, form: str) -> str:
    """Write a moment of the last years as a program does."""
    year, month, day = chance.between(2023, 2026), chance.between(1, 12), chance.between(1, 28)
    hour, minute, second = chance.below(24), chance.below(60), chance.below(60)
    part = chance.below(1_000_000)
    date, time = f"{year}-{month:02d}-{day:02d}", f"{hour:02d}:{minute:02d}:{second:02d}"
    forms = {
        "": f"{date}T{time}.{part:06d}Z",
        "zone": f"{date}T{time}+0{chance.below(10)}:00",
        "log": f"{date} {time},{part % 1000:03d}",
        "dot": f"{date} {time}.{part % 1000:03d}",
        "plain": f"{date} {time}",
        "syslog": f"{MONTHS[month - 1]} {day:2d} {time}",
        "apache": f"{day:02d}/{MONTHS[month - 1]}/{year}:{time} +0000",
        "error": f"{chance.pick(DAYS)} {MONTHS[month - 1]} {day:02d} {time}.{part:06d} {year}",
        "slash": f"{year}/{month:02d}/{day:02d} {time}",
        "android": f"{month:02d}-{day:02d} {time}.{part % 1000:03d}",
        "glog": f"{month:02d}{day:02d} {time}.{part:06d}",
        "epoch": f"{1_700_000_000 + chance.below(90_000_000)}.{part:06d}",
        "unix": f"{1_700_000_000 + chance.below(90_000_000)}",
        "millis": f"{1_700_000_000_000 + chance.below(90_000_000_000)}",
        "mail": f"{chance.pick(DAYS)}, {day} {MONTHS[month - 1]} {year} {time} +0000",
        "compact": f"{year}{month:02d}{day:02d}_{hour:02d}{minute:02d}{second:02d}",
        "us": f"{month}/{day}/{year} {hour % 12 + 1}:{minute:02d}:{second:02d} PM",
        "uptime": f"{chance.below(90_000):5d}.{part:06d}",
        "date": date,
        "time": time,
    }
    return forms[form]


def _size(chance: Chance) -> str:
    return f"{chance.real() * 90:.2f} {chance.pick(('KiB', 'MiB', 'GiB'))}"


def _shape(chance: Chance) -> str:
    return f"({chance.between(1, 64)}, 3, {chance.pick((224, 256, 512, 640))}, 640)"


def _learning_rate(chance: Chance) -> str:
    return chance.pick(("1e-4", "3e-05", "0.001", "5e-4", "2.5e-5", "0.0003"))


PLAIN: Final[dict[str, Callable[[Chance, Split, str], str]]] = {
    "int": lambda chance, _, argument: _integer(chance, argument),
    "hex": lambda chance, _, argument: chance.text(HEX, int(argument or 8)),
    "addr": lambda chance, _, __: "0x" + chance.text(HEX[1:], 1) + chance.text(HEX, 11),
    "sha": lambda chance, _, __: chance.text(HEX, 40),
    "uuid": lambda chance, _, __: _uuid(chance),
    "UUID": lambda chance, _, __: _uuid(chance).upper(),
    "float": lambda chance, _, argument: f"{chance.real() * 10:.{int(argument or 4)}f}",
    "long": lambda chance, _, __: f"0.{chance.text(DIGITS, 16)}",
    "prob": lambda chance, _, __: f"{chance.real():.4f}",
    "pct": lambda chance, _, __: f"{chance.below(100)}%",
    "lr": lambda chance, _, __: _learning_rate(chance),
    "shape": lambda chance, _, __: _shape(chance),
    "size": lambda chance, _, __: _size(chance),
    "ver": lambda chance, _, __: _version(chance),
    "ts": lambda chance, _, form: stamp(chance, form),
    "pid": lambda chance, _, __: str(chance.between(200, 64_000)),
    "port": lambda chance, _, __: str(chance.between(1024, 65_000)),
    "line": lambda chance, _, __: str(chance.between(3, 1900)),
    "step": lambda chance, _, __: str(chance.between(100, 90_000)),
    "word": lambda chance, _, __: chance.text(LOWER, 8),
    "node": lambda chance, split, _: chance.pick(pools()["hosts"][split]["nodes"]),
    "file": lambda chance, split, _: chance.pick(pools()["files"][split]),
    "pick": lambda chance, _, argument: chance.pick(argument.split(",")),
}
"""What makes each plain fill."""
