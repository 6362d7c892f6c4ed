"""
Whose account this is: login names, full names, mail addresses and home directories.

The user database knows the account of the process. The variables know it where a container runs
with a number only, and they know the person behind `sudo`, a scheduler, a notebook or a CI job.

Promise: a home that is everybody's (`/`, `/root`, `/app`, `/usr/sbin`, a drive) is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scrubber.identity.default_names import default_account
from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrubber.identity.machine import Machine

_LOGINS: Final = (
    *("USER", "LOGNAME", "LNAME", "USERNAME", "SUDO_USER", "DOAS_USER", "PKEXEC_USER", "HGUSER"),
    *("JUPYTERHUB_USER", "NB_USER", "RSTUDIO_USER_IDENTITY", "GITPOD_GIT_USER_NAME"),
    *("GITHUB_ACTOR", "GITHUB_TRIGGERING_ACTOR", "GITHUB_USER", "GITLAB_USER_LOGIN"),
    *(
        "BUILD_USER_ID",
        "BUILD_USER",
        "CIRCLE_USERNAME",
        "CIRCLE_PR_USERNAME",
        "DRONE_COMMIT_AUTHOR",
    ),
    *("CHANGE_AUTHOR", "GERRIT_PATCHSET_UPLOADER_USERNAME", "BITBUCKET_PR_AUTHOR"),
    *("PBS_O_LOGNAME", "SLURM_JOB_USER", "LSB_SUB_USER", "LSFUSER", "SGE_O_LOGNAME", "OAR_USER"),
    *("COBALT_USER", "FLUX_USER", "KAGGLE_USERNAME", "WANDB_USERNAME", "HF_USERNAME"),
    *("SPACE_AUTHOR_NAME", "MLFLOW_TRACKING_USERNAME", "LIGHTNING_USERNAME", "NETRC_LOGIN"),
    *("TWINE_USERNAME", "DOCKER_USERNAME", "DOCKER_USER", "GIT_USERNAME", "PGUSER", "DB_USERNAME"),
)
_NAMES: Final = (
    *("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GITLAB_USER_NAME", "DEBFULLNAME", "FULLNAME"),
    *("REALNAME", "BUILD_REQUESTEDFOR", "BUILD_SOURCEVERSIONAUTHOR", "RELEASE_REQUESTEDFOR"),
    *("RELEASE_DEPLOYMENT_REQUESTEDFOR", "BUILDKITE_BUILD_AUTHOR", "BUILDKITE_BUILD_CREATOR"),
    *("CHANGE_AUTHOR_DISPLAY_NAME", "CI_COMMIT_AUTHOR", "APPVEYOR_REPO_COMMIT_AUTHOR"),
    *("DRONE_COMMIT_AUTHOR_NAME", "VERCEL_GIT_COMMIT_AUTHOR_NAME", "TRAVIS_COMMIT_AUTHOR"),
    *("BUILD_USER", "HGUSER", "GERRIT_CHANGE_OWNER_NAME", "GERRIT_PATCHSET_UPLOADER_NAME"),
)
_EMAILS: Final = (
    *("EMAIL", "DEBEMAIL", "REPLYTO", "MAIL_ADDRESS", "USER_EMAIL", "GIT_AUTHOR_EMAIL"),
    *("GIT_COMMITTER_EMAIL", "GITLAB_USER_EMAIL", "GITPOD_GIT_USER_EMAIL", "CI_COMMIT_AUTHOR"),
    *("BUILD_REQUESTEDFOREMAIL", "BUILD_USER_EMAIL", "BUILDKITE_BUILD_AUTHOR_EMAIL"),
    *("BUILDKITE_BUILD_CREATOR_EMAIL", "CHANGE_AUTHOR_EMAIL", "APPVEYOR_REPO_COMMIT_AUTHOR_EMAIL"),
    *("DRONE_COMMIT_AUTHOR_EMAIL", "CLOUDSDK_CORE_ACCOUNT", "WANDB_USER_EMAIL", "WANDB_EMAIL"),
    *("GERRIT_CHANGE_OWNER_EMAIL", "GERRIT_PATCHSET_UPLOADER_EMAIL", "HGUSER", "SGE_O_MAIL"),
    *("RELEASE_REQUESTEDFOREMAIL", "SLURM_MAIL_USER", "CODEBUILD_GIT_AUTHOR_EMAIL"),
)
_OWNERS: Final = (
    *("GITHUB_REPOSITORY_OWNER", "GITHUB_REPOSITORY", "CI_PROJECT_NAMESPACE", "WANDB_ENTITY"),
    *("CI_PROJECT_ROOT_NAMESPACE", "CIRCLE_PROJECT_USERNAME", "BITBUCKET_REPO_OWNER"),
    *("BITBUCKET_WORKSPACE", "TRAVIS_REPO_SLUG", "DRONE_REPO_OWNER", "APPVEYOR_ACCOUNT_NAME"),
    *("SPACE_ID", "NEPTUNE_PROJECT", "COMET_WORKSPACE", "VERCEL_GIT_REPO_OWNER"),
    *("BUILDKITE_ORGANIZATION_SLUG", "SEMAPHORE_ORGANIZATION_NAME", "GITHUB_HEAD_REPOSITORY"),
)

_MAIL: Final = lazy_pattern(r"[^\s@<>\"'(),;:/\\]{1,64}@[^\s@<>\"'(),;:/\\]{1,253}")
# 12345+jdoe, at the domain that a code host answers no mail at.
_NOREPLY: Final = lazy_pattern(r"(?:[0-9]+[+-])?([^@+]+)@users\.noreply\..+", re.IGNORECASE)


def user_database(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give what the user database says of the account this process runs as."""
    entry = machine.account()
    if entry is not None:
        yield "accounts", entry.login
        # "&" stands for the login name with a capital.
        yield "names", entry.gecos.partition(",")[0].replace("&", entry.login.capitalize())


