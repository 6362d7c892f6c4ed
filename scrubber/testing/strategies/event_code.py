"""
What an event says of code: frames with their variables, stacks, exceptions and threads.

Promise: names of functions, modules and types are those of programs; they stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from scrubber.testing.strategies.event_values import NAMES, together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.strategies.cast import Drawn
    from scrubber.testing.strategies.event_values import Values

FUNCTIONS: Final = ("<module>", "train", "Model.<lambda>", "main.<locals>.run", "_engine2", "?")
MODULES: Final = ("yolo.train", "torch.nn.modules.conv", "__main__")
TYPES: Final = ("KeyError", "RuntimeError", "ExceptionGroup", "torch.OutOfMemoryError")
FILES: Final = ("yolo/train.py", "train.py", "<string>", "<frozen importlib._bootstrap>")


def some(one: SearchStrategy[Any], most: int = 2) -> SearchStrategy[list[Any]]:
    """Give lists of a few."""
    return st.lists(one, max_size=most)


@dataclass(frozen=True, slots=True)
class Fields:
    """Makes dictionaries with fields, and at times one that nobody knows.

    Attributes:
        unknown: what stands in a field that nobody knows.
    """

    unknown: SearchStrategy[Any]

    def of(
        self,
        needed: Mapping[str, SearchStrategy[Any]] | None = None,
        **fields: SearchStrategy[Any],
    ) -> SearchStrategy[dict[Any, Any]]:
        """Give dictionaries that have some of the fields, and all that are needed."""
        unknown = st.one_of(
            st.just({}),
            st.just({}),
            st.dictionaries(st.sampled_from(("custom", "note 7")), self.unknown, max_size=1),
        )
        return together(st.fixed_dictionaries(dict(needed or {}), optional=fields), unknown)


@dataclass(frozen=True, slots=True)
class Code:
    """Strategies for what an event says of code.

    Attributes:
        variables: of a frame, or of anything with names.
        frames: of a stack.
        exceptions: with type, value and stack.
        threads: with a stack.
    """

    variables: SearchStrategy[dict[Any, Any]]
    frames: SearchStrategy[dict[Any, Any]]
    exceptions: SearchStrategy[dict[Any, Any]]
    threads: SearchStrategy[dict[Any, Any]]

    @classmethod
    def of(cls, drawn: Drawn, values: Values, fields: Fields) -> Code:
        """Give strategies that plant what is drawn from one cast."""
        plain = st.dictionaries(
            st.sampled_from(NAMES), st.one_of(values.printed, values.values), max_size=3
        )
        variables = together(plain, values.secrets)
        frames = _frames(drawn, values, fields, variables)
        stacks = some(frames, 3).map(lambda rows: {"frames": rows})
        exceptions = fields.of(
            {"type": st.sampled_from(TYPES), "value": values.texts},
            module=st.sampled_from(MODULES),
            stacktrace=stacks,
            thread_id=st.integers(0, 10**6),
            mechanism=fields.of(
                type=st.just("chained"),
                handled=st.booleans(),
                exception_id=st.integers(0, 3),
                parent_id=st.integers(0, 3),
                is_exception_group=st.booleans(),
                source=st.just("__cause__"),
                data=variables,
            ),
        )
        threads = fields.of({"id": st.integers(0, 9)}, name=values.texts, stacktrace=stacks)
        return cls(variables, frames, exceptions, threads)


def _frames(
    drawn: Drawn, values: Values, fields: Fields, variables: SearchStrategy[dict[Any, Any]]
) -> SearchStrategy[dict[Any, Any]]:
    return fields.of(
        {
            "function": st.sampled_from(FUNCTIONS),
            "module": st.sampled_from(MODULES),
            "lineno": st.integers(1, 9999),
        },
        filename=st.sampled_from(FILES),
        abs_path=st.one_of(
            drawn.folder,
            drawn.account.map("/raid/{}/yolo/train.py".format),
            st.just("/usr/lib/x/y.py"),
        ),
        in_app=st.booleans(),
        context_line=st.one_of(values.sources, values.sources.map("    open({!r})".format)),
        pre_context=some(values.sources),
        post_context=some(values.sources),
        vars=variables,
    )
