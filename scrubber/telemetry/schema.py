"""
An event: its name, and what each of its parameters may hold.

Promise: `Event.reduced` never raises, and gives nothing but what its parameters declare.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scrubber.errors import ConfigError
from scrubber.telemetry.description import EventDescription, ParameterDescription
from scrubber.telemetry.limits import PARAMETERS, check_event_name, check_parameter_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrubber.telemetry.parameters import Parameter, Value


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as it may be told.

    Args:
        name: at most 40 ASCII letters, digits and underscores.
        parameters: what is told of it, by name.
        purpose: why it is collected, for the page that tells users.

    Raises:
        ConfigError: names that cannot be sent, too many parameters, or one without a kind.

    >>> from scrubber.telemetry import Choice, Flag
    >>> train = Event("train", {"task": Choice("detect", "segment"), "amp": Flag()})
    >>> train.reduced({"task": "segment", "amp": True, "data": "/home/jane/x"})
    ({'task': 'segment', 'amp': 1}, 1)
    """

    name: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    purpose: str = ""

    def __post_init__(self) -> None:
        check_event_name(self.name)
        parameters = dict(self.parameters)
        for name, parameter in parameters.items():
            check_parameter_name(name)
            if not callable(getattr(parameter, "reduced", None)):
                raise ConfigError(
                    f"event {self.name!r}: parameter {name!r} needs a kind, such as Flag()"
                )
        if len(parameters) > PARAMETERS:
            raise ConfigError(f"event {self.name!r}: more than {PARAMETERS} parameters")
        object.__setattr__(self, "parameters", parameters)

    def reduced(self, given: Mapping[str, object]) -> tuple[dict[str, Value], int]:
        """Reduce what a program gives to what was declared.

        Args:
            given: values by the names of parameters.

        Returns:
            What may be sent, in the order of the declaration, and how many values were left out:
            of names that were not declared, of other types, or because looking at them failed.
        """
        values: dict[str, Value] = {}
        for name, parameter in self.parameters.items():
            if name in given:
                value = None
                with suppress(Exception):  # the caller's object may do anything
                    value = parameter.reduced(given[name])
                if value is not None:
                    values[name] = value
        return values, len(given) - len(values)

    def described(self) -> EventDescription:
        """Tell what may be sent."""
        return EventDescription(
            self.name,
            self.purpose,
            tuple(
                ParameterDescription(name, parameter.allowed)
                for name, parameter in self.parameters.items()
            ),
        )
