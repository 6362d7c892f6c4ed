"""
Names of home directories that are nobody's: shared folders, service accounts, defaults of images.

`/home/ubuntu` says which image a machine runs, which helps whoever debugs, and names nobody.
`/home/jane` names Jane. The list holds only names that systems and images create by themselves or
that documentation uses; `test`, `dev` or `work` are chosen by people and are taken for theirs.

`/home/dashboard` is a page of a web application; the second list holds words for pages that are no
names.

Promise: only names on the lists, file names, dates and short numbers are refused, in any case.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

_NOBODYS: Final = words(
    """
    admin administrator airflow all allusers anonymous app appuser appveyor azureuser backup backups
    build buildbot builder buildkite buildkite-agent buildozer centos circleci cirrus cloud-user
    cloudera cloudsdk cmsbuild coder codespace colab conda container containeradministrator
    containeruser data datasets debian deck default default.migrated defaultapppool defaultuser0
    defaultuser100000 dietpi dist distiller docker docs ec2-user elixir emscripten everyone
    exampleuser fedora flatpak frappe ftp git gitlab-runner gitpod gradle guest hadoop hdfs home
    httpd huggingface jenkins jovyan jupyter kaggle kubernetes lib linuxbrew localservice lost+found
    mambauser me micromamba mlflow mongodb myname mysql myuser networkservice nginx nobody node
    nonroot nvidia odoo opam opc oracle other owner packer perl pi podman postgres pptruser projects
    public pwuser pyodide ray redis rocky root rstudio runner runneradmin sagemaker-user seluser
    semaphore service share shared site somebody someone someuser spark src sshuser staging steam
    studio-lab-user svc systemprofile teamcity tomcat travis triton-server tsuser ubuntu user
    user-name user1 user2 user3 user_name username users vagrant vcap vmuser vscode vssadministrator
    vsts vsts_azpcontainer wdagutilityaccount web_user www www-data xxx xxxx xxxxx you your-name
    your-user your-username your_name your_user your_username yourname youruser yourusername
    zeppelin
    """
) | {"all users", "default user", "default user.migrated", "user name", "your name"}

_PAGES: Final = words(
    """
    about account answer api assets auth banner carousel contact create dashboard details
    explore faq features feed help hero index list login logout menu messages news notifications
    overview pages pricing privacy products profile register reports search services settings
    signin signup slider static stats terms timeline welcome
    """
)

# Files lie in /home itself, too; people's names have no such suffix.
_FILE: Final = lazy_pattern(
    r"""
    .+ \. (?: bash | bz2 | cfg | conf | csv | deb | gz | html? | ini | ipynb | jpe?g | js | json
            | jsonl | log | md | mp4 | npy | npz | onnx | php | pkl | png | pth? | py | pyc | rpm
            | safetensors | sh | sql | sqlite | tar | tgz | toml | tsv? | txt | whl | xml | ya?ml
            | zip )
    """,
    re.VERBOSE | re.DOTALL,
)


# Ids of users begin at 1000; numbers of students and staff are longer.
_SHORTEST_STAFF_NUMBER: Final = 5
_LONGEST: Final = 1024
_DATE: Final = lazy_pattern(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def personal_account(value: str) -> bool:
    """Tell whether the name of a home directory can be a person's.

    Args:
        value: the segment after `/home`, `/Users` or the like.

    Returns:
        Whether it is no shared folder, service account, default account, page, file name, date or
        short number.

    >>> personal_account("jane.doe"), personal_account("Shared"), personal_account("train.py")
    (True, False, False)
    """
    name = value[:_LONGEST].casefold()
    if not name or _number(name) or name in _NOBODYS or name in _PAGES:
        return False
    return _FILE.fullmatch(name) is None


def _number(name: str) -> bool:
    """Tell whether a name is a number that counts, or a date; longer ones are given to people."""
    short = len(name) < _SHORTEST_STAFF_NUMBER
    return name.isdecimal() and (short or _DATE.fullmatch(name) is not None)
