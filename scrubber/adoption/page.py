"""
What is collected, in words for users: a page made from the plan that the code follows.

A page that is written by hand says what its author meant. This one says what happens: the entities
are those the rules look for under the plan's policy, the parameters those its events take, the
hosts those it sends to. `scrubber disclose --check` fails when a page says something else.

Promise: the same plan gives the same page on every machine; no key of an address stands in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.adoption.crash_section import crash_reports, sends_logs
from scrubber.adoption.markdown import bullets, table
from scrubber.adoption.plan import host_of
from scrubber.adoption.usage_section import description_of, usage_events
from scrubber.consent import installation, journal
from scrubber.consent.environment import CI, DO_NOT_TRACK, variable_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.adoption.plan import Plan

MARK: Final = "<!-- Made by `scrubber disclose`. Change the plan, not this page. -->"


def disclosure(plan: Plan) -> str:
    """Write the page of a plan.

    Args:
        plan: what is collected.

    Returns:
        Markdown.

    >>> from scrubber.adoption.plan import Plan
    >>> print(disclosure(Plan(app="mylib")).splitlines()[-1])
    mylib collects nothing.
    """
    head = [MARK, f"# What {plan.app} collects"]
    collected = _collected(plan)
    if not collected:
        return "\n\n".join([*head, f"{plan.app} collects nothing."]) + "\n"
    parts = [
        *head,
        *_summary(plan, collected),
        *crash_reports(plan),
        *usage_events(plan),
        *_never(plan),
        *_choice(plan),
        *_kept_here(),
        *_asking(plan),
    ]
    return "\n\n".join(parts) + "\n"


def _collected(plan: Plan) -> list[tuple[str, str, str]]:
    """Give what is collected: its name for people, its setting and where it goes."""
    found = []
    if plan.dsn is not None:
        found.append(("crash reports", "crash_reports", host_of(plan.dsn)))
        if sends_logs(plan):
            found.append(("logs", "logs", host_of(plan.dsn)))
    usage = description_of(plan)
    if usage is not None and usage.events:
        found.append(("usage events", "usage_events", usage.host))
    return found


def _by_default(plan: Plan, name: str) -> bool:
    """Tell what happens for who has chosen nothing."""
    return plan.defaults.get("sync", True) and plan.defaults.get(name, name != "logs")


def _summary(plan: Plan, collected: list[tuple[str, str, str]]) -> Iterator[str]:
    by_default = [_by_default(plan, key) for _, key, _ in collected]
    rows = [
        (f"[{what}](#{what.replace(' ', '-')})", f"`{host}`", "yes" if on else "no", f"`{key}`")
        for (what, key, host), on in zip(collected, by_default, strict=True)
    ]
    yield table(("what", "where it goes", "collected unless you choose", "setting"), rows)
    if not any(by_default):
        yield "Nothing is collected before you agree to it."
    yield "One setting, `sync`, stops all of it at once: see [your choice](#your-choice)."


def _never(plan: Plan) -> Iterator[str]:
    """Say what cannot leave, and of what is only looked for, that some of it can."""
    yield "## What is never collected"
    never = ["signals for advertising, or anything that joins you to another program or site"]
    if description_of(plan) is not None:
        never += (
            "in usage events: free text, names, paths, addresses, or anything not listed above",
            "the name, addresses and serial numbers of your machine, or an id made of these",
        )
    if plan.dsn is not None:
        never.append("in crash reports: the content of images, arrays and tables")
    yield bullets(never)
    if plan.dsn is not None:
        yield (
            "Crash reports are text that programs wrote. Rules take out what is listed above, and "
            "rules miss some: a word of your data in a message or a variable, or the name of a "
            "file, may remain."
        )
    yield (
        "As every server on the internet, those that are named above see the network address that "
        f"a request comes from; {plan.app} does not send it."
    )


def _choice(plan: Plan) -> Iterator[str]:
    app, variable = plan.app, variable_of(plan.app)
    yield "## Your choice"
    yield (
        "It holds from the very next report on, in running programs too, and is remembered. "
        "A file of settings that is damaged or cannot be written means that nothing is collected."
    )
    yield "On the command line (`pip install 'crashscrub[cli]'`):"
    yield (
        f"    scrubber settings --app {app}                # what holds now, and why\n"
        f"    scrubber settings --app {app} sync=False     # collect nothing\n"
        f"    scrubber settings --app {app} show-sent      # what was sent, word for word\n"
        f"    scrubber settings --app {app} export         # all that is kept on this machine\n"
        f"    scrubber settings --app {app} delete         # remove it; a refusal stays\n"
        f"    scrubber settings --app {app} reset          # as it was at first; a refusal stays"
    )
    yield "In Python:"
    yield (
        "    from scrubber.consent import Settings\n\n"
        f'    settings = Settings("{app}")\n'
        '    settings.update({"sync": False})\n'
        "    settings.reset()"
    )
    yield (
        f"In the environment, `{variable}=0` or `{DO_NOT_TRACK}=1` stop it for a program and what "
        f"it starts; so does `{CI}`, "
        "which services that build and test software set."
    )


def _kept_here() -> Iterator[str]:
    yield "## What is kept on your machine"
    yield bullets(
        [
            "your settings, in a file that only you can read",
            f"a random id, which is another one every {installation.EPOCH} days",
            f"the last {journal.MOST} things that were sent, in a file that only you can read",
        ]
    )


def _asking(plan: Plan) -> Iterator[str]:
    if plan.contact:
        yield "## Questions"
        yield f"{plan.contact}"
