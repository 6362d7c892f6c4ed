"""
What stands where a log or a field names an account, and is nobody's name.

`session opened for user jane` names Jane; `for user root` says how a system works, `for user input`
is English, `user=request.user` is code. Accounts that systems and packages create are left, since
they help whoever debugs and name no one; so are words and variables that stand after the key words
in ordinary logs and sources.

Promise: only names on the lists, names made of their words, templates and code are refused, in any
case.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.account import personal_account
from scrubber.validators.words import words

_REACH: Final = 256
"""How much of a value is looked at: no account has a longer name."""

# Accounts and groups that systems and packages create, beyond those that have homes in images.
_SYSTEM: Final = words(
    """
    adm administrators airflow amazon apache asterisk audio authenticated avahi avahi-autoipd
    backup bin bind bluetooth cassandra cdrom celery ceph chrony clickhouse cockpit-ws colord
    consul cron crontab cups-pk-helper cyrus daemon dbsnmp dbus default_user dhcpcd dialout dip
    disk dnsmasq dovecot elasticsearch etcd exim fax flatpak-helper floppy fwupd-refresh games gdm
    geoclue gitlab-psql gitlab-www gluster gnats gnome-initial-setup google grafana gunicorn halt
    haproxy hbase hive impala influxdb input irc kafka keycloak kmem kvm landscape ldap
    libvirt-qemu lightdm list local logstash lp lpadmin lxd mail mailnull man mapred mariadb
    memcache memcached messagebus mlflow mongod mosquitto mssql munin mysql.session mysql.sys named
    netdev news nfsnobody nginx-proxy nm-openvpn nogroup none nscd ntp nvidia-persistenced openvpn
    operator pcp php-fpm phpfpm plugdev polkit polkitd pollinate postfix postgresql prometheus
    proxy pulse pulse-access puppet qemu rabbitmq radvd redhat render rpc rpcuser rpm rq rtkit
    rtkit-daemon rwhod sa saned sasl scanner sddm setroubleshoot sgx shadow shutdown slurm solr src
    ssh_keys sshd ssl-cert sssd staff statd stunnel4 sudo super_admin superadmin supergroup
    superuser svn sync sys sysadmin sysdba syslog sysman system systemd tape tcpdump tftp token tor
    tss tty unbound usbmux usbmuxd utempter utmp uucp uuidd varnish vboxadd vboxsf video voice
    webmaster-daemon wheel whoopsie winbindd_priv wireshark xrdp yarn zabbix zookeeper
    """
) | {"anonymous logon", "local service", "local system", "network service", "null sid"}
_SYSTEM_FAMILY: Final = lazy_pattern(
    r"""
      (?: systemd | gitlab | libvirt | dovecot | avahi | gnome | system ) - .{1,40}
    | _ [a-z]{2,24} | (?: dwm | umfd ) - [0-9]{1,3}
    | .{0,40} \[bot\] | (?: ci | deploy | service | svc ) [-_] (?: account | bot | user )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

# What follows "user" in English, and the words messages begin with.
_ENGLISH: Final = words(
    """
    a able abort aborted about accepted access accessed account accounts action actions activity
    add added agent agents agreement alias aliases all already also an analytics and another any
    application approval are area argument arguments arn as asked asking aspect assigned at attempt
    attempted attempts attribute attributes auth authenticated authentication authenticator
    authorization authorized avatar avatars aws banned base based be because been before behavior
    behaviour being belonging below benefit between blocked buffer buffers but by call callback
    callbacks called can cancel canceled cancelled cannot change changed chat check choice chose
    clarity class clicked clicks client closed code column comfort command commands comment
    comments config configuration confirmed connected connection consent contains context control
    controlled controls convenience conversation cookie could count created creation cred
    credential credentials creds currently customization data database date days defined deleted
    demand demographics denied details dialog did directives directory disabled disconnected
    discretion do does doesn't doesnt done dtypes during each ease email embedding embeddings empty
    enabled engagement entered enters entity entries entry environment error errors event events
    exception exec exists expected expects experience expired explicitly export facing failed
    failure feedback field fields file files filter first fixme flag flow folder for found friendly
    from full function generated gesture gestures got granted group groups growth guide had handle
    handler has hash have he help here hidden history host hosts how i id identifier ids if ignored
    implicitly import in inactive indicates info information inherit init initiated input inputs
    inserted insights install installed instance instances instructions intent interaction
    interactions interest interests interface interrupt interrupted interrupts into invalid is
    isn't isnt issue it item items join joined journey key keyboard keys kind land language last
    left length level library like limit link list load locale locked log logged logging logic
    login logins logout logs made mailbox managed management manager manual map mappings matched
    may mean member memory mention message messages metadata migration missing mistakes mode model
    models modified module more mouse must my name named names namespace need needs never new next
    no nobody none nor not note notes notification now null number object of off ok on onboarding
    one only operation option options or order other our out over owned owner page pages parameter
    parameters parse pass passed passing password path pause paused permission permissions
    permitted persona picked pointer pointers policy pool post preauth preference preferences press
    pressed pressing privacy privilege privileges process processes profile profiles program
    programs prompt prompted prompts properties property provided provider purposes queries query
    question quit quota ratings reached read received record records reference registered registers
    registration regs rejected related remote removed reply report reports request requested
    requests required research resource response result results retention retry return returned
    review rights role roles row rows run running safety same satisfaction saved schema script
    scripts search second security see select selected sent server service session sessions set
    setting settings setup shall she should shown side sign signals signed signin signup similarity
    simplicity simply site so solely some source space spaces specific specified stack stacks start
    started state statistics stats status step still stop stopped storage store stores stories
    story string stuff style submitted subscription succeeded success such suggested supplied
    support supports switch table tables tag tasks team template terminated text than that the
    their them then there these they thinks this those thread threads through tier time timeout
    timezone to token tokens too tracking traffic trust trying turn turns type typed types typing
    ui unable unauthenticated unauthorized under unique unknown unless until update updated upload
    url us usage used uses using utterance value values verification version via view views visits
    wait waiting want wanted wants was were what when where whether which while who whose will
    window wishes with without workflow works would write written wrote you your zone
    """
)

