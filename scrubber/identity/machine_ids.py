"""
Ids that name one machine or one container: of systemd, of the firmware, of Docker and Kubernetes.

Promise: ids of many machines (`Default string`, all zeros) are left out, and so is what has no
letter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

_FILES: Final = (
    "/etc/machine-id",
    "/var/lib/dbus/machine-id",
    "/proc/sys/kernel/random/boot_id",
    "/sys/class/dmi/id/product_uuid",
    "/sys/class/dmi/id/product_serial",
    "/sys/class/dmi/id/board_serial",
    "/sys/class/dmi/id/chassis_serial",
    "/sys/devices/virtual/dmi/id/product_uuid",
    "/proc/device-tree/serial-number",
)
_SHORTEST: Final = 8
_FEWEST_KINDS: Final = 4
"""Different characters of an id; all zeros and `0123456789` in a row have few or are known."""
_NOBODYS: Final = lazy_pattern(
    r"(?:default|system|chassis|board|product|not|none|to be|serial|0123|1234|unknown|n/a|oem"
    r"|invalid|uninit|03000200-0400-0500)",
    re.IGNORECASE,
)

_CONTAINER: Final = lazy_pattern(
    r"(?:docker|containers?|libpod|cri-containerd|crio|containerd|overlay2|sandboxes|lxc|ecs/[^/]+)"
    r"[-/:]([0-9a-f]{64})"
    r"|[-/:]([0-9a-f]{64})(?=\.scope|/|\s|$)"
)
_POD: Final = lazy_pattern(
    r"pods?/?([0-9a-f]{8}([-_])[0-9a-f]{4}\2[0-9a-f]{4}\2[0-9a-f]{4}\2[0-9a-f]{12})"
)
_ECS_TASK: Final = lazy_pattern(r"/ecs/(?:[^/\s]+/)?([0-9a-f]{32})")
_SHORT: Final = 12
_MOST: Final = 8


def machine_ids(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the ids of this machine and of its firmware."""
    if machine.windows:
        return
    for path in _FILES:
        text = (machine.read(path) or "").strip("\x00 \t\r\n")
        plain = text.replace("-", "").casefold()
        if (
            len(text) >= _SHORTEST
            and len(set(plain)) >= _FEWEST_KINDS
            and any(char.isalpha() for char in text)
            and not _NOBODYS.match(text)
        ):
            yield "ids", text
            # A UUID is written in both cases, and systemd's id with dashes by some.
            if text != text.lower():
                yield "ids", text.lower()


def container_ids(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the ids of the container and the pod this process runs in, long and short."""
    if machine.windows:
        return
    groups = machine.read("/proc/self/cgroup") or ""
    mounts = machine.read("/proc/self/mountinfo") or ""
    text = f"{groups}\n{mounts}"
    found = [one or other for one, other in _CONTAINER.findall(text)]
    for container in list(dict.fromkeys(found))[:_MOST]:
        yield "ids", container
        yield "ids", container[:_SHORT]
    for pod, _ in list(dict.fromkeys(_POD.findall(text)))[:_MOST]:
        for form in dict.fromkeys((pod, pod.replace("_", "-"))):
            # Alone, and as folders and groups are called after it.
            yield "ids", form
            yield "ids", f"pod{form}"
    for task in list(dict.fromkeys(_ECS_TASK.findall(groups)))[:_MOST]:
        yield "ids", task
    # Docker names a host by the first letters of its container's id.
    node = machine.node()
    if re.fullmatch(r"(?=.*[a-f])[0-9a-f]{12}", node):
        yield "ids", node
