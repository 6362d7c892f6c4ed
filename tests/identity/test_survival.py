"""
A machine's names in thousands of reports, in every encoding and every place: none survives.

The machine is made up (`planted`), and a process of its own collects it by itself, from its
environment, its home and its repository. What a failure shows are kinds, encodings and places.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from scrubber.identity.collect import collect
from scrubber.identity.machine import Account, Machine
from scrubber.identity.model import Identity
from tests.identity.planted import Literal, Planted, plant
from tests.identity.reports import reports, spots
from tests.identity.scrubbers import scrubber_of
from tests.identity.survivors import first, leaks, survivors

if TYPE_CHECKING:
    from scrubber import Scrubber

ROOT: Final = Path(__file__).resolve().parents[2]
COUNT: Final = 2000
FEWER: Final = 100

CHILD: Final = """
import json, sys
seen = []
def hook(event, args):
    if event.partition(".")[0] in {"subprocess", "socket"} or event in {
        "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"
    }:
        seen.append(event)
sys.addaudithook(hook)
from scrubber import Scrubber
from tests.identity.planted import plant
from tests.identity.survivors import leaks
seed, count, home = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
scrubber = Scrubber()
def scrub(report):
    return scrubber.scrub_text(report) if isinstance(report, str) else scrubber.scrub(report)
found = leaks(scrub, plant(seed).literals(home), seed=seed, count=count)
print(json.dumps([found, sorted(set(seen)), scrubber.failures]))
"""


def test_no_planted_name_survives_in_a_process_that_knows_itself(tmp_path: Path) -> None:
    """0 of 4,000 literals in 2,000 reports; no process is started, no socket opened, no failure."""
    seed = 4
    home, repository, environment = plant(seed).files(tmp_path)
    output = subprocess.run(
        [sys.executable, "-c", CHILD, str(seed), str(COUNT), str(home)],
        check=True,
        stdout=subprocess.PIPE,
        cwd=repository,
        env=environment | {"PYTHONPATH": str(ROOT)},
    ).stdout
    found, called, failures = json.loads(output)
    assert first(found) == []
    assert called == []
    assert failures == 0


def test_the_reports_hold_what_they_should() -> None:
    """Unscrubbed, every literal is found in every report; each is in each encoding and place."""
    person = plant(4)
    literals = person.literals(f"/srv/homes/{person.folder}")
    missed = []
    dealt = set()
    for number, report in enumerate(reports(literals, seed=4, count=COUNT)):
        held = survivors(report.content, [spot.literal for spot in report.spots])
        missed += [number for spot in report.spots if spot.literal.kind not in held]
        dealt |= {spot.label for spot in report.spots}
    assert missed == []
    assert dealt == {spot.label for spot in spots(literals)}


def left(scrubber: Scrubber, literals: tuple[Literal, ...], count: int = FEWER) -> list[str]:
    """Give the first that survived."""

    def scrub(report: str | dict[str, object]) -> object:
        return scrubber.scrub_text(report) if isinstance(report, str) else scrubber.scrub(report)

    return first(leaks(scrub, literals, seed=11, count=count))


GIT: Final = "[user]\n\tname = {name}\n\temail = {address}\n"
REMOTE: Final = '[remote "origin"]\n\turl = https://github.com/{owner}/yolo.git\n'


def linux(person: Planted) -> tuple[Machine, str]:
    """Give a machine in a computing centre."""
    home = f"/nfs/home/{person.folder}"
    machine = Machine.of(
        person.environment(home),
        {
            f"{home}/.gitconfig": GIT.format(name=person.name, address=person.address),
            f"{home}/yolo/.git/config": REMOTE.format(owner=person.owner),
        },
        account=Account(person.account, f"{person.name},,,", home),
        node=f"{person.host}.cs.example.edu",
        cwd=f"{home}/yolo",
    )
    return machine, home


def macos(person: Planted) -> tuple[Machine, str]:
    """Give a laptop of Apple's, which calls itself `.local`."""
    home = f"/Users/{person.folder}"
    machine = Machine.of(
        person.environment(home) | {"HOSTNAME": ""},
        {
            f"{home}/.config/git/config": GIT.format(name=person.name, address=person.address),
            f"{home}/yolo/.git/config": REMOTE.format(owner=person.owner),
        },
        platform="darwin",
        account=Account(person.account, person.name, home),
        node=f"{person.host}.local",
        cwd=f"{home}/yolo",
    )
    return machine, home


