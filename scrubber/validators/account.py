"""
Names of home directories that are nobody's: shared folders, service accounts, defaults of images and clouds.

`/home/ubuntu` says which image a machine runs, which helps whoever debugs, and names nobody. `/home/jane` names Jane. The
list holds only names that systems and images create by themselves or that documentation uses; `test`, `dev` or
`work` are chosen by people and are taken for theirs.

Promise: only names on the list, file names and bare numbers are refused, in any case.
"""

from __future__ import annotations

import re
from typing import Final

_NOBODYS: Final = frozenset(
    """
    .ecryptfs .snapshot aatt admin administrator airflow all all\x20users allusers anonymous app appuser azureuser build
    builder buildkite-agent centos circleci cloud-user cloudera codespace colab container coder container_user core
    debian default default.migrated default\x20user defaultapppool defaultuser0 defaultuser100000 docker dotnet ec2-user
    everyone fedora flatpak ftp gitlab-runner gitpod gradle guest hadoop hdfs hduser home huggingface jenkins jovyan kaggle
    kubernetes lambda linuxbrew localservice lost+found maven mambauser micromamba mlflow mongodb mysql networkservice nginx
    node nobody nonroot nvidia opam opc oracle other owner podman postgres public python rails ray redis rocky root
    runner runneradmin sagemaker-user scrapy selenium seluser service shared spark sshuser steam svc systemprofile
    tomcat travis triton-server ubuntu user user_name username users vagrant vcap vmuser vscode vsts vsts_azpcontainer
    wasadmin webapp www www-data your_name your-name your_user your-user your_username your-username yourname youruser
    yourusername zeppelin
    """.replace("\\x20", "\x20").split("\n")
)
