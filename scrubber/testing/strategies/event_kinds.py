"""
Whole reports of every kind that an SDK of Sentry sends: events, transactions, logs, check-ins.

Promise: the kinds are those a hook is told; each has every interface an SDK fills for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from scrubber.testing.strategies.event_code import some
from scrubber.testing.strategies.event_places import EVENT_ID, SPAN_ID
from scrubber.testing.strategies.event_values import MOMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.strategies.event_places import Places

    Fields = Mapping[str, SearchStrategy[Any]]
    Dicts = SearchStrategy[dict[Any, Any]]

_HEAD: Final[Fields] = {
    "event_id": st.just(EVENT_ID),
    "timestamp": st.sampled_from((MOMENT, 1769846400.5, "2026-01-31T08:00:00Z")),
    "platform": st.just("python"),
}


def _body(places: Places) -> Fields:
    texts = places.values.texts
    crumbs = some(places.breadcrumbs)
    variables = places.code.variables
    return {
        "breadcrumbs": st.one_of(crumbs, crumbs.map(lambda rows: {"values": rows})),
        "contexts": places.contexts,
        "environment": texts,
        "extra": st.one_of(variables, places.arguments.map(lambda row: {"sys.argv": row})),
        "release": texts,
        "request": places.requests,
        "sdk": st.just(
            {
                "name": "sentry.python",
                "version": "2.75.0",
                "packages": [{"name": "a", "version": "1"}],
            }
        ),
        "server_name": places.drawn.secret,
        "tags": places.tags,
        "user": places.users,
        "_meta": _meta(texts),
        "modules": st.just({"torch": "2.1.0.1", "numpy": "1.26.4"}),
        "debug_meta": some(_images(places)).map(lambda images: {"images": images}),
    }


def _images(places: Places) -> Dicts:
    return places.fields.of(
        type=st.just("elf"),
        image_addr=st.just("0x7f3e1000"),
        debug_id=st.just("c0bcc3f1-9827-fe65-3058-404b2831d9e6"),
        code_file=places.drawn.folder,
    )


def _meta(texts: SearchStrategy[str]) -> Dicts:
    return st.one_of(
        st.just({"message": {"": {"len": 700, "rem": [["!limit", "s", 509, 512]]}}}),
        texts.map(lambda text: {"extra": {"n": {"": {"val": text, "chunks": [{"text": text}]}}}}),
    )


def _events(places: Places) -> Dicts:
    """Give errors and messages; some show a folder in one place, and its bare owner in another."""
    texts, exceptions = places.values.texts, some(places.code.exceptions)
    plain = places.fields.of(
        _HEAD,
        **_body(places),
        level=st.just("error"),
        exception=st.one_of(exceptions, exceptions.map(lambda rows: {"values": rows})),
        threads=some(places.code.threads).map(lambda rows: {"values": rows}),
        logentry=places.log_entries,
        message=texts,
        fingerprint=some(texts),
        transaction=texts,
        logger=st.just("yolo.train"),
    )
    said = st.builds(
        lambda form, account: form.format(account),
        st.sampled_from(("{} is over quota", "('{}', 3)", "{}-job.7", "to={}")),
        places.drawn.account,
    )
    seen = st.builds(
        lambda event, folder, text: {
            **event,
            "culprit": f"no such file: {folder}",
            "site": text,
        },
        plain,
        places.drawn.folder,
        said,
    )
    return st.one_of(plain, seen)


def _transactions(places: Places) -> Dicts:
    return places.fields.of(
        {
            **_HEAD,
            "type": st.just("transaction"),
            "start_timestamp": st.just(1769846399.5),
        },
        **_body(places),
        transaction=places.values.texts,
        transaction_info=st.just({"source": "route"}),
        spans=some(places.spans),
        measurements=st.just({"lcp": {"value": 12.5, "unit": "millisecond"}}),
    )


def _telemetry(places: Places) -> dict[str, Dicts]:
    """Give what is sent of a program that runs, by kind."""
    of, texts, attributes = places.fields.of, places.values.texts, places.attributes
    streamed = of(
        {"span_id": st.just(SPAN_ID), "attributes": attributes, "name": texts},
        status=st.just("ok"),
        is_segment=st.booleans(),
    )
    return {
        "breadcrumb": places.breadcrumbs,
        "span": st.one_of(places.spans, streamed),
        "log": of(
            {"severity_number": st.just(9), "body": texts, "attributes": attributes},
            severity_text=st.just("info"),
            trace_id=st.just(EVENT_ID),
            timestamp=st.just(1769846400.5),
        ),
        "metric": of(
            {
                "name": st.just("queue.depth"),
                "type": st.just("gauge"),
                "value": st.floats(0, 9),
                "attributes": attributes,
            },
            unit=st.just("item"),
        ),
        "profile": of(
            {
                "profile": of(
                    {"frames": some(places.code.frames)},
                    samples=st.just([{"stack_id": 0, "thread_id": "1"}]),
                ),
                "transaction": of({"id": st.just(EVENT_ID)}, name=texts),
            },
            environment=texts,
        ),
        "profile_chunk": of(
            {"profiler_id": st.just(EVENT_ID), "chunk_id": st.just(EVENT_ID)},
            profile=of({"frames": some(places.code.frames)}),
            release=texts,
        ),
    }


def _sessions(places: Places) -> dict[str, Dicts]:
    """Give what is sent of those who use a program, by kind."""
    of, drawn, texts = places.fields.of, places.drawn, places.values.texts
    return {
        "check_in": of(
            {"check_in_id": st.just(EVENT_ID), "monitor_slug": texts},
            status=st.just("ok"),
            monitor_config=of(
                schedule=st.just({"type": "crontab", "value": "0 * * * *"}), owner=drawn.secret
            ),
        ),
        "session": of(
            {"sid": st.just(EVENT_ID), "did": drawn.secret},
            attrs=drawn.address.map(
                lambda address: {"ip_address": address, "release": "yolo@1.2.3"}
            ),
            seq=st.integers(0, 9),
        ),
        "sessions": drawn.secret.map(
            lambda did: {
                "aggregates": [{"started": "2026-01-31T08:00:00Z", "did": did, "exited": 3}]
            }
        ),
        "feedback": of(
            {"event_id": st.just(EVENT_ID), "contexts": places.contexts}, user=places.users
        ),
        "user_report": of({"comments": texts, "email": drawn.mailbox}, name=drawn.secret),
        "client_report": of(
            {"discarded_events": st.just([{"reason": "x", "category": "error", "quantity": 1}])},
            timestamp=st.just(1769846400),
        ),
        "replay_event": of({"event_id": st.just(EVENT_ID)}, urls=some(texts), user=places.users),
    }


def kinds(places: Places) -> dict[str, Dicts]:
    """Give reports by kind, the commonest first.

    Args:
        places: the parts they are made of.
    """
    return {
        "event": _events(places),
        "transaction": _transactions(places),
        **_telemetry(places),
        **_sessions(places),
    }
