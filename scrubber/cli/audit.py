"""
`scrubber audit`: what a real Sentry SDK would send of a program full of canaries.

A test of hooks by hand-made events tests what its author thought of. Here a program of its own
crashes in a process of its own: with an account, a home, a host name, variables and a command line
that are canaries, and sentry-sdk collects what it collects. Everything it would send is searched.

Promise: it never says that all is well unless events were sent, and the same canaries were seen in
them without hooks. Nothing reaches a network.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

import click

from scrubber.cli.canaries import Canary, canaries
from scrubber.cli.messages import many, printable, say, wants_colour
from scrubber.cli.survivors import EVENT, Item, Survivor, survivors
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NEEDS_SDK: Final = "audit needs sentry-sdk: pip install 'crashscrub[sentry]'"
RAW: Final = "raw"
INSTALL: Final = "install"
SECONDS: Final = 120
"""How long the program may take."""
_HOOK: Final = "before_send"
_PROGRAM: Final = "integrations/sentry/crash_program.py"
_IN_SOURCE: Final = "planted-in-source"
_CLEARED: Final = ("GIT_", "SENTRY_", "XDG_", "SUDO_")


@click.command()
@click.option(
    "--install", is_flag=True, help="Audit scrubber.integrations.sentry.install (default)."
)
@click.option(
    "--hook",
    "hooks",
    metavar="[NAME=]MODULE:FUNCTION",
    multiple=True,
    help="Audit your own hook instead: a before_send, or the option NAME; may be repeated.",
)
@click.option("--raw", is_flag=True, help="Audit no hook at all: what would leave without any.")
@click.option("--policy", metavar="NAME", help="The policy that is installed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("-v", "--verbose", is_flag=True, help="Show what the program itself prints.")
def audit(  # noqa: PLR0913  # one for each option
    *,
    install: bool,
    hooks: tuple[str, ...],
    raw: bool,
    policy: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Plant canaries in a program, crash it, and list what survives.

    The program runs in a process of its own, with a real sentry-sdk that sends nothing. For each
    canary that is still to be seen, in any encoding: where it was planted, what it is, and the
    path of the field it is in.

    Ends with 0 when none survives, 1 when one does, 2 when that could not be told.
    """
    if install + bool(hooks) + raw > 1:
        raise click.UsageError("give one of --install, --hook and --raw")
    if policy and (hooks or raw):
        raise click.UsageError("--policy goes with --install")
    if find_spec("sentry_sdk") is None:
        raise ConfigError(NEEDS_SDK)
    wanted = {RAW: ""} if raw else _hooks(hooks) or {INSTALL: ""}
    with tempfile.TemporaryDirectory(prefix="audit-") as folder:
        drawn = canaries(Random(secrets.randbits(128)))  # noqa: S311  # they open no door
        # A hook of ours must not rely on what the SDK takes out before; with another, both count.
        scene = _Scene(Path(folder), drawn, bare=INSTALL in wanted)
        baseline = scene.run({RAW: ""}, None, verbose=verbose and raw)
        planted = survivors(baseline, scene.canaries)
        if not planted:
            raise ConfigError("nothing that was planted is in the raw events; please report it")
        sent = baseline if raw else scene.run(wanted, policy, verbose=verbose)
    found = planted if raw else survivors(sent, scene.canaries)
    _report(scene, planted, found, as_json=as_json)
    lost = _events(baseline) - _events(sent)
    if lost:
        say(f"{many(lost, 'event')} of {_events(baseline)} not sent at all")
    stubs = sum("scrubber.fallback" in item.payload for item in sent)
    if stubs:
        say(f"{many(stubs, 'event')} could not be scrubbed: a stub was sent")
    if not _events(sent):
        raise ConfigError("no event was sent, so nothing is known of what would survive")
    if found:
        sys.exit(1)


def _hooks(given: Sequence[str]) -> dict[str, str]:
    hooks = {}
    for one in given:
        name, _, place = one.rpartition("=")
        module, colon, function = place.partition(":")
        if not (module and colon and function):
            raise click.UsageError("--hook takes MODULE:FUNCTION, or NAME=MODULE:FUNCTION")
        hooks[name or _HOOK] = place
    return hooks


