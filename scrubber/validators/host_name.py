"""
What stands where a log or a field names a machine, and names none.

`on host lab-gpu01` names a machine; `on host memory` is English, `host=self.host` is code,
`host='pypi.org'` is a service that everybody uses, and half of what a debugger needs to understand
a failed download. Addresses are left to the rules for addresses.

Promise: only words, code, templates, numbers, the names of the local machine and public services
are refused, in any case.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

_LONGEST: Final = 253
"""Characters of the longest name DNS allows (RFC 1035, section 2.3.4)."""

_LOCAL: Final = words(
    """
    broadcasthost cluster.local default-host gateway.docker.internal host.containers.internal
    host.docker.internal ip6-allhosts ip6-allnodes ip6-allrouters ip6-localhost ip6-localnet
    ip6-loopback ip6-mcastprefix kubernetes.default kubernetes.default.svc
    kubernetes.default.svc.cluster.local kubernetes.docker.internal lo local localdomain
    localhost localhost.localdomain localhost4 localhost4.localdomain4 localhost6
    localhost6.localdomain6 loopback metadata.goog metadata.google.internal svc.cluster.local wpad
    """
)

# English after "host" or "node", states, types, parts of programs, and services of a compose file.
_WORDS: Final = words(
    """
    a aarch64 able about above access across active actual adapter add added address addresses
    adjacent affinity after agent alert alias alive all allocated allocation allowed already also
    am amd64 an and any anyway api app application architecture are args arm64 armv6l armv7l array
    as assigned async at attribute attributes auth auto automatically available aware backend bar
    based be because been before behind below between blocked bool boolean both bound bridge broker
    buffer buffers build builtin but by byte bytes ca cache call callback can cannot capacity case
    cert certificate cet change changed char check class clean cleanup client clock cloud cluster
    code collective com command communication compiler compute config configuration configured
    connect connected connecting connection connections console const container contains context
    control controller conv copies copy core could count cpu cpus crashed created creation critical
    cuda current data database db dead debug def default defined definition del delete deleted
    deprecated detected dev device devices dict did different directory disabled disconnected
    discovered discovery disk display dns do docker does domain done down draining driver dry dtype
    each edge either elem element elements else email emergency empty enabled endpoint engine enter
    entries entry env environment error errors est etc event example exception exec execution
    exists exit expected external fail failed failing failure fallback false fatal feature features
    field fields file files final first flag float following foo for found from frontend full
    function functions gateway gcc gen general get given global gmt go got gpu gpus graph graphs
    group guest had handle handler happens hardware has have header headers healthy height here
    hidden host hostname hostname_here hosts how http https i i386 i686 id identifier idle ids if
    image in inactive index info information init input inputs inside instance int integer
    interface interfaces internal into invalid ip ips is isn't it item items its itself job json
    kernel key keys kind kube kwargs label labels large last latency launch layer layers leader
    left length level library like limit link linux list listen live load loaded loading locally
    location lock log logs long lookup loop loss lost machine main manager many map mapping master
    match max may mem memory message metadata method metrics min missing mode model modified module
    modules monitor more most mount must my-host myhost mysql name named names namespace nccl need
    needs net netloc network never new next nginx nic nil no node nodejs nodes non none normalized
    not nothing notice now null num number numbers object of off offline offset ok on one online
    only op open operation operations option optional options or order origin os other others out
    outgoing output over own page parallel param parameter parameters params parent partition pass
    path paths peer pending per pinned platform please pm pod pods pointer policy pool port ports
    postgres postgresql ppc64le private process processes production profile progress prompt
    property protocol provided provider proxy pst public pull push python query queue rack range
    rank ranks re reached read ready reboot rebooted received recent record redis reference region
    register registered registry release remote remotely remove removed renamed replica replicas
    report request requested requests required reserved reset resolution resolve resolver resource
    resources respond response restart restarted result results return reverse riscv64 role root
    route router rtype rule run running runtime s390x same scheduler schema scope script search
    section see self send sent server servers service services session set setting settings setup
    severe shape share shared shift should shut shutdown side since single site size so socket some
    source space specific specified src ssh stack staging start started starting startup state
    static statistics stats status stderr stdout step still stop stopped storage store str string
    structure sub such suffix supplied supported sure switch sync system table target task tasks
    tcp template terminated test tests text than that the their them then there these they this
    those thread threads through time timed timeout timer to token tool topology total trace
    transfer transfers tree triggered true tuple type types unable unavailable under unhealthy
    union unique unix unknown unpinned unreachable until up update updated upgrade url us usage use
    used user users uses using utc uuid valid validation value values variable variables verbose
    version via view virtual visible void volume wait waiting walk warn warning was we web weight
    weights were what when where which while who whole width will window windows with within
    without work worker workers workgroup works worldsize would write x x86_64 xml y yes yet you
    your your-host your-hostname your_host yourhost
    """
)

_TEMPLATE: Final = frozenset("<>{}$%*`|\\/=\"'()")

# args.host, self._host, request.get_host, HOST_NAME, get_hostname, DEFAULT_HOST
_CODE: Final = lazy_pattern(
    r"""
      (?: args? | cfg | cls | config | conf | context | ctx | env | flask | kwargs | obj | opts
        | options | os | params | parsed | process | props | req | request | res | result | self
        | settings | socket | state | sys | this | torch | uri | url | urlparse | window ) \. .+
    | .{0,60} (?: \. | _ ) (?: addr | address | host | hostname | ip | netloc | node | nodes
        | server | url ) | .{0,60} (?: _id | _name | \.hostname )
    | (?: (?-i: [A-Za-z]{0,40} [a-z] ) | ) (?-i: Config | Error | Exception | Field | Host | Id
        | Info | Address | Name | Node | Options | Request | Response | Server | String | Type )
    | (?: aarch64 | arm[a-z0-9]{0,8} | i[3-6]86 | mips[a-z0-9]{0,6} | powerpc[a-z0-9]{0,6} | riscv64
        | s390x | sparc64 | wasm32 | x86_64 ) - .+
    | (?: get | is | has | set | hostname | host | node | default | my | server ) _ [a-z_]{1,40}
    | (?-i: [A-Z][A-Z0-9]{0,20} (?: _ [A-Z0-9]{1,20} ){1,4} )
    | [a-z_.]{1,60} \. (?: c | cc | cpp | cs | css | cu | cuh | go | h | hpp | html | java | js
        | json | jsx | log | md | mjs | py | pyc | pyi | rb | rs | sh | so | toml | ts | tsx | txt
        | vue | xml | ya?ml | service | socket | target | timer | slice | scope | mount )
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

