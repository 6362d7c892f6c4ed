"""
Names of home directories that are nobody's: shared folders, service accounts, defaults of images.

`/home/ubuntu` says which image a machine runs, which helps whoever debugs, and names nobody.
`/home/jane` names Jane. The list holds only names that systems and images create by themselves or
that documentation uses; `test`, `dev` or `work` are chosen by people and are taken for theirs.

Promise: only names on the list, file names and bare numbers are refused, in any case.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.validators.words import words

_NOBODYS: Final = words(
    """
    admin administrator airflow all allusers anonymous app appuser azureuser build builder
    buildkite-agent centos circleci cloud-user cloudera codespace colab coder container debian
    default default.migrated defaultapppool defaultuser0 defaultuser100000 docker ec2-user everyone
    fedora flatpak ftp gitlab-runner gitpod guest hadoop hdfs home huggingface jenkins jovyan kaggle
    kubernetes linuxbrew localservice lost+found mambauser micromamba mlflow mongodb mysql
    networkservice nginx node nobody nonroot nvidia opc oracle other owner podman postgres public
    ray redis rocky root runner runneradmin sagemaker-user seluser service shared spark
    sshuser steam svc systemprofile tomcat travis triton-server ubuntu user user-name user_name
    username users vagrant vcap vmuser vscode vsts vsts_azpcontainer www www-data xxx xxxx xxxxx
    your-name your-user your-username your_name your_user your_username yourname youruser
    yourusername zeppelin
    """
) | {"all users", "default user", "default user.migrated", "user name", "your name"}

# Files lie in /home itself, too; people's names have no such suffix.
_FILE: Final = re.compile(
    r"""
    .+ \. (?: bash | bz2 | cfg | conf | csv | deb | gz | html? | ini | ipynb | jpe?g | js | json
            | jsonl | log | md | mp4 | npy | npz | onnx | php | pkl | png | pth? | py | pyc | rpm
            | safetensors | sh | sql | sqlite | tar | tgz | toml | tsv? | txt | whl | xml | ya?ml
            | zip )
    """,
    re.VERBOSE | re.DOTALL,
)


def personal_account(value: str) -> bool:
    """Tell whether the name of a home directory can be a person's.

    Args:
        value: the segment after `/home`, `/Users` or the like.

    Returns:
        Whether it is no shared folder, service account, default account, file name or number.

    >>> personal_account("jane.doe"), personal_account("Shared"), personal_account("train.py")
    (True, False, False)
    """
    name = value.casefold()
    nobodys = not name or name in _NOBODYS or name.isdecimal()
    return not nobodys and _FILE.fullmatch(name) is None
