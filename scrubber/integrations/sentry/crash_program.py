"""
A program that crashes with canaries in its hands; `scrubber audit` runs a copy of it.

It is an ordinary training script, and not a test of this package: what it holds is where real
programs hold it, and the SDK collects it as it collects theirs. It gets its canaries on stdin, and
writes every envelope the SDK would send into a file, a line of JSON for each item.

Promise: nothing leaves the process but into that file, whose place stdin tells, too: the transport
has no socket. What the program itself does with the canaries is in no captured frame but those that
plant them.
"""

from __future__ import annotations

import argparse
import base64
import importlib
import json
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import sentry_sdk
from sentry_sdk.consts import DEFAULT_OPTIONS
from sentry_sdk.scope import Scope
from sentry_sdk.scrubber import EventScrubber
from sentry_sdk.transport import Transport

DSN = "http://audit@127.0.0.1:9/1"  # the port of `discard` on this machine: nothing is sent
RAW = "raw"
INSTALL = "install"
DEPTH = 4
OWNERS: dict[str, str] = {}
# The eight bytes every PNG begins with, and a text chunk without its checksum.
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x2ftEXtAuthor\x00"

logger = logging.getLogger("train")


class Plan:
    """The canaries by name. Its `repr` shows none of them, or every frame would."""

    def __init__(self, document: dict[str, Any]) -> None:
        """Take what stdin told."""
        self.hooks: dict[str, str] = document["hooks"]
        self.policy: str | None = document["policy"]
        self.out: str = document["out"]
        self.bare: bool = document["bare"]
        self._values: dict[str, str] = document["values"]

    def __getitem__(self, name: str) -> str:
        """Give the canary of a place."""
        return self._values[name]


class Recorder(Transport):
    """A transport that writes down what it is given, and sends nothing."""

    out = ""

    def capture_envelope(self, envelope: Any) -> None:  # noqa: ANN401  # no stub of it in old SDKs
        """Write each item on a line."""
        lines = [
            {
                "kind": item.headers.get("type"),
                "headers": dict(item.headers),
                "envelope": envelope.headers,
                "payload": item.payload.get_bytes().decode("utf-8", "surrogateescape"),
            }
            for item in envelope.items
        ]
        with open(self.out, "a", encoding="ascii") as file:  # noqa: PTH123  # as `Path` is, in less
            file.writelines(f"{json.dumps(line, default=str)}\n" for line in lines)


class Client:
    """Whose `repr` tells what it holds, as that of a dataclass does."""

    def __init__(self, api_key: str) -> None:
        """Keep a key."""
        self.api_key = api_key

    def __repr__(self) -> str:
        """Show the key, which is the mistake."""
        return f"Client(host='db.example.com', api_key='{self.api_key}')"


@dataclass
class Owner:
    """A value like any other."""

    team: str
    contact: str


def start(plan: Plan) -> None:
    """Begin as programs do: with the hooks that are looked at, and every option that tells more."""
    Recorder.out = plan.out
    wanted: dict[str, Any] = {
        "server_name": plan["host"],
        "release": "train@1.2.0",
        "send_default_pii": True,
        "attach_stacktrace": True,
        "traces_sample_rate": 1.0,
        "auto_enabling_integrations": False,
        "enable_logs": True,
        "_experiments": {"enable_logs": True, "enable_metrics": True},
    }
    if plan.bare:  # what the SDK takes out by itself would not reach the hooks
        wanted["event_scrubber"] = EventScrubber()
        wanted["event_scrubber"].denylist = []
    options = {name: value for name, value in wanted.items() if name in DEFAULT_OPTIONS}
    if INSTALL in plan.hooks:
        from scrubber.integrations.sentry import install
        from scrubber.pipeline import Scrubber

        install(dsn=DSN, scrubber=Scrubber(plan.policy), transport=Recorder, **options)
        return
    hooks = {name: load(place) for name, place in plan.hooks.items() if name != RAW}
    sentry_sdk.init(DSN, transport=Recorder, **options, **hooks)


def load(place: str) -> Any:  # noqa: ANN401  # whatever it is
    """Import a hook by its place: `package.module:function`."""
    module, _, name = place.partition(":")
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found


