"""
Somebody's machine, made up: values that no rule could find by its looks, and a folder to put them.

All of it is drawn from a seed, so the repository names nobody, and an account such as `qwzrtk7` is
on no list. Each literal knows where it must not survive: some may stand anywhere, a short one only
where an account stands, the owner of a repository only in addresses.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_CONSONANTS: Final = "bdfghjklmnprstvwxz"
_ODD: Final = "+/=%&<>\"'\\:@#\u00e9 "
_SYLLABLES: Final = ("tav", "rin", "vex", "kol", "dre", "mux", "bal", "zor", "wil", "fen", "gat")
_ACCENTS: Final = ("J\u00f6r", "Ren\u00e9", "\u0141u", "I\u00f1i", "S\u00f8r", "Zo\u00eb")
_PROJECT: Final = "yolo"


@dataclass(frozen=True, slots=True, repr=False)
class Literal:
    """One thing that must not survive.

    Attributes:
        kind: what it is; the only thing a failure shows.
        text: how it is written.
        needles: what is looked for: the whole of it, or its telling parts.
        reach: `anywhere`, `anchored` (where an account stands), `url`, or `home` (a path).
        folded: whether it is the same in upper case.
    """

    kind: str
    text: str
    needles: tuple[str, ...]
    reach: str = "anywhere"
    folded: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Planted:
    """The values of one machine."""

    account: str
    short: str
    given: str
    surname: str
    host: str
    mailbox: str
    owner: str
    folder: str
    token: str
    odd: str
    phrase: str
    password: str

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.given} {self.surname}"

    @property
    def address(self) -> str:
        """The mail address."""
        return f"{self.mailbox}@mail.example.org"

    def literals(self, home: str) -> tuple[Literal, ...]:
        """Give what must not survive.

        Args:
            home: the home directory, as a path.
        """
        secrets = {
            "token": self.token,
            "odd secret": self.odd,
            "phrase": self.phrase,
            "password": self.password,
        }
        return (
            Literal("account", self.account, (self.account,)),
            Literal("short account", self.short, (self.short,), "anchored"),
            Literal("name", self.name, (self.surname, self.given)),
            Literal("host", self.host, (self.host,)),
            Literal("full host", f"{self.host}.cs.example.edu", (self.host,)),
            Literal("mail", self.address, (self.mailbox,)),
            Literal("owner", self.owner, (self.owner,), "url"),
            Literal("home", home, (self.folder,), "home"),
            *(
                Literal(kind, value, _halves(value), folded=False)
                for kind, value in secrets.items()
            ),
        )

    def files(self, root: Path) -> tuple[Path, Path, dict[str, str]]:
        """Write the machine's files into an empty folder.

        Args:
            root: the folder.

        Returns:
            The home, the repository to work in, and the environment of a process of this machine.
        """
        home = root / "home" / self.folder
        repository = home / "work" / _PROJECT
        (repository / ".git").mkdir(parents=True)
        (repository / "pyproject.toml").write_text("[project]\nname = 'yolo'\n", "utf-8")
        (repository / ".git" / "HEAD").write_text("ref: refs/heads/main\n", "utf-8")
        remote = f"git@github.com:{self.owner}/{_PROJECT}.git"
        (repository / ".git" / "config").write_text(
            f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {remote}\n', "utf-8"
        )
        (home / ".gitconfig").write_text(
            f"[user]\n\tname = {self.name}\n\temail = {self.address}\n", "utf-8"
        )
        folders = {name: root / name.lower() for name in ("TMPDIR", *_XDG)}
        for folder in folders.values():
            folder.mkdir()
        return home, repository, self.environment(home) | {k: str(v) for k, v in folders.items()}

    def environment(self, home: Path | str) -> dict[str, str]:
        """Give the variables that tell whose machine it is."""
        return {
            "HOME": str(home),
            "USER": self.account,
            "LOGNAME": self.account,
            "SUDO_USER": self.short,
            "HOSTNAME": self.host,
            "SLURMD_NODENAME": f"{self.host}.cs.example.edu",
            "DEPLOY_API_TOKEN": self.token,
            "APP_SIGNING_SECRET": self.odd,
            "BACKUP_SECRET": self.phrase,
            "DB_PASSWORD": self.password,
            "LANG": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
        }


_XDG: Final = ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")


def plant(seed: int) -> Planted:
    """Make up a machine.

    Args:
        seed: the same seed, the same machine.
    """
    rng = Random(seed)  # noqa: S311  # made to be no secret
    return Planted(
        # Behind a backslash these letters look like the end of an escape.
        account=rng.choice("nrtbfv") + _letters(rng, 5) + rng.choice(string.digits),
        short=_letters(rng, 3) + rng.choice("4679"),
        given=rng.choice(_ACCENTS) + _letters(rng, 1) + rng.choice("aeo") + _letters(rng, 1),
        surname=_word(rng, 2).capitalize() + _letters(rng, 1) + "\u00ednsky",
        host=f"{_word(rng, 2)}{_letters(rng, 1)}-node{rng.randrange(10, 99)}",
        mailbox=f"{_word(rng, 2)}.{_word(rng, 2)}",
        owner=f"{_word(rng, 2)}{_letters(rng, 2)}",
        folder=f"{_word(rng, 2)}{_letters(rng, 2)}",
        token=_characters(rng, 32),
        odd=_odd(rng),
        phrase=" ".join(_word(rng, 2) for _ in range(4)),
        password=_characters(rng, 7) + "Q",
    )


def _letters(rng: Random, count: int) -> str:
    return "".join(rng.choices(_CONSONANTS, k=count))


def _word(rng: Random, syllables: int) -> str:
    return "".join(rng.sample(_SYLLABLES, syllables))


def _characters(rng: Random, count: int) -> str:
    return "".join(rng.choices(string.ascii_letters + string.digits, k=count))


def _odd(rng: Random) -> str:
    """Draw a secret that every writer escapes: letters around each odd character."""
    odd = rng.sample(_ODD, len(_ODD))
    return "".join(_characters(rng, 2) + one for one in odd) + _characters(rng, 2)


def _halves(value: str) -> tuple[str, ...]:
    middle = len(value) // 2
    return (value[:middle], value[middle:]) if middle >= 8 else (value,)
