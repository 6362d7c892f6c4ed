"""
Seeded text to time on: what a training run and a service write, with and without personal data.

Promise: the same seed and count give the same lines, so a stated count of findings stays true. Each
planted piece is exactly one finding, whatever the policy. No two lines of a corpus are equal but by
chance: an engine that remembers lines gains nothing from these.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINE = 110
"""Bytes of a line of `even`: about what a line of a training log has."""

CELLS = 20
"""Addresses that a line of `dense` has room for."""


def hexadecimal(rng: Random, count: int) -> str:
    """Return random hexadecimal digits, as of a commit or a checksum."""
    return "".join(rng.choices("0123456789abcdef", k=count))


# Each looks a little like something personal: a slice like an IPv6 address, a version like an IPv4.
CLEAN: tuple[Callable[[Random], str], ...] = (
    lambda r: f"epoch={r.randrange(100)} step={r.randrange(10**6)} loss={r.random():.4f} lr=1e-03",
    lambda r: f"Epoch {r.randrange(9)}/9:  33%|███▎  | 247/741 [00:58<01:56, {r.random():.2f}it/s]",
    lambda r: f"x[{r.randrange(9)}::2].shape=torch.Size([16, 64, {r.randrange(999)}, 320]) cuda:0",
    lambda r: f"weights ok, sha256 {hexadecimal(r, 64)}, {r.random():.2f} MiB in 1.7 s",
    lambda r: f"torch 2.{r.randrange(9)}.1+cu124, CUDA 12.4.1, commit {hexadecimal(r, 40)}",
    lambda r: f'  File "/usr/lib/python3.11/runpy.py", line {r.randrange(999)}, in _run_code',
    lambda r: f'{{"level": "info", "event": "saved", "size": {r.randrange(10**8)}, "ok": true}}',
    lambda r: (
        f"grad_norm={r.random() * 99:.3f} scaler 65536.0 -> 32768.0 at step {r.randrange(999)}"
    ),
)

PLANTED: tuple[Callable[[Random], str], ...] = (
    lambda r: f"mail user{r.randrange(10**6)}@example.com sent",
    lambda r: f"peer 192.0.2.{r.randrange(1, 255)} timed out",
    lambda r: f"listening on [2001:db8::{r.randrange(1, 9999):x}]:29500",
    lambda r: f'{{"client": "user{r.randrange(10**6)}@example.org", "ok": true}}',
)


# What services write, each with how many pieces of it name somebody, their machine or a secret.
SERVICE: tuple[tuple[int, Callable[[Random], str]], ...] = (
    (0, lambda r: f"level=info msg=reconciled queue=sync depth={r.randrange(99)} took={took(r)}"),
    (0, lambda r: f"LOG:  duration: {took(r)}  statement: COMMIT PREPARED"),
    (0, lambda r: f'{{"event": "batch_done", "rows": {r.randrange(10**6)}, "took": "{took(r)}"}}'),
    (0, lambda r: f"GET /api/v2/items/{r.randrange(10**6)} -> 200 in {took(r)} (HTTP/1.1)"),
    (0, lambda r: f"retry {r.randrange(9)}/9 of job {hexadecimal(r, 12)}: deadline exceeded"),
    (0, lambda r: f"KeyError: 'bucket_{r.randrange(99)}' at store.py:{r.randrange(999)} in load"),
    (
        1,
        lambda r: (
            f'192.0.2.{r.randrange(1, 255)} - - "GET /items?page={r.randrange(99)} HTTP/1.1" 200'
        ),
    ),
    (1, lambda r: f"mail to user{r.randrange(10**6)}@example.org bounced, code {r.randrange(599)}"),
    (1, lambda r: f"cannot open /home/user{r.randrange(10**4)}/runs/last.ckpt: permission denied"),
    (1, lambda r: f"upstream [2001:db8::{r.randrange(1, 9999):x}]:8443 reset after {took(r)}"),
    (
        1,
        lambda r: (
            f'{{"event": "login", "email": "user{r.randrange(10**6)}@example.com", "ok": true}}'
        ),
    ),
    (
        2,
        lambda r: (
            f"user{r.randrange(10**6)}@example.net from 198.51.100.{r.randrange(1, 255)} denied"
        ),
    ),
)


def took(rng: Random) -> str:
    """Return a duration as programs print it."""
    return f"{rng.random() * 99:.3f} ms"


def stamped(rng: Random, message: str) -> str:
    """Return a message as a logger writes it."""
    return f"2025-03-14 09:{rng.randrange(60):02}:{rng.randrange(60):02},118 INFO train: {message}"


def training(seed: int, count: int) -> list[str]:
    """Return the lines of a training log in which nothing is to be found.

    Args:
        seed: What the numbers are drawn from.
        count: How many lines.
    """
    rng = Random(seed)  # noqa: S311  # not for keeping secrets
    return [stamped(rng, rng.choice(CLEAN)(rng)) for _ in range(count)]


def mixed(seed: int, count: int) -> list[str]:
    """Return the lines of a log of which each tenth holds exactly one thing to be found.

    Args:
        seed: What the numbers are drawn from.
        count: How many lines.
    """
    rng = Random(seed)  # noqa: S311  # not for keeping secrets
    return [
        stamped(rng, rng.choice(CLEAN if index % 10 else PLANTED)(rng)) for index in range(count)
    ]


def even(seed: int, count: int) -> list[str]:
    """Return clean lines of a training log, each exactly `LINE` bytes long.

    Args:
        seed: What the numbers are drawn from.
        count: How many lines.
    """
    rng = Random(seed)  # noqa: S311  # not for keeping secrets
    lines: list[str] = []
    while len(lines) < count:
        line = stamped(rng, rng.choice(CLEAN)(rng))
        missing = LINE - len(line.encode())
        if missing >= 0:
            lines.append(line + (" seen by all of the ranks, none of them late" * 2)[:missing])
    return lines


def bars(seed: int, count: int, *, hashes: int = 200) -> list[str]:
    """Return a training log as a terminal leaves it in a file: one line in ten is a tqdm bar.

    A bar is written over itself, so its line holds all its states, with carriage returns between.

    Args:
        seed: What the numbers are drawn from.
        count: How many lines.
        hashes: One of so many messages has a hash: a start, a commit, a file of weights.
    """
    rng = Random(seed)  # noqa: S311  # not for keeping secrets
    hashed = [one for one in CLEAN if _has_hash(one(rng))]
    others = [one for one in CLEAN if one not in hashed]
    return [
        "\r".join(bar(rng))
        if index % 10 == 9
        else stamped(rng, rng.choice(others if rng.randrange(hashes) else hashed)(rng))
        for index in range(count)
    ]


def _has_hash(message: str) -> bool:
    return "sha256" in message or "commit" in message


def bar(rng: Random) -> Iterator[str]:
    """Give the states of one tqdm bar."""
    epoch, total, speed = rng.randrange(100), rng.randrange(200, 2000), 1 + rng.random() * 9
    for tenth in range(0, 101, 10):
        done = total * tenth // 100
        blocks = "█" * (tenth // 10)
        gone, left = int(done / speed), int((total - done) / speed)
        yield (
            f"Epoch {epoch}: {tenth:3}%|{blocks:<10}| {done}/{total} "
            f"[{gone // 60:02}:{gone % 60:02}<{left // 60:02}:{left % 60:02}, {speed:.2f}it/s, "
            f"loss={rng.random():.4f}, lr=3e-4]"
        )


def service(seed: int, count: int) -> list[str]:
    """Return what services write; `service_findings` says how much of it is to be found.

    Args:
        seed: What the numbers are drawn from.
        count: How many lines.
    """
    return [line for _, line in _service(seed, count)]


def service_findings(seed: int, count: int) -> int:
    """Return how many pieces are planted in `service` of the same seed and count."""
    return sum(planted for planted, _ in _service(seed, count))


def _service(seed: int, count: int) -> Iterator[tuple[int, str]]:
    rng = Random(seed)  # noqa: S311  # not for keeping secrets
    for _ in range(count):
        planted, template = rng.choice(SERVICE)
        yield planted, stamped(rng, template(rng)).replace("train:", "api:")


def dense(seed: int, count: int, planted: int) -> list[str]:
    """Return lines of the same length, each with so many addresses in it.

    Args:
        seed: What the numbers are drawn from.
        count: How many lines.
        planted: How many addresses a line; the rest are numbers of the same length.
    """
    rng = Random(seed)  # noqa: S311  # not for keeping secrets
    return [
        stamped(rng, "; ".join(cell(rng, index < planted) for index in range(CELLS)))
        for _ in range(count)
    ]


def cell(rng: Random, planted: bool) -> str:  # noqa: FBT001  # data, no option
    """Return an address, or a number as long as one."""
    number = rng.randrange(10**5, 10**6)
    return f"user{number}@example.com" if planted else f"step{number} of examples"
