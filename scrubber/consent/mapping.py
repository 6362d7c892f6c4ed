"""
The settings of one application: a mapping that is kept in a file, and what they allow.

    settings = Settings("mylib")
    settings["sync"]                        # True
    settings.update({"sync": False})        # for every process of this user, from now on
    settings.allows("crash_reports")        # False

What the environment says comes before the file, and the file before the defaults. Nothing is
remembered from one question to the next but the file as it was when it last changed, so an answer
holds for other threads and other processes at once.

Promise: `allows` never raises, and what it cannot find out it does not allow. Nobody is counted as
having agreed whose refusal could not be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scrubber.consent.document import Document
from scrubber.consent.environment import refusal
from scrubber.consent.installation import Installation
from scrubber.consent.journal import Journal
from scrubber.consent.keys import CONSENT, INSTALLATION, KEYS, SCOPES, SYNC, checked, key_of
from scrubber.consent.place import app_checked, deciding, folder_of
from scrubber.consent.store import BusyError, Held, Store
from scrubber.consent.warning import warn_once
from scrubber.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrubber.consent.keys import Value

CORRUPT: Final = "corrupt file"
UNWRITABLE: Final = "unwritable file"
FILE: Final = "file"
DEFAULT: Final = "default"

_ID_WAIT: Final = 0.2
_ID_TRIES: Final = 50
"""Together ten seconds, the first time that an id is asked for while a thousand others do."""


class NewerError(ConfigError):
    """A later version of this package wrote the settings, and knows more of them."""

    def __init__(self) -> None:
        super().__init__(
            "a newer crashscrub wrote the settings, so this one writes nothing there but False; "
            "use the newer one"
        )


class Settings(Mapping[str, Any]):
    """The settings of an application, kept for its user. Picklable; safe to share.

    >>> settings = Settings("mylib")
    >>> settings["policy"], settings.origin("policy"), len(settings)
    ('balanced', 'default', 7)
    """

    def __init__(
        self,
        app: str,
        *,
        folder: Path | None = None,
        defaults: Mapping[str, Value] | None = None,
    ) -> None:
        """Name an application; no file is looked at before something is asked.

        Args:
            app: its name, as a package is named; the name of its folder and of its variable.
            folder: where its files lie; None for a folder among the user's own.
            defaults: what settings are where nobody chose, over those of this package.

        Raises:
            KeyError: a default for a setting that there is not.
            TypeError: a default of another type.
            ValueError: a name that cannot be one of a folder, or a default that cannot be.
        """
        self._app = app_checked(app)
        self._folder = None if folder is None else Path(folder).absolute()
        self._own_defaults = {name: checked(name, one) for name, one in (defaults or {}).items()}
        self._found: tuple[tuple[str | None, ...], Store] | None = None
        self._unwritten = False
        self._passing: Installation | None = None

    def __reduce__(self) -> tuple[Callable[..., Settings], tuple[object, ...]]:
        """Travel as what was chosen here; the other process reads the file itself."""
        return _again, (self._app, self._folder, self._own_defaults)

    # Two of them are two, whatever they hold; comparing as mappings do would make an id.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        """Name the application, and no value."""
        return f"Settings({self._app!r})"

    @property
    def app(self) -> str:
        """The name of the application."""
        return self._app

    @property
    def folder(self) -> Path:
        """Where the files lie, or will.

        Raises:
            ConfigError: there is no place for them; it says what to do.
        """
        return self._store().folder

    @property
    def journal(self) -> Journal:
        """What was sent."""
        return Journal(self._store)

    def __iter__(self) -> Iterator[str]:
        return iter(KEYS)

    def __len__(self) -> int:
        return len(KEYS)

    def __contains__(self, name: object) -> bool:
        return name in KEYS

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  # as `checked` says
        """Give a setting as it is now.

        The first time `installation_id` is asked for, it is made and written; where nothing may be
        sent, none is made.

        Raises:
            KeyError: there is none of this name; the message names the nearest.
            ConfigError: there is no place for settings.
        """
        key_of(name)
        if name == INSTALLATION:
            return self._installation_id()
        return self._value(name, self._held())

    def __setitem__(self, name: str, value: Value) -> None:
        """Choose one; see `update`."""
        self.update({name: value})

    def update(self, values: Mapping[str, Value] | None = None, /, **named: Value) -> None:
        """Choose: all of it or nothing is written, and holds at once.

        Args:
            values: settings and what they are to be.
            named: more of them.

        Raises:
            KeyError: there is no such setting; the message names the nearest.
            TypeError: a value of another type.
            ValueError: a value that is none of the choices, or `installation_id`.
            ConfigError: it cannot be written. From then on this process sends nothing.
        """
        chosen = {name: checked(name, one) for name, one in {**(values or {}), **named}.items()}

        def make(before: Document | None) -> Document:
            before = before or Document()
            if before.newer and any(one is not False for one in chosen.values()):
                raise NewerError
            return replace(before, chosen={**before.chosen, **chosen}, problem="")

        if chosen:
            self._write(make)

    def reset(self, *, keep_opt_out: bool = True) -> None:
        """Forget what was chosen and the installation id; the journal stays.

        Args:
            keep_opt_out: whether what was refused stays refused; where the file cannot be relied
                on, everything counts as refused.

        Raises:
            ConfigError: it cannot be written, or a newer version wrote it.
        """

        def make(before: Document | None) -> Document:
            if before is not None and before.newer:
                raise NewerError
            return Document(before.opt_out if before is not None and keep_opt_out else {})

        self._write(make)

    def allows(self, scope: str) -> bool:
        """Tell whether something may be sent now. It never raises.

        Args:
            scope: `crash_reports`, `usage_events` or `logs`.

        Returns:
            Whether `sync` and the scope are both on, and nothing speaks against it.
        """
        try:
            held = self._held()
            return scope in SCOPES and all(self._value(one, held) is True for one in (SYNC, scope))
        except Exception as error:  # noqa: BLE001  # what cannot be found out is not allowed
            advice = str(error) if isinstance(error, ConfigError) else "nothing is known of why"
            warn_once(self._app, "its settings cannot be found", advice)
            return False

    def origin(self, name: str) -> str:
        """Tell where the value of a setting comes from.

        Args:
            name: the setting.

        Returns:
            `DO_NOT_TRACK`, `CI`, `MYLIB_SYNC`, `file`, `default`, `corrupt file` or
            `unwritable file`.

        Raises:
            KeyError: there is no such setting.
            ConfigError: there is no place for settings.
        """
        key_of(name)
        held = self._held()
        if name == SYNC and (variable := refusal(self._app)):
            return variable
        if name in CONSENT and self._closed(held):
            return self._closed(held)
        if name == INSTALLATION:
            return FILE if _current(held) else DEFAULT
        return FILE if held.document is not None and name in held.document.chosen else DEFAULT

    def exported(self) -> dict[str, Any]:
        """Give everything that is held on this machine, as JSON can be written of it.

        Returns:
            `app`; `settings`, each with `value` and `origin`; `version` and `problem` of the file;
            `other`, what it holds besides; `sent`, the journal. Nothing is made by asking.
        """
        held = self._held()
        document = held.document or Document()
        values = {name: self._value(name, held) for name in KEYS if name != INSTALLATION}
        if document.installation is not None:
            values[INSTALLATION] = document.installation.id
        return {
            "app": self._app,
            "version": document.version if held.document else None,
            "problem": held.problem,
            "settings": {
                name: {"value": values.get(name, ""), "origin": self.origin(name)} for name in KEYS
            },
            "other": dict(document.other),
            "sent": [asdict(entry) for entry in self.journal.entries()],
        }

    def delete(self) -> None:
        """Remove all files; what was refused stays refused, so that alone is written anew.

        Raises:
            ConfigError: they cannot be removed.
        """
        self._store().delete(
            lambda before: Document(before.opt_out) if before and before.opt_out else None
        )
        self._passing = None

    def _store(self) -> Store:
        """Give the files; the same ones while the environment names the same place."""
        found = self._found
        decides = () if self._folder is not None else deciding()
        if found is None or found[0] != decides:
            folder = folder_of(self._app) if self._folder is None else self._folder
            found = self._found = (decides, Store(folder))
        return found[1]

    def _held(self) -> Held:
        return self._store().held()

    def _closed(self, held: Held) -> str:
        """Say what stands against collecting anything; "" where nothing does."""
        if held.problem:
            advice = f"`scrubber settings reset --app {self._app}` writes them anew"
            warn_once(self._app, f"the file of its settings is corrupt ({held.problem})", advice)
            return CORRUPT
        if not held.writable or self._unwritten:
            advice = "a refusal could not be written there"
            warn_once(self._app, "the file of its settings cannot be written", advice)
            return UNWRITABLE
        return ""

    def _value(self, name: str, held: Held) -> Value:
        if name == SYNC and refusal(self._app):
            return False
        if name in CONSENT and self._closed(held):
            return False
        chosen = held.document.chosen if held.document is not None else {}
        default = self._own_defaults.get(name, KEYS[name].default)
        return chosen.get(name, default)

    def _write(self, make: Callable[[Document | None], Document | None]) -> None:
        try:
            self._store().change(make)
        except NewerError:
            raise
        except BaseException:
            self._unwritten = True
            raise
        self._unwritten = False
        self._passing = None

    def _installation_id(self) -> str:
        held = self._held()
        if (found := _current(held)) is not None:
            return found.id
        if not any(self.allows(scope) for scope in SCOPES):
            return ""  # who refused gets no id
        made = self._written()
        if made is not None:
            return made.id
        # It cannot be written now: one for this process, until it can.
        if self._passing is None or not self._passing.current:
            self._passing = Installation.new()
        return self._passing.id

    def _written(self) -> Installation | None:
        """Write an id, unless somebody else has meanwhile; None where it cannot be written."""
        made: list[Installation] = []

        def make(before: Document | None) -> Document | None:
            document = before or Document()
            if document.newer or document.problem:
                return None
            found = _current(Held(document, writable=True))  # by somebody else, meanwhile
            made.append(found or Installation.new())
            return None if found else replace(document, installation=made[0])

        for _ in range(_ID_TRIES):
            made.clear()
            try:
                self._store().change(make, wait=_ID_WAIT)
            except BusyError:
                # Whoever holds the lock may have made one by now.
                if (found := _current(self._held())) is not None:
                    return found
            except ConfigError:
                return None
            else:
                break
        return made[0] if made else None


def _current(held: Held) -> Installation | None:
    """Give the id of this epoch that a file holds."""
    found = held.document.installation if held.document is not None else None
    return found if found is not None and found.current else None


def _again(app: str, folder: Path | None, defaults: Mapping[str, Value]) -> Settings:
    return Settings(app, folder=folder, defaults=defaults)