def login_variables(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the accounts that variables name, without domain and realm."""
    for name in _LOGINS:
        value = machine.get(name)
        # CORP\jdoe, CORP/jdoe, jdoe@example.com
        domain, _, login = value.rpartition("\\")
        if domain:
            yield "domains", domain
        if " " not in login:
            yield "accounts", login.partition("@")[0].partition("<")[0]
    for name in ("MAIL", "MAILPATH", "PBS_O_MAIL"):
        yield "accounts", machine.path.basename(machine.get(name))


def name_variables(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the full names and mail addresses that variables hold."""
    for name in _NAMES:
        yield from person(machine.get(name))
    for name in _EMAILS:
        for found in _MAIL.findall(machine.get(name)):
            yield from mail(found)


def owner_variables(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the owners of what a job builds or runs."""
    for name in _OWNERS:
        yield "owners", machine.get(name).partition("/")[0]


def person(text: str) -> Iterator[tuple[str, str]]:
    """Give what a text such as `Jane Doe <jdoe@example.com>` says."""
    for found in _MAIL.findall(text):
        yield from mail(found)
    name = text.partition("<")[0].strip().strip("\"'")
    if "@" not in name:
        yield "names", name


def mail(address: str) -> Iterator[tuple[str, str]]:
    """Give a mail address, and the account where a code host has put it inside."""
    yield "emails", address
    match = _NOREPLY.fullmatch(address)
    if match:
        yield "accounts", match[1]


_SOFTWARE: Final = words("bin boot dev etc lib lib32 lib64 proc sbin sys usr windows")
_SHARED: Final = words(
    """
    app code config content content-type data default home homes nonexistent opt public root run
    src srv task tmp users var work workdir workspace
    """
) | {"documents and settings"}
_SYSTEM: Final = ("/var/empty", "/var/run", "/var/spool", "/var/tmp", "/private/var/empty")  # noqa: S108

_SHORT: Final = lazy_pattern(
    r"[\\/]Users[\\/]([^\\/:*?\"<>|;~.]{1,6}~[0-9]{1,2}(?:\.[^\\/:*?\"<>|;~.]{1,3})?)(?=[\\/;]|\Z)",
    re.IGNORECASE,
)
_NOT_SHORT: Final = lazy_pattern(r"[^A-Za-z0-9!#$%&'()@^_`{}~\-]")
_SHORT_LENGTH: Final = 8
_SHORT_STEM: Final = 6
_SHORT_KIND: Final = 3

# Whose folders a process works in, where it runs as somebody else: a container that has a home
# mounted, WSL beside Windows, a notebook in a workspace.
_WHERE: Final = (
    *("PWD", "OLDPWD", "INIT_CWD", "PATH", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX"),
    *("CONDA_EXE", "XAUTHORITY", "SUDO_HOME", "JPY_SESSION_NAME", "VSCODE_GIT_ASKPASS_NODE"),
    *("APPDATA", "LOCALAPPDATA", "TEMP", "TMPDIR", "SLURM_SUBMIT_DIR", "PBS_O_WORKDIR"),
)
_IN_HOME: Final = lazy_pattern(
    r"(?:^|[:;])(?:/(?:mnt/)?[a-z]|[a-z]:|/host_mnt(?:/[a-z])?|/export|/nfs|/usr|/data)?"
    r"[\\/](?:home|Users|Workspace[\\/](?:Users|Repos))[\\/]([^\\/:;*?\"<>|]{2,64})(?=[\\/:;]|\Z)",
    re.IGNORECASE,
)
_MOST_FOLDERS: Final = 8


def homes(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the home directories, and the accounts they are named after."""
    entry = machine.account()
    found = [machine.get("HOME"), machine.get("USERPROFILE"), machine.get("HOMESHARE")]
    if machine.get("HOMEPATH"):
        found.append(machine.get("HOMEDRIVE") + machine.get("HOMEPATH"))
    found += [entry.home if entry else "", machine.get("PBS_O_HOME"), machine.get("SGE_O_HOME")]
    for home in filter(None, found):
        for path in dict.fromkeys((home, machine.real(home))):
            if own_home(machine, path):
                plain = path.rstrip("\\/")
                yield "homes", plain
                last = re.split(r"[\\/]", plain)[-1]
                if not default_account(last):
                    yield "accounts", last


def folders(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the accounts in whose homes this process works, and from where it has its programs."""
    places = (machine.cwd(), machine.main(), *(machine.get(name) for name in _WHERE))
    found = dict.fromkeys(one for place in places for one in _IN_HOME.findall(place))
    own = [one for one in found if not default_account(one) and one.casefold() not in _SHARED]
    for account in own[:_MOST_FOLDERS]:
        yield from mail(account) if _MAIL.fullmatch(account) else (("accounts", account),)


def short_names(machine: Machine) -> Iterator[tuple[str, str]]:
    """Give the names of eight letters that Windows writes instead of longer ones: `JANEDO~1`."""
    if not machine.windows:
        return
    for _, value in sorted(machine.environ.items()):
        for found in _SHORT.findall(value):
            yield "accounts", found
    logins = [
        value for kind, value in (*login_variables(machine), *homes(machine)) if kind == "accounts"
    ]
    for login in logins:
        plain = _NOT_SHORT.sub("", login).upper()
        if not default_account(login) and (len(login) > _SHORT_LENGTH or plain != login.upper()):
            yield "accounts", f"{plain[:_SHORT_STEM]}~1"
            # jane.vexler: what is behind the last dot is taken for the kind of a file.
            stem, dot, kind = login.rpartition(".")
            if dot and (len(stem) > _SHORT_LENGTH or len(kind) > _SHORT_KIND):
                stem, kind = (_NOT_SHORT.sub("", one).upper() for one in (stem, kind))
                yield "accounts", f"{stem[:_SHORT_STEM]}~1.{kind[:_SHORT_KIND]}"


def own_home(machine: Machine, path: str) -> bool:
    """Tell whether a path can be the home of one person.

    Args:
        machine: what knows how paths are written.
        path: the path.

    Returns:
        Whether it is absolute, and neither a drive, a folder of software or of the system, nor a
        folder that a container gives to everybody.
    """
    if not machine.absolute(path):
        return False
    plain = path.rstrip("\\/")
    segments = [one for one in re.split(r"[\\/]", machine.path.splitdrive(plain)[1]) if one]
    if not segments or segments[0].casefold() in _SOFTWARE or plain.startswith(_SYSTEM):
        return False
    return len(segments) > 1 or segments[0].casefold() not in _SHARED
