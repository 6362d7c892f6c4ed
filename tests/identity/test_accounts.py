"""Accounts, names, addresses and homes, from variables and the user database."""

from __future__ import annotations

import pytest

from scrubber.identity.accounts import own_home
from scrubber.identity.collect import collect
from scrubber.identity.machine import Account, Machine


@pytest.mark.parametrize(
    ("environ", "kind", "expected"),
    [
        ({"USER": "bwayne"}, "accounts", ("bwayne",)),
        ({"USER": "root", "SUDO_USER": "bwayne"}, "accounts", ("root", "bwayne")),
        ({"JUPYTERHUB_USER": "bwayne@example.com"}, "accounts", ("bwayne",)),
        ({"USERNAME": "CORP\\bwayne"}, "accounts", ("bwayne",)),
        ({"USERNAME": "CORP\\bwayne"}, "domains", ("CORP",)),
        ({"MAIL": "/var/mail/bwayne"}, "accounts", ("bwayne",)),
        ({"BUILD_USER": "Bruce Wayne"}, "accounts", ()),
        ({"BUILD_USER": "Bruce Wayne"}, "names", ("Bruce Wayne",)),
        ({"GITLAB_USER_NAME": "Bruce Wayne"}, "names", ("Bruce Wayne",)),
        ({"CI_COMMIT_AUTHOR": "Bruce Wayne <b@example.com>"}, "names", ("Bruce Wayne",)),
        ({"CI_COMMIT_AUTHOR": "Bruce Wayne <b@example.com>"}, "emails", ("b@example.com",)),
        ({"GIT_AUTHOR_EMAIL": "b@example.com"}, "emails", ("b@example.com",)),
        ({"GITHUB_REPOSITORY": "bwayne/yolo"}, "owners", ("bwayne",)),
        ({"GITHUB_REPOSITORY": "pytorch/pytorch"}, "owners", ()),
        ({"SLURM_JOB_USER": "bwayne"}, "accounts", ("bwayne",)),
        ({"USER": "  "}, "accounts", ()),
        ({"USER": "1000"}, "accounts", ()),
    ],
)
def test_variables_say_who(environ: dict[str, str], kind: str, expected: tuple[str, ...]) -> None:
    """Without domain, realm and address."""
    assert getattr(collect(Machine.of(environ)), kind) == expected


def test_address_that_hides_an_account() -> None:
    """The number before it is the account's, too, but not its name."""
    address = "123+bwayne@users.noreply" + ".github.com"
    identity = collect(Machine.of({"EMAIL": address}))
    assert identity.accounts == ("bwayne",)
    assert identity.counts()["emails"] == 1


def test_user_database() -> None:
    """The full name stands before the first comma; `&` is the account with a capital."""
    entry = Account("bruce", "& Wayne,Room 7,555-0100", "/home/bruce")
    identity = collect(Machine.of(account=entry))
    assert identity.names == ("Bruce Wayne",)
    assert (identity.accounts, identity.homes) == (("bruce",), ("/home/bruce",))


@pytest.mark.parametrize(
    ("platform", "path", "expected"),
    [
        ("linux", "/home/bwayne", True),
        ("linux", "/nfs/home/b/bwayne/", True),
        ("linux", "/home/ubuntu", True),
        ("darwin", "/Users/bwayne", True),
        ("linux", "/bwayne", True),
        ("linux", "/", False),
        ("linux", "//", False),
        ("linux", "", False),
        ("linux", "home/bwayne", False),
        ("linux", "/root", False),
        ("linux", "/app", False),
        ("linux", "/nonexistent", False),
        ("linux", "/home", False),
        ("linux", "/home/", False),
        ("linux", "/usr/sbin", False),
        ("linux", "/var/empty/sshd", False),
        ("darwin", "/Users", False),
        ("win32", "C:\\Users\\bwayne", True),
        ("win32", "\\\\files\\homes$\\bwayne", True),
        ("win32", "/c/Users/bwayne", True),
        ("win32", "C:\\", False),
        ("win32", "C:", False),
        ("win32", "C:\\Users", False),
        ("win32", "C:\\Windows\\system32\\config\\systemprofile", False),
    ],
)
def test_home_of_one_person(platform: str, path: str, *, expected: bool) -> None:
    """Not a drive, not software, not what containers give to everybody."""
    assert own_home(Machine.of(platform=platform), path) is expected