# A name must hold a letter: what has none is a number, an address or a version.
_LETTER: Final = lazy_pattern(r"[^\W\d_]")
_HEX: Final = lazy_pattern(r"(?:0x)?(?=[0-9a-f]*[0-9])[0-9a-f]{7,}|[0-9a-f:]*:[0-9a-f:]*")
_VERSION: Final = lazy_pattern(r"v?[0-9]+(?:[._][0-9]+)+(?:[-_.]?(?:a|b|rc|dev|post|el)[0-9.]*)?")

# What answers everybody: where models, packages, data and telemetry come from and go to, and the
# sites and counters that a browser asks on most pages.
_PUBLIC: Final = words(
    """
    admaster adnxs adobe adobelogin adroll adsrvr adzerk agkn akamai akamaihd alibaba alipay
    aliyuncs almalinux alpinelinux anaconda anthropic anyscale apache apple appspot archlinux arxiv
    atlassian baidu bdimg bilibili bing bitbucket bluekai cdnjs centos chartbeat civitai cloudflare
    cloudfront cnzz cohere comet conda crates criteo csdn cursor databricks datadoghq debian
    deepseek demdex digicert discord discordapp docker douban doubleclick doubleverify douyin
    dropbox duckduckgo ebay elastic evernote facebook fbaipublicfiles fbcdn fedoraproject feishu
    figshare flickr freedesktop gcr getdropbox ggpht ghcr gitee github githubapp githubusercontent
    gitlab globalsign gmail gnu golang google googleapis googlesyndication googleusercontent
    googlevideo gradle grafana grammarly gravatar groq growingio gstatic hashicorp heroku herokuapp
    hf hicloud hotjar hub huggingface icloud ifeng instagram intel iqiyi jetbrains jsdelivr kaggle
    kernel krxd langchain launchpad letsencrypt lightning linkedin live maven mediafire miaozhen
    microsoft mistral mixpanel mlflow mmstat moatads modal mookie1 mozilla msn mvnrepository
    neptune netease netflix netlify newrelic nodejs npmjs ntp nuget nvidia office office365 omtrdc
    onedrive openai openstreetmap opensuse optimizely oracle outbrain pagerduty paypal perplexity
    pinterest pixiv posthog pubmatic pypi python pythonhosted pytorch qpic qq quantserve quay quora
    readthedocs reddit redhat replicate roboflow rockylinux rubiconproject rubygems runpod
    scorecardresearch segment sentry serverfault signal sina sinajs skype slack snapcraft sogou
    sohu sourceforge spotify stackexchange stackoverflow stripe superuser taboola taobao teamviewer
    telegram tencent tensorflow tiktok tingyun tmall together toutiao trello tumblr twilio twimg
    twitch twitter ubuntu ultralytics umeng unpkg vercel verisign vimeo visualstudio vkontakte
    wandb wechat weibo weixin whatsapp wikihow wikimedia wikipedia windows windowsupdate xiaomi
    xunlei yahoo yandex yarnpkg youdao youku youtube zenodo zhihu zoom
    """
)
_ENDINGS: Final = words("ai app build cn co com dev io land me net org so us")
_MOST_ENDINGS: Final = 2

