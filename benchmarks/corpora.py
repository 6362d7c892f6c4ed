"""Seeded text to time on: what a training run writes, and the same with personal data in it.

Promise: the same seed and count give the same lines, so a stated count of findings stays true. Each
planted piece is exactly one finding, whatever the policy.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


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
