"""
What a page says of crash reports: what the SDK puts into them, and what the rules take out.

Promise: every entity that the policy looks for in events is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from scrubber.adoption.markdown import bullets, listed, table
from scrubber.adoption.own_errors import GUEST
from scrubber.adoption.phrases import phrase
from scrubber.adoption.plan import host_of
from scrubber.identity.model import Identity
from scrubber.pipeline import Scrubber
from scrubber.redact.placeholders import placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.adoption.plan import Plan

_OPERATORS: Final = {
    "hash": "a keyed hash",
    "mask": "stars",
    "pseudonym": "a made-up name that stays the same",
    "remove": "nothing",
    "surrogate": "a made-up value",
}
_IN_EVENTS: Final = {"FILE_PATH": "the folders above files of code and of data"}
_BREADCRUMBS: Final = 100
"""What the SDK keeps unless it is told."""


def sends_logs(plan: Plan) -> bool:
    """Tell whether lines of logs are sent."""
    experiments = plan.options.get("_experiments") or {}
    return bool(plan.options.get("enable_logs") or experiments.get("enable_logs"))


def crash_reports(plan: Plan) -> Iterator[str]:
    """Give the paragraphs of the section; none without crash reports.

    Args:
        plan: what is collected.
    """
    if plan.dsn is None:
        return
    yield "## Crash reports"
    if plan.packages:
        code = listed([f"`{one}`" for one in plan.packages])
        which = f"An error that went through the code of {code}"
    else:
        which = "An error"
    yield (
        f"{which} is reported to `{host_of(plan.dsn)}`. Every field of the report is scrubbed on "
        "your machine, before "
        "anything is sent. When that fails, what is sent in its place are the types of the errors "
        "and the places in the "
        "code, or nothing."
    )
    yield f"A report holds:\n\n{bullets(_holds(plan))}"
    yield f"This is taken out of it wherever it stands (policy `{plan.policy}`):"
    yield table(("what", "what stands in its place"), _taken_out(plan))
    if sends_logs(plan):
        yield "## Logs"
        yield "Lines of logs go to the same place, scrubbed by the same rules."


def _holds(plan: Plan) -> Iterator[str]:
    """Give what a report holds, as the options of the SDK have it."""
    options: dict[str, Any] = {**(GUEST if plan.packages else {}), **plan.options}
    yield (
        "the types and messages of the errors, and of lines that were logged as errors, and the "
        "functions, files and lines they went through; of the folders of files, those below your "
        "home or the project stay"
    )
    where = f" in the code of {plan.app}" if plan.packages else ""
    if options.get("include_source_context", True):
        yield f"the lines of source around these{where}"
    if options.get("include_local_variables", options.get("with_locals", True)):
        yield (
            f"the local variables{where or ' there'}, shortened; of arrays, images, tables and "
            "bytes their kind and size, and nothing of what is in them"
        )
    if options.get("max_breadcrumbs", _BREADCRUMBS):
        yield "what the program logged and asked of the network before"
    yield (
        "the versions of Python, how it was built, of installed packages and of the Sentry SDK and "
        "its parts, and the time"
    )
    yield "random ids, by which reports of one run can be joined"
    if not plan.packages:
        yield "tags, contexts and files that a program gave the SDK to go with its reports"
    yield "which rule took something out, and where"
    yield from _of_the_program(plan, options)
    if options.get("traces_sample_rate") or options.get("traces_sampler"):
        yield "for a share of runs, how long their parts took"
    if options.get("profiles_sample_rate") or options.get("profile_session_sample_rate"):
        yield "for a share of runs, in which functions the time went"
    if options.get("auto_session_tracking", True):
        yield "that the program ran, and whether it ended with an error"


def _of_the_program(plan: Plan, options: dict[str, Any]) -> Iterator[str]:
    """Give what the SDK finds out by itself about the program and its reports."""
    if not plan.packages:
        yield "the words of the command line"
    if plan.version or options.get("release"):
        yield f"the version of {plan.app}"
    elif options.get("release") is None:
        yield "the release, as the environment or the commit of the folder of work names it"
    if options.get("environment") is None:
        yield "what `SENTRY_ENVIRONMENT` says, or `production`"
    if options.get("send_client_reports", True):
        yield "how many reports were not sent, and why"


def _taken_out(plan: Plan) -> Iterator[tuple[str, str]]:
    scrubber = Scrubber(plan.policy, identity=Identity.none())
    policy = scrubber.policy.in_events()
    rules = scrubber.ruleset.rules_for(policy)
    yield (
        "the names of your account, of your machine and of yourself, as this machine knows them",
        f"`{placeholder('USERNAME')}`, `{placeholder('HOSTNAME')}`, `{placeholder('PERSON')}`",
    )
    for entity in sorted({"PERSON", *(rule.entity for rule in rules)}):
        operator = policy.operator_for(entity)
        shown = f"`{placeholder(entity)}`" if operator == "replace" else _OPERATORS[operator]
        said = _IN_EVENTS.get(entity) or phrase(entity, rules)
        if entity == "PERSON" and policy.ner != "off":
            said += "; in messages, also by a statistical model, which misses some"
        yield said, shown
