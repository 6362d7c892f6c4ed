"""
A command line, reduced to which declared flags were used.

A command line holds paths, names of projects and sometimes passwords. What is told of it is which
flags of a declared list stand in it, values only where a kind was declared for them, and how many
other words there were.

Promise: no word of a command line is in the result, but for those that were declared.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from scrubber.errors import ConfigError
from scrubber.telemetry.limits import check_parameter_name
from scrubber.telemetry.parameters import Choice, Flag, Flags, Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scrubber.telemetry.parameters import Parameter

_MOST_WORDS: Final = 10_000
_MOST_OTHERS: Final = 20


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The flags of a command that may be told, and of some of them the value.

    Both forms are read: `--epochs 100`, `--epochs=100` and `epochs=100`.

    Args:
        flags: names without their dashes, each with the kind of its value, or None to tell only
            that it was used.
        commands: what the first word may be: `train`, `predict`.

    Raises:
        ConfigError: names that cannot be sent, or two that would be one parameter.

    >>> line = CommandLine({"epochs": Number(0, 1000), "project": None}, ("train", "val"))
    >>> line.reduced(["train", "--epochs=100", "--project", "/home/jane/secret", "--name=jane"])
    {'flags': ['epochs', 'project'], 'other_arguments': 2, 'command': 'train', 'arg_epochs': 100}
    """

    flags: Mapping[str, Parameter | None]
    commands: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "flags", dict(self.flags))
        object.__setattr__(self, "commands", tuple(self.commands))
        names = [_parameter(name) for name in self.flags]
        if len(set(names)) < len(names):
            raise ConfigError("CommandLine: two flags would be one parameter")
        for name in self.parameters:
            check_parameter_name(name)

    @property
    def parameters(self) -> dict[str, Parameter]:
        """What an event needs to tell the result: `Event("start", line.parameters)`."""
        parameters: dict[str, Parameter] = {
            "flags": Flags(*self.flags),
            "other_arguments": Number(0, _MOST_OTHERS),
        }
        if self.commands:
            parameters["command"] = Choice(*self.commands)
        for name, kind in self.flags.items():
            if kind is not None:
                parameters[_parameter(name)] = kind
        return parameters

    def reduced(self, words: Iterable[object]) -> dict[str, object]:
        """Reduce a command line.

        Args:
            words: the words behind the program's name: `sys.argv[1:]`.

        Returns:
            Values for `Client.record`: `flags`, `other_arguments` (at most 20), `command` where
            commands were declared and the first word is one, and `arg_NAME` for declared values.
        """
        left = list(islice(words, _MOST_WORDS))
        found: dict[str, object] = {}
        values: dict[str, object] = {}
        others = 0
        command = left[0] if left else None
        if isinstance(command, str) and command in self.commands:
            values["command"] = self.commands[self.commands.index(command)]
            del left[0]
        left.reverse()
        while left:
            name, text = self._flag(left.pop())
            if name is None:
                others += 1
                continue
            found[name] = None
            kind = self.flags[name]
            if kind is None:
                others += text is not None
                continue
            if text is None:
                text = self._value(kind, left)
            value = kind.read(text)
            if value is not None:
                values[_parameter(name)] = value
        return {
            "flags": list(found),
            "other_arguments": min(others, _MOST_OTHERS),
            **values,
        }

    def _flag(self, word: object) -> tuple[str | None, str | None]:
        """Give the declared flag that a word is, and what it holds behind `=`."""
        if not isinstance(word, str):
            return None, None
        name, equals, text = str.__str__(word).partition("=")
        bare = name.lstrip("-")
        if (not equals and bare == name) or bare not in self.flags:
            return None, None
        return bare, text if equals else None

    @staticmethod
    def _value(kind: Parameter, left: list[object]) -> str:
        """Take the word behind a flag as its value; of one that is on or off there is none."""
        if isinstance(kind, Flag):
            return "true"
        following = left[-1] if left else None
        if not isinstance(following, str):
            return ""
        text = str.__str__(following)
        if text.startswith("-") and (not isinstance(kind, Number) or kind.read(text) is None):
            return ""  # the next flag
        left.pop()
        return text


def _parameter(flag: str) -> str:
    return f"arg_{flag.replace('-', '_')}"