# s3.us-east-1.amazonaws.com is a service, ec2-192-0-2-1.compute-1.amazonaws.com a machine.
_SERVICE: Final = lazy_pattern(
    r"""
      (?: [a-z0-9.\-]{1,80} \. )? (?: ecr | s3 | sagemaker | sts ) [a-z0-9.\-]{0,30}
        \.amazonaws\.com (?: \.cn )?
    | (?: [a-z]{2,20} \. )? (?: [a-z]{2}-[a-z]+-[0-9] \. )? amazonaws\.com (?: \.cn )?
    | t\.co | youtu\.be | goo\.gl | bit\.ly
    | (?: [a-z0-9.\-]{1,80} \. )?                             # of any country, or all content
      (?: (?: amazon | bing | ebay | google | yahoo ) \. (?: co | com )? \.? [a-z]{2}
        | (?: google [a-z\-]{2,20} | [a-z0-9\-]{1,20} -analytics | [0-9]{2,8} | img [0-9]{2,8}
            | [a-z0-9]{0,10} cdn [a-z0-9]{0,5} | [a-z]{1,6} static | [a-z]{1,6} imgs? )
          \. (?: com | cn | io | net | org ) (?: \.cn )? )
    """,
    re.VERBOSE,
)


def host_name(value: str) -> bool:
    """Tell whether a text after a word such as `host=` can name somebody's machine.

    Args:
        value: the name, without port.

    Returns:
        Whether it is neither the local machine, a public service, an address, a number, a word of
        a sentence, an expression nor a template.

    >>> host_name("lab-gpu01"), host_name("memory"), host_name("pypi.org"), host_name("localhost")
    (True, False, False, False)
    """
    name = value.casefold()
    if len(name) > _LONGEST or name in _LOCAL or name in _WORDS or not _TEMPLATE.isdisjoint(name):
        return False
    if _LETTER.search(name) is None or _HEX.fullmatch(name) or _VERSION.fullmatch(name):
        return False
    return _CODE.fullmatch(value) is None and not _public(name)


def _public(name: str) -> bool:
    """Tell whether a name is of a service that everybody uses."""
    labels = name.removesuffix(".").split(".")
    for _ in range(_MOST_ENDINGS):
        if labels[-1] in _ENDINGS and len(labels) > 1:
            labels.pop()
            if labels[-1] in _PUBLIC:
                return True
    return _SERVICE.fullmatch(name) is not None
