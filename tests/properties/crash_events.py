"""Strategies for reports as SDKs of Sentry give them to a hook: every kind, every interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from tests.properties.planted_values import (
    ACCOUNT,
    ADDRESSES,
    FOLDERS,
    MOMENT,
    NAMES,
    PLANTED,
    SECRETS,
    SENSITIVE,
    leaves,
    printed,
    secrets,
    sources,
    texts,
    values,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy

FUNCTIONS: Final = ("<module>", "train", "Model.<lambda>", "main.<locals>.run", "_engine2", "?")
MODULES: Final = ("yolo.train", "torch.nn.modules.conv", "__main__")
TYPES: Final = ("KeyError", "RuntimeError", "ExceptionGroup", "torch.OutOfMemoryError")
FILES: Final = ("yolo/train.py", "train.py", "<string>", "<frozen importlib._bootstrap>")
EVENT_ID: Final = "0123456789abcdef" * 2
SPAN_ID: Final = "4111111111111111"
"""An id that could be a card: it stays, since it stands where ids do."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report, what it is, and whether it can be walked.

    Attributes:
        kind: as a hook is told.
        event: the report.
        whole: not too deep.
    """

    kind: str
    event: dict[Any, Any]
    whole: bool = True


_variables = st.builds(
    lambda plain, secret: {**plain, **secret},
    st.dictionaries(st.sampled_from(NAMES), st.one_of(printed, values), max_size=3),
    secrets,
)
_odd_place = st.one_of(texts, values)
"""What nobody expects in a place."""


def _dict(
    needed: Mapping[str, SearchStrategy[Any]] | None = None, **fields: SearchStrategy[Any]
) -> SearchStrategy[dict[Any, Any]]:
    """Give dictionaries that have some of the fields, and at times one that nobody knows."""
    plain = st.fixed_dictionaries(dict(needed or {}), optional=fields)
    return st.builds(
        lambda known, unknown: {**known, **unknown},
        plain,
        st.one_of(
            st.just({}),
            st.just({}),
            st.dictionaries(st.sampled_from(("custom", "note 7")), _odd_place, max_size=1),
        ),
    )


def _some(one: SearchStrategy[Any], most: int = 2) -> SearchStrategy[Any]:
    return st.lists(one, max_size=most)


_frames = _dict(
    {
        "function": st.sampled_from(FUNCTIONS),
        "module": st.sampled_from(MODULES),
        "lineno": st.integers(1, 9999),
    },
    filename=st.sampled_from(FILES),
    abs_path=st.sampled_from((*FOLDERS, f"/raid/{ACCOUNT}/yolo/train.py", "/usr/lib/x/y.py")),
    in_app=st.booleans(),
    context_line=st.one_of(sources, st.builds("    open({!r})".format, sources)),
    pre_context=_some(sources),
    post_context=_some(sources),
    vars=_variables,
)
_stacks = st.builds(lambda frames: {"frames": frames}, _some(_frames, 3))
_exceptions = _dict(
    {"type": st.sampled_from(TYPES), "value": texts},
    module=st.sampled_from(MODULES),
    stacktrace=_stacks,
    thread_id=st.integers(0, 10**6),
    mechanism=_dict(
        type=st.just("chained"),
        handled=st.booleans(),
        exception_id=st.integers(0, 3),
        parent_id=st.integers(0, 3),
        is_exception_group=st.booleans(),
        source=st.just("__cause__"),
        data=_variables,
    ),
)
breadcrumbs = _dict(
    {"category": st.sampled_from(("log", "httplib", "query"))},
    message=texts,
    level=st.just("info"),
    timestamp=st.one_of(st.just(1769846400.5), st.just("2026-01-31T08:00:00.000000Z")),
    type=st.sampled_from(("default", "http")),
    data=_variables,
)
_queries = st.one_of(
    st.sampled_from(SECRETS[:2]).map("page=2&access_token={}".format),
    st.builds("q={}&n=1".format, st.sampled_from(PLANTED).map(ENCODINGS["url"].encode)),
    st.lists(st.tuples(st.sampled_from(SENSITIVE), st.sampled_from(SECRETS)), max_size=2),
)
_headers = st.one_of(
    st.dictionaries(st.sampled_from(SENSITIVE), st.sampled_from(SECRETS), max_size=2),
    st.lists(
        st.one_of(
            st.builds(
                lambda name, secret: [name, secret],
                st.sampled_from(SENSITIVE),
                st.sampled_from(SECRETS),
            ),
            st.builds(lambda text: ["Referer", text], texts),
        ),
        max_size=2,
    ),
)
_requests = _dict(
    url=st.one_of(
        texts.map("https://www.example.com/a?q={}".format), st.just("https://www.example.com/a?b=1")
    ),
    method=st.sampled_from(("GET", "POST")),
    query_string=_queries,
    headers=_headers,
    cookies=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(SECRETS), max_size=2),
    env=st.just({"REMOTE_ADDR": ADDRESSES[0], "SERVER_NAME": "h", "SERVER_PORT": "80"}),
    data=st.one_of(values, printed),
)
_users = _dict(
    id=st.one_of(st.integers(0, 10**9), st.sampled_from(SECRETS), st.just(ACCOUNT)),
    email=st.sampled_from(PLANTED[:2]),
    ip_address=st.sampled_from(ADDRESSES),
    username=st.sampled_from((ACCOUNT, *SECRETS)),
    name=st.sampled_from(SECRETS),
    geo=st.just({"city": SECRETS[1]}),
    data=values,
)
_arguments = st.builds(
    lambda secret, path: ["train.py", "--token", secret, "--fast", f"--data={path}", path],
    st.sampled_from(SECRETS),
    st.sampled_from(FOLDERS),
)
_tags = st.one_of(
    st.dictionaries(st.sampled_from(NAMES), texts, max_size=2),
    st.lists(st.builds(lambda name, text: [name, text], st.sampled_from(NAMES), texts), max_size=2),
    st.dictionaries(st.sampled_from(SENSITIVE), st.sampled_from(SECRETS), max_size=1),
)
_log_entries = st.one_of(
    st.builds(lambda text, more: {"message": "to %s: %s", "params": [text, more]}, texts, leaves),
    st.builds(lambda text: {"message": "to %(who)s", "params": {"who": text}}, texts),
    st.builds(lambda text: {"message": "to %s of %d", "params": (text,)}, texts),
    st.builds(lambda text, more: {"message": text, "params": more}, texts, values),
    _dict(message=texts, formatted=texts),
)
_traces = _dict(
    {"trace_id": st.just(EVENT_ID), "span_id": st.just(SPAN_ID)},
    op=st.just("http.server"),
    status=st.just("ok"),
    description=texts,
    data=_variables,
)
_contexts = _dict(
    trace=_traces,
    runtime=st.just({"name": "CPython", "version": "3.11.4", "build": "3.11.4 (main)"}),
    os=_dict(name=st.just("Linux"), kernel_version=texts),
    device=_dict(
        name=st.sampled_from(SECRETS), model=texts, memory_size=st.integers(0, 2**40), arch=texts
    ),
    state=values,
    custom=values,
    feedback=_dict(
        message=texts, contact_email=st.sampled_from(PLANTED[:2]), name=st.sampled_from(SECRETS)
    ),
)
_spans = _dict(
    {
        "span_id": st.just(SPAN_ID),
        "trace_id": st.just(EVENT_ID),
        "start_timestamp": st.just(1769846400.25),
    },
    op=st.sampled_from(("db", "subprocess")),
    description=texts,
    data=_dict(
        {},
        **{
            "code.filepath": st.sampled_from(FOLDERS),
            "client.address": st.sampled_from(ADDRESSES),
            "user.name": st.sampled_from(SECRETS),
            "http.query": _queries.filter(lambda query: isinstance(query, str)),
            "url.full": texts.map("https://www.example.com/?q={}".format),
            "process.command_args": _arguments,
        },
    ),
    tags=_tags,
)
_images = _dict(
    type=st.just("elf"),
    image_addr=st.just("0x7f3e1000"),
    debug_id=st.just("c0bcc3f1-9827-fe65-3058-404b2831d9e6"),
    code_file=st.sampled_from(FOLDERS),
)
_meta = st.one_of(
    st.just({"message": {"": {"len": 700, "rem": [["!limit", "s", 509, 512]]}}}),
    texts.map(lambda text: {"extra": {"n": {"": {"val": text, "chunks": [{"text": text}]}}}}),
)
_head: Final = {
    "event_id": st.just(EVENT_ID),
    "timestamp": st.sampled_from((MOMENT, 1769846400.5, "2026-01-31T08:00:00Z")),
    "platform": st.just("python"),
}
_body: Final = {
    "breadcrumbs": st.one_of(
        _some(breadcrumbs), _some(breadcrumbs).map(lambda rows: {"values": rows})
    ),
    "contexts": _contexts,
    "environment": texts,
    "extra": st.one_of(_variables, _arguments.map(lambda row: {"sys.argv": row})),
    "release": texts,
    "request": _requests,
    "sdk": st.just(
        {"name": "sentry.python", "version": "2.75.0", "packages": [{"name": "a", "version": "1"}]}
    ),
    "server_name": st.sampled_from(SECRETS),
    "tags": _tags,
    "user": _users,
    "_meta": _meta,
    "modules": st.just({"torch": "2.1.0.1", "numpy": "1.26.4"}),
    "debug_meta": _some(_images).map(lambda images: {"images": images}),
}
events = _dict(
    _head,
    **_body,
    level=st.just("error"),
    exception=st.one_of(_some(_exceptions), _some(_exceptions).map(lambda rows: {"values": rows})),
    threads=_some(_dict({"id": st.integers(0, 9)}, name=texts, stacktrace=_stacks)).map(
        lambda rows: {"values": rows}
    ),
    logentry=_log_entries,
    message=texts,
    fingerprint=_some(texts),
    transaction=texts,
    logger=st.just("yolo.train"),
)
transactions = _dict(
    {**_head, "type": st.just("transaction"), "start_timestamp": st.just(1769846399.5)},
    **_body,
    transaction=texts,
    transaction_info=st.just({"source": "route"}),
    spans=_some(_spans),
    measurements=st.just({"lcp": {"value": 12.5, "unit": "millisecond"}}),
)
_attributes = _dict(
    {},
    **{
        "user.email": st.sampled_from(PLANTED[:2]),
        "user.name": st.builds(
            lambda secret: {"type": "string", "value": secret}, st.sampled_from(SECRETS)
        ),
        "server.address": st.sampled_from(SECRETS),
        "code.file.path": st.sampled_from(FOLDERS),
        "code.function.name": st.sampled_from(FUNCTIONS),
        "sentry.message.parameter.0": texts,
        "api_key": st.sampled_from(SECRETS),
        "number": st.just({"type": "integer", "value": 7}),
    },
)
_others: Final = {
    "breadcrumb": breadcrumbs,
    "span": st.one_of(
        _spans,
        _dict(
            {"span_id": st.just(SPAN_ID), "attributes": _attributes, "name": texts},
            status=st.just("ok"),
            is_segment=st.booleans(),
        ),
    ),
    "log": _dict(
        {"severity_number": st.just(9), "body": texts, "attributes": _attributes},
        severity_text=st.just("info"),
        trace_id=st.just(EVENT_ID),
        timestamp=st.just(1769846400.5),
    ),
    "metric": _dict(
        {
            "name": st.just("queue.depth"),
            "type": st.just("gauge"),
            "value": st.floats(0, 9),
            "attributes": _attributes,
        },
        unit=st.just("item"),
    ),
    "check_in": _dict(
        {"check_in_id": st.just(EVENT_ID), "monitor_slug": texts},
        status=st.just("ok"),
        monitor_config=_dict(
            schedule=st.just({"type": "crontab", "value": "0 * * * *"}),
            owner=st.sampled_from(SECRETS),
        ),
    ),
    "session": _dict(
        {"sid": st.just(EVENT_ID), "did": st.sampled_from(SECRETS)},
        attrs=st.just({"ip_address": ADDRESSES[1], "release": "yolo@1.2.3"}),
        seq=st.integers(0, 9),
    ),
    "sessions": st.builds(
        lambda did: {"aggregates": [{"started": "2026-01-31T08:00:00Z", "did": did, "exited": 3}]},
        st.sampled_from(SECRETS),
    ),
    "profile": _dict(
        {
            "profile": _dict(
                {"frames": _some(_frames)}, samples=st.just([{"stack_id": 0, "thread_id": "1"}])
            ),
            "transaction": _dict({"id": st.just(EVENT_ID)}, name=texts),
        },
        environment=texts,
    ),
    "profile_chunk": _dict(
        {"profiler_id": st.just(EVENT_ID), "chunk_id": st.just(EVENT_ID)},
        profile=_dict({"frames": _some(_frames)}),
        release=texts,
    ),
    "feedback": _dict({"event_id": st.just(EVENT_ID), "contexts": _contexts}, user=_users),
    "user_report": _dict(
        {"comments": texts, "email": st.sampled_from(PLANTED[:2])}, name=st.sampled_from(SECRETS)
    ),
    "client_report": _dict(
        {"discarded_events": st.just([{"reason": "x", "category": "error", "quantity": 1}])},
        timestamp=st.just(1769846400),
    ),
    "replay_event": _dict({"event_id": st.just(EVENT_ID)}, urls=_some(texts), user=_users),
}


def _seen(event: dict[str, Any], folder: str, text: str) -> dict[str, Any]:
    """Show a folder of the account in one place of an event, and its bare name in another."""
    return {**event, "culprit": f"no such file: {folder}", "site": text}


def _deepened(event: dict[str, Any], depth: int) -> dict[str, Any]:
    """Put a row into an event that holds itself, or ends far down."""
    row: list[Any] = [PLANTED[0]]
    if depth == 0:
        row.append(row)
    for _ in range(depth):
        row = [row, PLANTED[1]]
    return {**event, "extra": {"deep": row}}


_said = st.sampled_from(
    (f"{ACCOUNT} is over quota", f"('{ACCOUNT}', 3)", f"{ACCOUNT}-job.7", f"to={ACCOUNT}")
)
_events = st.one_of(events, st.builds(_seen, events, st.sampled_from(FOLDERS), _said))
_of_kind: Final = {"event": _events, "transaction": transactions, **_others}
reports = st.sampled_from(("event",) * 12 + ("transaction",) * 4 + tuple(_others)).flatmap(
    lambda kind: st.builds(Report, st.just(kind), _of_kind[kind])
)
"""Reports of every kind that can be walked."""

deep_reports = st.builds(
    Report,
    st.just("event"),
    st.builds(_deepened, events, st.sampled_from((0, 70, 100))),
    st.just(False),  # noqa: FBT003  # a value, not a choice
)
"""Events that hold themselves, or are too deep."""