# Types, constants and variables of sources and schemas.
_CODE: Final = words(
    """
    adduser admin_user any apr args arr array async attr aug auth_user author await bar baz bool
    boolean bytes callable cfg char charfield class cls config const context create_user creator
    ctx current current_user customuser data db_user dec def default del dict dummy e el elem else
    end entity enum example expected fake false feb field final first float fn foo form fri friday
    friend func function g get_user hidden hostname identity idx instance int integer integerfield
    interface item iter jan json jul jun k key kwargs lambda let list listfield long m mar me
    message mock model mon monday msg n name nan new new_user nil no none nov null number o obj
    object oct oid optional opts other owner p param params parent payload person phone pk
    principal private profile props public pw q raw recipient record redacted ref rep req request
    res result ret return row s sat saturday schema self sender sep session setting settings sid
    some somebody someone str string stringfield stub sub subject sun sunday t target temp tempuser
    test_user tester testing testuser text textfield this thu thursday tmp tmp_user true tue
    tuesday tuple type u uid uname undef undefined union unset uri usr uuid v val value values
    varchar void w wed wednesday who whoami x y yes yield you z
    """
)
_CODE_FORM: Final = lazy_pattern(
    r"""
      (?: args? | cfg | cls | config | conf | context | ctx | current_app | current_user | data
        | django | env | event | flask | form | info | instance | item | kwargs | message
        | models? | msg | obj | opts | options | os | params | parser | payload | process | props
        | req | request | res | resp | response | result | row | self | serializer | session
        | settings | state | super | sys | this | uri | url | users? | validated_data ) \. .+
    | .{0,60} (?: \. | _ ) (?: account | amazonaws\.com | by | ids? | login | name | obj | owner
        | thread | user | username | users | value )
    | (?: (?-i: [A-Za-z0-9]{0,40} [a-z] ) | ) (?-i: Account | Admin | Enum | Error | Exception
        | Factory | Field | Form | Id | Ids | Info | Input | List | Login | Manager | Model | Name
        | Object | Params | Ref | Request | Response | Schema | Serializer | Service | State
        | String | Type | User | Username | Users | Value )
    | (?: user | username | login | account ) [A-Z_] .{0,60}
    | (?-i: [A-Z][A-Z0-9]{0,20} (?: _ [A-Z0-9]{1,20} ){1,4} )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
# isolation, uniqueness; i.e.; the hash of something
_ABSTRACT: Final = lazy_pattern(
    r"[a-z]{3,30}(?:ation|ction|ition|sion|ness|ility|ality)|[a-z]\.[a-z]"
    r"|(?=[a-f]*[0-9])[0-9a-f]{16,64}"
)
_TEMPLATE: Final = frozenset("<>{}$%*`|")


def user_name(value: str) -> bool:
    """Tell whether the account a log names can be a person's.

    Args:
        value: the name, with a domain or a realm or without.

    Returns:
        Whether it is no account of a system, no word of a sentence and no template.

    >>> user_name("jane"), user_name("www-data"), user_name("input"), user_name("${USER}")
    (True, False, False, False)
    """
    if not value or len(value) > _REACH or not _TEMPLATE.isdisjoint(value):
        return False
    name = value.casefold()
    parts = (name, name.partition("@")[0], *name.split())
    if not _ENGLISH.isdisjoint(parts) or not account_name(value):
        return False
    return _ABSTRACT.fullmatch(name) is None


def user_value(value: str) -> bool:
    """Tell whether the value of a field such as `user=` can be a person's account.

    Args:
        value: the value, without quotes.

    Returns:
        Whether it is neither what `user_name` refuses nor a type, a variable or an expression.

    >>> user_value("jane.doe"), user_value("request.user"), user_value("Optional")
    (True, False, False)
    """
    name = value[:_REACH]
    return user_name(value) and name.casefold() not in _CODE and _CODE_FORM.fullmatch(name) is None


def account_name(value: str) -> bool:
    """Tell whether an account can be a person's, where nothing but an account can stand.

    >>> account_name("daemon"), account_name("input"), account_name("page")
    (False, False, True)
    """
    name = value[:_REACH].casefold()
    if not personal_account(name) or name in _SYSTEM:
        return False
    return _SYSTEM_FAMILY.fullmatch(name) is None