def test_homes_and_what_they_are_called_after() -> None:
    """Also where a link leads to, and without a separator at the end."""
    links = {"/home/bwayne/": "/nfs/h7/bwayne", "/root": "/root"}
    machine = Machine(environ={"HOME": "/home/bwayne/"}, real=lambda path: links[path])
    identity = collect(machine)
    assert identity.homes == ("/home/bwayne", "/nfs/h7/bwayne")
    assert identity.accounts == ("bwayne",)


@pytest.mark.parametrize("home", ["/home/ubuntu", "/Users/Shared", "/home/runner"])
def test_home_of_an_image_names_nobody(home: str) -> None:
    """It is a root of paths all the same."""
    identity = collect(Machine.of({"HOME": home}))
    assert (identity.homes, identity.accounts) == ((home,), ())


WINDOWS = {
    "USERNAME": "Jane Doe",
    "USERPROFILE": "C:\\Users\\Jane Doe",
    "HOMEDRIVE": "C:",
    "HOMEPATH": "\\Users\\Jane Doe",
    "TEMP": "C:\\Users\\JANEDO~1\\AppData\\Local\\Temp",
    "PATH": "C:\\PROGRA~1\\x;C:\\Users\\JANED~2\\bin",
}


def test_windows_account_has_short_names() -> None:
    """Those that variables show, and the one Windows would make."""
    identity = collect(Machine.of(WINDOWS, platform="win32"))
    assert identity.homes == ("C:\\Users\\Jane Doe",)
    assert identity.accounts == ("Jane Doe", "JANED~2", "JANEDO~1")


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("jane.doe", ("jane.doe", "JANEDO~1")),
        ("jane.vexler", ("jane.vexler", "JANEVE~1", "JANE~1.VEX")),
        ("janedoe99", ("janedoe99", "JANEDO~1")),
        ("janedoe", ("janedoe",)),
        ("Administrator", ("Administrator",)),
    ],
)
def test_short_name_is_made_where_windows_makes_one(login: str, expected: tuple[str, ...]) -> None:
    """For names of more than eight characters, or with a dot or a blank."""
    assert collect(Machine.of({"USERNAME": login}, platform="win32")).accounts == expected


def test_short_name_with_a_dot_is_taken_whole_from_a_variable() -> None:
    """Windows cuts both sides of the last dot."""
    temp = "C:\\Users\\QUERTY~2.VEX\\AppData\\Local\\Temp"
    assert collect(Machine.of({"TEMP": temp}, platform="win32")).accounts == ("QUERTY~2.VEX",)


def test_folders_of_many_people_are_not_all_theirs() -> None:
    """A path that lists a whole department names eight."""
    path = ":".join(f"/home/vexlab{number}/bin" for number in range(20))
    identity = collect(Machine.of({"HOME": "/root", "PATH": path}))
    assert identity.accounts == tuple(f"vexlab{number}" for number in range(8))


@pytest.mark.parametrize(
    ("cwd", "path", "accounts", "emails"),
    [
        ("/home/bwayne/work", "", ("bwayne",), ()),
        (
            "/",
            "/usr/bin:/mnt/c/Users/Bruce W/bin:/home/bwayne/.local/bin",
            ("Bruce W", "bwayne"),
            (),
        ),
        ("/Workspace/Users/bw@example.com/x", "", (), ("bw@example.com",)),
        ("/home/runner/work", "/home/linuxbrew/bin:/Users/Shared/x:/home/data:/home/app/x", (), ()),
        ("/srv/home/x", "/opt/homes/bwayne:relative/home/bwayne", (), ()),
    ],
)
def test_a_process_of_root_works_in_somebodys_home(
    cwd: str, path: str, accounts: tuple[str, ...], emails: tuple[str, ...]
) -> None:
    """A container has it mounted, WSL has it beside, a notebook runs in it."""
    identity = collect(Machine.of({"HOME": "/root", "PATH": path}, cwd=cwd))
    assert (identity.accounts, identity.emails) == (accounts, emails)