def tell(plan: Plan) -> None:
    """Tell the SDK who and what this is, as an app does when it starts."""
    scope = Scope.get_isolation_scope()
    scope.set_user(
        {
            "id": plan["user id"],
            "username": plan["user name"],
            "email": plan["user address"],
            "ip_address": plan["user ip"],
        }
    )
    scope.set_tag("contact", plan["tag"])
    scope.set_tag("user", plan["tag user"])
    scope.set_tag("node", plan["host"])
    scope.set_extra("settings", {"client_secret": plan["extra"], plan["local key"]: "owner"})
    scope.set_extra("environ", {name: os.environ.get(name) for name in ("HOME", "DATABASE_URL")})
    scope.set_context("job", {"owner": plan["full name"], "notify": plan["context"]})
    scope.add_attachment(bytes=f"owner: {plan['attachment']}\n".encode(), filename="run.log")
    scope.add_attachment(bytes=b"dicom", filename=plan["attachment name"])
    scope.add_attachment(
        bytes=PNG + plan["attachment image"].encode(), filename="plot.png", content_type="image/png"
    )
    scope.add_event_processor(lambda event, _hint: with_request(event, plan))


def with_request(event: Any, plan: Plan) -> Any:  # noqa: ANN401  # as the SDK has it
    """Add what the integrations of web frameworks add."""
    event["request"] = {
        "method": "POST",
        "url": f"https://api.example.com/runs?access_token={plan['request url']}",
        "query_string": f"email={quote(plan['request query'])}&page=2",
        "headers": {
            "Authorization": f"Bearer {plan['request header']}",
            "X-Forwarded-For": plan["request forwarded"],
            "Accept": "application/json",
            "Referer": f"https://example.com/?code=7&id_token={plan['request referer']}",
        },
        "cookies": {"sessionid": plan["request cookie"]},
        "data": {"password": plan["request body"], "epochs": 3},
        "env": {"REMOTE_ADDR": plan["request address"], "SERVER_NAME": plan["host"]},
    }
    if "exception" in event:
        event["fingerprint"] = ["{{ default }}", plan["fingerprint"]]
    return event


def leave_crumbs(plan: Plan) -> None:
    """Do what leaves breadcrumbs, and logs as events of their own."""
    sentry_sdk.add_breadcrumb(
        category="auth", message=f"login of {plan['breadcrumb message']} on {plan['host']}"
    )
    sentry_sdk.add_breadcrumb(category="http", data={"api_key": plan["breadcrumb data"]})
    sentry_sdk.add_breadcrumb(
        type="http", data={"url": f"https://example.com/?token={plan['breadcrumb url']}"}
    )
    sentry_sdk.add_breadcrumb(
        category="subprocess",
        message=f"curl -u trainer:{plan['breadcrumb command']} https://example.com/w.pt",
    )
    logger.error("no license", extra={"license_key": plan["log extra"]})
    logger.warning("saved %s for %s", os.path.join(os.getcwd(), "best.pt"), plan["account"])  # noqa: PTH109, PTH118
    logger.error(
        "no mail to %s from %s with password=%s",
        plan["log argument"],
        plan["log ip"],
        plan["log secret"],
    )


def parse(arguments: list[str]) -> argparse.Namespace:
    """Parse a command line as training scripts have it."""
    parser = argparse.ArgumentParser()
    for flag in ("api-key", "password", "notify", "host", "data"):
        parser.add_argument(f"--{flag}")
    return parser.parse_args(arguments)


def train(plan: Plan, client_secret: str, depth: int = DEPTH) -> None:
    """Hold things in locals, frame for frame, and crash."""
    options = parse(sys.argv[1:])
    if depth == DEPTH:
        password = plan["local password"]
        config = {"wandb": {"access_token": plan["local nested"]}, "epochs": 3}
        client = Client(plan["local object"])
        command = ["mysql", "-h", "localhost", "--password", plan["local command"]]
        environ = {"PATH": "/bin", "GITHUB_TOKEN": plan["local variables"]}
        train(plan, client_secret, depth - 1)
        del password, config, client, command, environ
    elif depth == DEPTH - 1:
        runs = PurePosixPath("/home", plan["local path"], "runs")
        scratch = f"/scratch/{plan['account']}/run1/best.pt"
        answer = json.dumps({"ok": True, "access_token": plan["local json"]})
        stored = json.dumps(json.dumps({"password": plan["local json twice"]}))
        owner = Owner("vision", plan["local dataclass"])
        request = f"GET /w HTTP/1.1\r\nAuthorization: Bearer {plan['local header']}\r\n"
        train(plan, client_secret, depth - 1)
        del runs, scratch, answer, stored, owner, request
    elif depth == DEPTH - 2:
        payload = f"mail {plan['local bytes']}".encode()
        peers = [plan["local list"], "localhost"]
        owners = {plan["local key"]: 1}
        link = f"eth0 {plan['local mac']} up"
        train(plan, client_secret, depth - 1)
        del payload, peers, owners, link
    elif depth:
        proxy = {"Proxy-Authorization": basic(plan["local basic"])}
        clone = f"git clone https://trainer:{plan['local clone']}@example.com/yolo.git"
        card, phone = f"card {plan['local card']}", f"phone: {plan['local phone']}"
        train(plan, client_secret, depth - 1)
        del proxy, clone, card, phone
    else:
        load_weights(plan, options.data)


