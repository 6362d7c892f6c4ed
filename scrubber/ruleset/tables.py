"""
Typed reading of TOML tables: wrong keys and wrong types become reasons, none stops the reading.

TOML gives plain dicts. A `Table` wraps one, hands out values of the wanted type, remembers what was
asked for, and at the end names the keys nobody asked for: a misspelt option must not be silently
ignored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Table:
    """One TOML table being read.

    Attributes:
        reasons: what was wrong so far, in reading order.
    """

    def __init__(self, raw: object, *, name: str = "") -> None:
        """Start reading.

        Args:
            raw: what TOML gave; anything but a table is itself a reason.
            name: what the reasons call it, for example `context`.
        """
        self.reasons: list[str] = []
        self._name = f"{name}." if name else ""
        self._seen: set[str] = set()
        self._raw: Mapping[str, Any] = {}
        if isinstance(raw, dict):
            self._raw = raw
        else:
            self.reasons.append(f"{name or 'this'} must be a table")

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def text(self, key: str, default: str | None = None) -> str:
        """Give a string; without a default it must be there and not be empty."""
        value = self._take(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            if key in self._raw:
                self.reasons.append(f"{self._name}{key} must be a string that is not empty")
            return ""
        return value

    def given(self, key: str) -> str:
        """Give a string that may be left out, "" then; written, it must not be empty."""
        return self.text(key, None if key in self._raw else "")

    def choice(self, key: str, default: str, choices: tuple[str, ...]) -> str:
        """Give one of some strings."""
        value = self._take(key, default)
        if value not in choices:
            self.reasons.append(f"{self._name}{key} must be one of: {', '.join(choices)}")
            return default
        return str(value)

    def number(self, key: str, default: float | None, low: float, high: float) -> float:
        """Give a number between two bounds."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float):
            if key in self._raw:
                self.reasons.append(f"{self._name}{key} must be a number")
            return low
        if not low <= value <= high:  # NaN neither
            self.reasons.append(f"{self._name}{key} must be from {low:g} to {high:g}")
            return low
        return float(value)

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        """Give an integer between two bounds."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            self.reasons.append(f"{self._name}{key} must be an integer")
            return default
        return int(self.number(key, default, low, high))

    def flag(self, key: str, *, default: bool) -> bool:
        """Give a boolean."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            self.reasons.append(f"{self._name}{key} must be true or false")
            return default
        return value

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """Give an array of strings, none of them empty, at least `least` of them."""
        value = self._take(key, None if least else [])
        if key not in self._raw:
            return ()
        if not isinstance(value, list) or not all(
            isinstance(one, str) and one.strip() for one in value
        ):
            self.reasons.append(f"{self._name}{key} must be an array of strings, none empty")
            return ()
        if len(value) < least:
            self.reasons.append(f"{self._name}{key} needs at least {least} entries")
        return tuple(value)

    def table(self, key: str) -> Mapping[str, Any]:
        """Give a table as it is, or an empty one."""
        value = self._take(key, {})
        if not isinstance(value, dict):
            self.reasons.append(f"{self._name}{key} must be a table")
            return {}
        return value

    def tables(self, key: str) -> list[Any]:
        """Give an array of tables as they are, or an empty one."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.reasons.append(
                f"{self._name}{key} must be an array of tables: [[{self._name}{key}]]"
            )
            return []
        return value

    def within(self, key: str) -> Table | None:
        """Give a table inside this one to read, or None; `take_reasons` adds its reasons."""
        if key not in self._raw:
            self._seen.add(key)
            return None
        return Table(self._take(key, None), name=f"{self._name}{key}")

    def know(self, *keys: str) -> None:
        """Make keys known without reading them."""
        self._seen.update(keys)

    def take_reasons(self, inner: Table) -> None:
        """Finish an inner table and keep its reasons."""
        self.reasons.extend(inner.finish())

    def finish(self) -> list[str]:
        """Give every reason, unknown keys last."""
        unknown = sorted(set(self._raw) - self._seen)
        self.reasons.extend(
            f"unknown key {self._name}{key}; known: {', '.join(sorted(self._seen))}"
            for key in unknown
        )
        return self.reasons

    def _take(self, key: str, default: object) -> Any:  # noqa: ANN401  # the JSON border
        self._seen.add(key)
        if key not in self._raw and default is None:
            self.reasons.append(f"{self._name}{key} is missing")
        return self._raw.get(key, default)
