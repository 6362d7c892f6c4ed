"""Is a word a machine's name, where English could stand?"""

from __future__ import annotations

import pytest

from scrubber.validators.machine_name import machine_name


@pytest.mark.parametrize(
    "name",
    [
        "gpu01",
        "lab-gpu01",
        "node-7",
        "db.example.com",
        "Janes-MBP.local",
        "gpu-10",
        "192-0-2-7.dyn.example.net",
    ],
)
def test_machines_have_numbers_dashes_or_domains(name: str) -> None:
    """Their names are made to be told apart."""
    assert machine_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "memory",
        "URLs",
        "cuda0",
        "rank12",
        "x86_64",
        "v18.17.0",
        "threading.local",
        "torch.distributed.internal",
        "settings.local",
        "node_modules",
        "ipv6",
        "k",
        "End-of-Life",
        "up-to-date",
        "plug-in",
        "i.e",
    ],
)
def test_words_devices_versions_and_modules_are_no_machines(name: str) -> None:
    """They stand in the same places and are needed to debug."""
    assert not machine_name(name)