def basic(password: str) -> str:
    """Give the value of a header, as RFC 7617 has it."""
    return f"Basic {base64.b64encode(f'trainer:{password}'.encode()).decode()}"


def load_weights(plan: Plan, file: str) -> None:
    """Fail as a loader does: with all it knows in its message."""
    checkpoint = os.path.join(os.path.expanduser("~"), "runs", "best.pt")  # noqa: PTH111, PTH118
    owner = "planted-in-source"
    try:
        find_owner(plan, checkpoint)
    except ValueError as cause:
        error = RuntimeError(message(plan, file))
        error.add_note(f"worker {plan['note']} lost on {plan['host']}")
        raise error from cause
    finally:
        del owner


def find_owner(plan: Plan, file: str) -> None:
    """Fail first, so that there is a cause."""
    raise ValueError(f"bad owner {plan['cause']} ({plan['full name']}) of {file}")


def join(plan: Plan) -> None:
    """Fail as workers do: several at once."""
    raise ExceptionGroup("workers failed", [OSError(f"no route to {plan['group']}")])


def message(plan: Plan, file: str) -> str:
    """Give the text of the error."""
    packed = base64.b64encode(f"user={plan['message base64']}".encode()).decode()
    return (
        f"cannot load {file} for {plan['message address']}:"
        f" GET https://example.com/w?to={quote(plan['message quoted'], safe='')} gave 403,"
        f" /home/{plan['message path']}/cache/w.pt and"
        f" C:\\Users\\{plan['message windows path']}\\w.pt not found,"
        f" /Users/{plan['message mac path']}/Library/w.pt and"
        f" \\\\fileserver\\{plan['message share']}$\\w.pt neither,"
        f" <a href='mailto:{plan['message html'].replace('@', '&#64;')}'>owner</a>,"
        f" next=%252Fw%253Fto%253D{quote(quote(plan['message quoted twice'], safe=''), safe='')},"
        f" {plan['account'].upper()} at {plan['host'].upper()},"
        f" token={plan['message token']} to {plan['message url']} from {plan['message ip']},"
        f" {packed}, as {plan['git address']}, WANDB_API_KEY={os.environ.get('WANDB_API_KEY')}"
    )


def crash(plan: Plan) -> None:
    """Send an error, chained, and a group of errors where there are such."""
    try:
        train(plan, plan["local argument"])
    except RuntimeError as error:
        sentry_sdk.capture_exception(error)
    try:
        join(plan)
    except ExceptionGroup as error:
        sentry_sdk.capture_exception(error)
    try:
        OWNERS[plan["key error"]]
    except KeyError as error:
        sentry_sdk.capture_exception(error)
    sentry_sdk.capture_message(f"{plan['account']} on {plan['host']} gave up in {os.getcwd()}")  # noqa: PTH109


def span_of(op: str, text: str) -> Any:  # noqa: ANN401  # a span
    """Begin a span; what it is about had another name in older SDKs."""
    try:
        return sentry_sdk.start_span(op=op, name=text)
    except TypeError:
        return sentry_sdk.start_span(op=op, description=text)


def trace(plan: Plan) -> None:
    """Send a transaction with spans."""
    with sentry_sdk.start_transaction(op="train", name=f"epoch of {plan['transaction']}"):
        query = f"SELECT id FROM users WHERE email = '{plan['span query']}'"  # noqa: S608  # not run
        with span_of("db", query):
            pass
        url = f"GET https://example.com/w?api_key={plan['span url']}"
        with span_of("http.client", url) as span:
            span.set_data("http.request.header.authorization", f"Bearer {plan['span data']}")


def tell_apart(plan: Plan) -> None:
    """Send what is no event: logs, metrics, check-ins and sessions, where the SDK has them."""
    logs: Any = getattr(sentry_sdk, "logger", None)
    if hasattr(logs, "warning"):
        logs.warning(
            "retry for {address}",
            address=plan["structured log"],
            attributes={"api_key": plan["structured log value"]},
        )
    metrics: Any = getattr(sentry_sdk, "metrics", None)
    if hasattr(metrics, "count"):
        metrics.count("runs", 1, attributes={"owner": plan["metric"]})
    from sentry_sdk.crons import capture_checkin

    capture_checkin(monitor_slug=f"nightly-{plan['check-in']}", status="ok")
    Scope.get_isolation_scope().start_session()
    Scope.get_isolation_scope().end_session()


def main() -> None:
    """Plant everything."""
    plan = Plan(json.load(sys.stdin))
    start(plan)
    tell(plan)
    leave_crumbs(plan)
    crash(plan)
    trace(plan)
    tell_apart(plan)
    sentry_sdk.flush(timeout=10)


if __name__ == "__main__":
    main()
