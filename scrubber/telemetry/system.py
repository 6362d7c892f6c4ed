"""
What the system is, coarsely: a handful of values that millions of machines share.

Nothing is asked that starts a process, a driver or a lookup. The graphics card is told only when
PyTorch has been loaded and has begun to use it: asking earlier would initialise CUDA in a program
that is perhaps about to fork.

Promise: each field is one of a short list; whatever else a system says of itself becomes `other`.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from scrubber.telemetry.description import ParameterDescription
from scrubber.telemetry.parameters import OTHER, Choice, Number

if TYPE_CHECKING:
    from scrubber.telemetry.parameters import Parameter

NONE: Final = "none"

_FAMILIES: Final = {"linux": "linux", "darwin": "macos", "win32": "windows"}

_GPUS: Final = (
    ("blackwell", r"\bG?B[23]00\b"),
    ("hopper", r"\bG?H[12]00\b|\bH20\b|\bH800\b"),
    ("ada", r"\bL40S?\b|\bL4\b|\bRTX 40[5-9]0\b|\bAda\b"),
    ("ampere", r"\bA(?:2|10G?|16|30|40|100|800)\b|\bRTX 30[5-9]0\b|\bRTX A[2-6]000\b"),
    ("turing", r"\bT4\b|\bRTX 20[678]0\b|\bGTX 16[356]0\b|\bTITAN RTX\b"),
    ("volta", r"\bV100S?\b|\bTITAN V\b"),
    ("pascal", r"\bP(?:4|40|100)\b|\bGTX 10[3-8]0\b"),
    ("blackwell-rtx", r"\bRTX 50[5-9]0\b"),
    ("jetson", r"\bOrin\b|\bXavier\b|\bJetson\b"),
    ("instinct", r"\bInstinct\b|\bMI[123]\d\d[AX]?\b"),
    ("radeon", r"\bRadeon\b"),
)

_SYSTEM: Final = Choice("linux", "macos", "windows")
_PYTHON: Final = Choice(*(f"3.{minor}" for minor in range(11, 21)))
_CPUS: Final = Number(1, 4096, buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256))
_GPU: Final = Choice(NONE, "apple", *(name for name, _ in _GPUS))

_KINDS: Final[dict[str, Parameter]] = {"os": _SYSTEM, "python": _PYTHON, "cpus": _CPUS, "gpu": _GPU}

FIELDS: Final = tuple(ParameterDescription(name, kind.allowed) for name, kind in _KINDS.items())
"""The fields, as they are told to users."""


def system_fields() -> dict[str, str | int | float]:
    """Give the fields of this system.

    Returns:
        `os`, `python` (major and minor), `cpus` (the greatest power of two not above their number)
        and `gpu` (a family; `none` where none is in use).

    >>> sorted(system_fields())
    ['cpus', 'gpu', 'os', 'python']
    """
    raw: dict[str, object] = {
        "os": _FAMILIES.get(sys.platform, OTHER),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "cpus": os.cpu_count() or 1,
        "gpu": OTHER,
    }
    with suppress(Exception):  # another library's code
        raw["gpu"] = _gpu()
    return {name: kind.reduced(raw[name]) or OTHER for name, kind in _KINDS.items()}


def gpu_family(name: str) -> str:
    """Give the family of a graphics card.

    Args:
        name: what its driver calls it.

    Returns:
        A family of the list; `other` for every other name.

    >>> gpu_family("NVIDIA H200"), gpu_family("NVIDIA GeForce RTX 4090"), gpu_family("of Jane")
    ('hopper', 'ada', 'other')
    """
    return next((family for family, known in _GPUS if re.search(known, name)), OTHER)


def _gpu() -> str:
    torch = sys.modules.get("torch")
    cuda = getattr(torch, "cuda", None)
    if cuda is not None and cuda.is_initialized():
        return gpu_family(str(cuda.get_device_name(cuda.current_device())))
    if sys.platform == "darwin" and torch is not None and torch.backends.mps.is_available():
        return "apple"
    return NONE