def windows(person: Planted) -> tuple[Machine, str]:
    """Give a machine in a domain of Windows, which has no user database."""
    home = f"C:\\Users\\{person.folder}"
    environment = person.environment(home)
    environment |= {"USERPROFILE": home, "USERNAME": person.account, "COMPUTERNAME": person.host}
    for name in ("HOME", "USER", "LOGNAME", "HOSTNAME"):
        del environment[name]
    machine = Machine.of(
        environment,
        {
            f"{home}\\.gitconfig": GIT.format(name=person.name, address=person.address),
            f"{home}\\yolo\\.git\\config": REMOTE.format(owner=person.owner),
        },
        platform="win32",
        node=person.host.upper(),
        cwd=f"{home}\\yolo",
    )
    return machine, home


@pytest.mark.parametrize("made", [linux, macos, windows])
def test_no_name_of_a_machine_of_any_system_survives(made: object) -> None:
    """What an injected machine tells is collected, and gone from the reports."""
    assert callable(made)
    person = plant(5)
    machine, home = made(person)
    identity = collect(machine)
    assert identity.failures == 0
    assert left(scrubber_of(identity), person.literals(home)) == []


def written(kind: str, *forms: str) -> list[Literal]:
    """Give the literals of one value that programs write in many forms."""
    return [Literal(f"{kind} {number}", form, (form,)) for number, form in enumerate(forms)]


def test_numbers_of_a_machine_do_not_survive() -> None:
    """Hardware addresses, addresses and ids, as programs write them."""
    identity = Identity(
        macs=("0a5e0053c7f1",),
        addresses=("198.51.100.37", "2001:db8::c7f1"),
        ids=("7f3c9a1e5b2d4c60", "trainer-6d5f7c9b84-x2qpz"),
    )
    literals = (
        *written("mac", "0a:5e:00:53:c7:f1", "0a-5e-00-53-c7-f1", "0a5e.0053.c7f1"),
        *written("mac bare", "0a5e0053c7f1"),
        *written("ipv4", "198.51.100.37", "ip-198-51-100-37"),
        *written("ipv6", "2001:db8::c7f1"),
        *written("id", "7f3c9a1e5b2d4c60", "trainer-6d5f7c9b84-x2qpz"),
    )
    assert left(scrubber_of(identity), literals) == []


@pytest.mark.parametrize(
    "value",
    [
        "a.b*c(d[e]f{g}h|i^j$k+l?m",
        "\\U00000041\\x41\\n\\",
        "%{left:x}%(name)s%41",
        "x" * 400,
        "\udcff\udcfe\udcfd-bytes",
        "\u5c71\u7530 \u592a\u90ce",
        "\u0130stanbul \u00df\ufb01",
        "(?P<value>",
        "[user]",
        "  ",
        "--",
        "\U0001f600\U0001f600\U0001f600",
    ],
    ids=range(12),
)
def test_any_value_makes_rules_that_run(value: str) -> None:
    """A name can be written in any way; it is still no pattern, and the engine does not fail."""
    kinds = ("accounts", "names", "hosts", "domains", "emails", "owners", "homes", "ids", "secrets")
    values: dict[str, Any] = dict.fromkeys(kinds, (value,))
    scrubber = scrubber_of(Identity(**values))
    text = f"failed: '{value}' (3) at /home/{value}/x.py, user={value}"
    once = scrubber.scrub_text(text)
    assert scrubber.failures == 0
    assert scrubber.scrub_text(once) == once
