"""
Is a word the name of a machine, where English could stand as well?

After `on host` stand `gpu01` and `memory`, before `.local` stand `Janes-MacBook-Pro` and
`threading`. A machine's name has a digit, a dash or a domain; a word has none, and a version or a
module's path looks different.

Promise: nothing with a digit is refused but versions, devices, architectures, protocols, names of
one letter and paths of modules.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

_REACH: Final = 256
_SHORT: Final = 2

# cuda:0 and rank0 are places of a computation; h264 and utf-8 are formats; v18 is a version.
_NO_MACHINE: Final = lazy_pattern(
    r"""
      (?! .+ \. [a-z][a-z\-]{2,40} \. [a-z]{2,12} \Z ) v?[0-9]+ (?: [.\-][0-9a-z]+ )*
    | (?: cuda | device | epoch | fold | iteration | layer | npu | numa | rank | shard | stage
        | step | thread | tpu | xpu ) [-_]? [0-9]{0,4}
    | [a-z] [0-9]?
    | (?: amd | arm | i | mips | ppc | riscv | sparc | x ) [0-9]{2,3} (?: _?[a-z0-9]{1,6} )?
    | (?: aarch | ipv | tcp | udp | utf-? | http ) [0-9]{1,3}
    | (?: opt | pre | re | sub | non | multi ) -[a-z]+ | [a-z]\.[a-z]
    | (?: [a-z]+ - )? (?: by | for | in | of | off | on | out | per | the | to | up ) (?: -[a-z]+ )+
    | [a-z]+ - (?: by | in | of | off | on | out | to | up )
    | node \.? js | [a-z]+ -(?: based | level | side | specific | wide | only | local | name )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# threading.local, os.path.local, settings.local: modules, attributes and files.
_MODULE: Final = words(
    """
    agent api app application apps auth bashrc build class client compose conf config configs core
    data db default dev docker-compose env environment frontend backend global local main models
    module package path production profile project properties prod server settings src staging state
    storage test tests thread utils values variables zshrc
    """
)
_ROOTS: Final = words(
    """
    _c asyncio boto3 cls com contextvars django flask gevent greenlet java javax keras numpy org os
    pandas python require self sun sys tensorflow tf this threading torch werkzeug window
    """
)


def machine_name(value: str) -> bool:
    """Tell whether a name has the form of a machine's.

    Args:
        value: the name, without port.

    Returns:
        Whether it has a digit, a dash or a domain, and is neither a version, a
        device nor a path of modules.

    >>> machine_name("gpu01"), machine_name("memory"), machine_name("threading.local")
    (True, False, False)
    """
    name = value[:_REACH]
    if not name or _NO_MACHINE.fullmatch(name):
        return False
    labels = name.casefold().split(".")
    if len(labels) > 1:
        known = labels[0] in _ROOTS or (len(labels) == _SHORT and labels[0] in _MODULE)
        return not known and not any("_" in one for one in labels[1:])
    return not name.isalpha() and "_" not in name