@dataclass(frozen=True, slots=True)
class _Scene:
    """A folder with the home of somebody who does not exist.

    Attributes:
        root: the folder.
        canaries: what is planted.
        bare: without the SDK's own scrubber of names that say secret.
    """

    root: Path
    canaries: list[Canary]
    bare: bool

    def run(self, hooks: Mapping[str, str], policy: str | None, *, verbose: bool) -> list[Item]:
        """Run the program.

        Args:
            hooks: the options of the SDK and the places of their hooks; RAW or INSTALL.
            policy: the policy for INSTALL.
            verbose: show what it prints.

        Returns:
            What it would have sent.

        Raises:
            ConfigError: it did not run to its end, or sent nothing.
        """
        values = {one.name: one.value for one in self.canaries}
        home = self.root / "home" / values["account"]
        folder = home / "work" / "yolo"
        program, out = folder / "train.py", self.root / "items"
        folder.mkdir(parents=True, exist_ok=True)
        out.write_text("", "ascii")
        source = Path(__file__).parent.parent.joinpath(_PROGRAM).read_text("utf-8")
        program.write_text(source.replace(_IN_SOURCE, values["source"]), "utf-8")
        (home / ".gitconfig").write_text(
            f"[user]\n\tname = {values['full name']}\n\temail = {values['git address']}\n", "utf-8"
        )
        plan = {
            "hooks": dict(hooks),
            "policy": policy,
            "bare": self.bare,
            "out": str(out),
            "values": values,
        }
        file = home / "data" / "patients" / values["argv file"]
        try:
            done = subprocess.run(  # noqa: S603  # our own program
                [
                    *(sys.executable, program),
                    *("--api-key", values["argv flag"], f"--password={values['argv password']}"),
                    *("--notify", values["argv address"], "--host", values["argv host"]),
                    *("--data", file),
                ],
                input=json.dumps(plan),
                cwd=folder,
                env=_environment(values, home),
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ConfigError(f"the program did not end in {SECONDS} seconds") from None
        if verbose:
            for line in (done.stdout + done.stderr).splitlines():
                click.echo(printable(line), err=True)
        items = [_item(json.loads(line)) for line in out.read_text("ascii").splitlines()]
        if done.returncode:
            raise ConfigError(f"the program died ({_reason(done)}); -v shows what it printed")
        if not items:
            raise ConfigError("the program sent nothing, so nothing is known of what would survive")
        return items


def _environment(values: Mapping[str, str], home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_CLEARED)}
    # The folder of a user's own hook is the one the command is run in.
    paths = [str(Path.cwd()), *(path for path in sys.path if path)]
    named = {
        **dict.fromkeys(("USER", "LOGNAME", "USERNAME"), values["account"]),
        **dict.fromkeys(("HOME", "USERPROFILE"), str(home)),
        **dict.fromkeys(("HOSTNAME", "COMPUTERNAME"), values["host"]),
        "WANDB_API_KEY": values["environment"],
        "DATABASE_URL": values["environment url"],
        "PYTHONPATH": os.pathsep.join(paths),
    }
    return kept | named


def _item(line: dict[str, Any]) -> Item:
    headers = {"item": line["headers"], "envelope": line["envelope"]}
    return Item(str(line["kind"]), headers, line["payload"])


def _events(items: Iterable[Item]) -> int:
    return sum(item.kind == EVENT for item in items)


def _reason(done: subprocess.CompletedProcess[str]) -> str:
    """Give the type of the error it died of, and no word of its message."""
    last = done.stderr.strip().rpartition("\n")[2].partition(":")[0]
    plain = last.replace(".", "_").isidentifier()
    return last if plain else f"exit status {done.returncode}"


def _report(
    scene: _Scene, planted: Sequence[Survivor], found: Sequence[Survivor], *, as_json: bool
) -> None:
    reached = {one.name for one in planted}
    surviving = {one.name for one in found}
    if as_json:
        document = {
            "sentry_sdk": version("sentry-sdk"),
            "canaries": len(scene.canaries),
            "reached": len(reached),
            "surviving": len(surviving),
            "survivors": [
                {
                    "canary": one.name,
                    "entity": one.entity,
                    "field": one.field,
                    "written": one.written,
                }
                for one in found
            ],
        }
        click.echo(json.dumps(document, indent=2))
    else:
        _print(found)
    unseen = [one.name for one in scene.canaries if one.name not in reached]
    if unseen:
        say(f"not sent by this SDK even without hooks, so not audited: {', '.join(unseen)}")
    say(
        f"{many(len(surviving), 'canary').replace('canarys', 'canaries')} of {len(reached)}"
        f" survived, in {many(len({one.field for one in found}), 'field')}"
        f" (sentry-sdk {version('sentry-sdk')})"
    )


def _print(found: Sequence[Survivor]) -> None:
    colour = wants_colour()
    width = max((len(one.name) + len(one.entity) + 1 for one in found), default=0)
    for one in found:
        gap = " " * (width - len(one.name) - len(one.entity) - 1)
        how = "" if one.written == RAW else click.style(f"  ({one.written})", dim=True)
        click.echo(
            f"{one.name} {click.style(one.entity, bold=True)}{gap}"
            f"  {click.style(printable(one.field), fg='red')}{how}",
            color=colour,
        )
