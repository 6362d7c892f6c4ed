"""
What an event says beside its code: breadcrumbs, requests, users, tags, contexts, spans.

Promise: every place is one that an SDK of Sentry fills, or one that nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from scrubber.encodings import ENCODINGS
from scrubber.testing.strategies.event_code import Code, Fields, some
from scrubber.testing.strategies.event_values import NAMES, SENSITIVE

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.strategies.cast import Drawn
    from scrubber.testing.strategies.event_values import Values

EVENT_ID: Final = "0123456789abcdef" * 2
SPAN_ID: Final = "4111111111111111"
"""An id that could be a card: it stays, since it stands where ids do."""


@dataclass(frozen=True, slots=True)
class Places:
    """Strategies for the parts of an event, and what they are made of.

    Attributes:
        drawn: what is planted.
        values: texts and variables.
        fields: makes dictionaries.
        code: frames and exceptions.
    """

    drawn: Drawn
    values: Values
    fields: Fields
    code: Code

    @classmethod
    def of(cls, drawn: Drawn, values: Values) -> Places:
        """Give strategies that plant what is drawn from one cast."""
        fields = Fields(st.one_of(values.texts, values.values))
        return cls(drawn, values, fields, Code.of(drawn, values, fields))

    @property
    def breadcrumbs(self) -> SearchStrategy[dict[Any, Any]]:
        """What happened before."""
        return self.fields.of(
            {"category": st.sampled_from(("log", "httplib", "query"))},
            message=self.values.texts,
            level=st.just("info"),
            timestamp=st.one_of(st.just(1769846400.5), st.just("2026-01-31T08:00:00.000000Z")),
            type=st.sampled_from(("default", "http")),
            data=self.code.variables,
        )

    @property
    def query_texts(self) -> SearchStrategy[str]:
        """Query strings."""
        return st.one_of(
            self.drawn.plain_secret.map("page=2&access_token={}".format),
            self.drawn.anything.map(ENCODINGS["url"].encode).map("q={}&n=1".format),
        )

    @property
    def requests(self) -> SearchStrategy[dict[Any, Any]]:
        """Requests, with what their clients sent."""
        drawn, values = self.drawn, self.values
        pairs = st.tuples(st.sampled_from(SENSITIVE), drawn.secret)
        headers = st.one_of(
            st.dictionaries(st.sampled_from(SENSITIVE), drawn.secret, max_size=2),
            some(st.one_of(pairs.map(list), values.texts.map(lambda text: ["Referer", text]))),
        )
        return self.fields.of(
            url=st.one_of(
                values.texts.map("https://www.example.com/a?q={}".format),
                st.just("https://www.example.com/a?b=1"),
            ),
            method=st.sampled_from(("GET", "POST")),
            query_string=st.one_of(self.query_texts, some(pairs)),
            headers=headers,
            cookies=st.dictionaries(st.sampled_from(NAMES), drawn.secret, max_size=2),
            env=drawn.address.map(
                lambda address: {"REMOTE_ADDR": address, "SERVER_NAME": "h", "SERVER_PORT": "80"}
            ),
            data=st.one_of(values.values, values.printed),
        )

    @property
    def users(self) -> SearchStrategy[dict[Any, Any]]:
        """Who it happened to."""
        drawn = self.drawn
        return self.fields.of(
            id=st.one_of(st.integers(0, 10**9), drawn.secret, drawn.account),
            email=drawn.mailbox,
            ip_address=drawn.address,
            username=st.one_of(drawn.account, drawn.secret),
            name=drawn.secret,
            geo=drawn.plain_secret.map(lambda secret: {"city": secret}),
            data=self.values.values,
        )

    @property
    def arguments(self) -> SearchStrategy[list[str]]:
        """Command lines."""
        return st.builds(
            lambda secret, path: ["train.py", "--token", secret, "--fast", f"--data={path}", path],
            self.drawn.secret,
            self.drawn.folder,
        )

    @property
    def tags(self) -> SearchStrategy[Any]:
        """Tags, as a dictionary or as pairs."""
        texts = self.values.texts
        return st.one_of(
            st.dictionaries(st.sampled_from(NAMES), texts, max_size=2),
            some(st.tuples(st.sampled_from(NAMES), texts).map(list)),
            st.dictionaries(st.sampled_from(SENSITIVE), self.drawn.secret, max_size=1),
        )

    @property
    def log_entries(self) -> SearchStrategy[dict[Any, Any]]:
        """Messages with what fills them."""
        texts, leaves = self.values.texts, self.values.leaves
        return st.one_of(
            st.tuples(texts, leaves).map(
                lambda both: {"message": "to %s: %s", "params": list(both)}
            ),
            texts.map(lambda text: {"message": "to %(who)s", "params": {"who": text}}),
            texts.map(lambda text: {"message": "to %s of %d", "params": (text,)}),
            st.builds(
                lambda text, more: {"message": text, "params": more}, texts, self.values.values
            ),
            self.fields.of(message=texts, formatted=texts),
        )

    @property
    def contexts(self) -> SearchStrategy[dict[Any, Any]]:
        """What the program ran on and in."""
        drawn, texts, values = self.drawn, self.values.texts, self.values.values
        of = self.fields.of
        return of(
            trace=of(
                {"trace_id": st.just(EVENT_ID), "span_id": st.just(SPAN_ID)},
                op=st.just("http.server"),
                status=st.just("ok"),
                description=texts,
                data=self.code.variables,
            ),
            runtime=st.just({"name": "CPython", "version": "3.11.4", "build": "3.11.4 (main)"}),
            os=of(name=st.just("Linux"), kernel_version=texts),
            device=of(
                name=drawn.secret, model=texts, memory_size=st.integers(0, 2**40), arch=texts
            ),
            state=values,
            custom=values,
            feedback=of(message=texts, contact_email=drawn.mailbox, name=drawn.secret),
        )

    @property
    def spans(self) -> SearchStrategy[dict[Any, Any]]:
        """Steps of a transaction."""
        of, drawn, texts = self.fields.of, self.drawn, self.values.texts
        return of(
            {
                "span_id": st.just(SPAN_ID),
                "trace_id": st.just(EVENT_ID),
                "start_timestamp": st.just(1769846400.25),
            },
            op=st.sampled_from(("db", "subprocess")),
            description=texts,
            data=of(
                {},
                **{
                    "code.filepath": drawn.folder,
                    "client.address": drawn.address,
                    "user.name": drawn.secret,
                    "http.query": self.query_texts,
                    "url.full": texts.map("https://www.example.com/?q={}".format),
                    "process.command_args": self.arguments,
                },
            ),
            tags=self.tags,
        )

    @property
    def attributes(self) -> SearchStrategy[dict[Any, Any]]:
        """What logs, spans and metrics of the newer protocol are described by."""
        drawn, texts = self.drawn, self.values.texts
        return self.fields.of(
            {},
            **{
                "user.email": drawn.mailbox,
                "user.name": drawn.secret.map(lambda one: {"type": "string", "value": one}),
                "server.address": drawn.secret,
                "code.file.path": drawn.folder,
                "code.function.name": st.sampled_from(("train", "main.<locals>.run")),
                "sentry.message.parameter.0": texts,
                "api_key": drawn.secret,
                "number": st.just({"type": "integer", "value": 7}),
            },
        )
