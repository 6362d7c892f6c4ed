"""
Names that systems, images and routers give by themselves: of hosts, domains, accounts and packages.

`raspberrypi` says what a machine is, and of whom nothing. A name with something random in it, such
as `DESKTOP-A1B2C3D`, belongs to one machine alone and is none of these.

Promise: only names on the lists, alone or with a number or a local domain behind, are refused.
"""

from __future__ import annotations

import re
from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.user_name import account_name
from scrubber.validators.words import words

_HOSTS: Final = words(
    """
    alpine archlinux buildkitsandbox centos centos7 centos8 clr codespaces colab debian docker
    docker-desktop ec2 fedora gentoo gitpod google imac jetson jetson-nano jetson-orin jupyter
    kaggle kali kubernetes lima-default linux linux-server linuxkit-vm localhost mac mac-mini
    mac-pro macbook macbook-air macbook-pro macmini manjaro manjaro-linux minikube mint mylaptop
    mypc nixos octopi opensuse orangepi pop-os proxmox pve raspberry raspberrypi raspbian redhat
    rhel rocky rockylinux runsc slax synology truenas ubnt ubuntu ubuntu-desktop ubuntu-server
    ubuntu-vm vagrant virtualbox win-server win10 win11 windows wsl wsl2
    """
)
# What a machine is for. With a number behind it, it is one of several, and somebody's.
_KINDS: Final = words(
    """
    arch bastion box buildhost client computer container core cpu default desktop devbox gateway
    gpu guest head headnode home host hostname ip laptop login machine master master-node
    my-computer nas new-host node notebook pc photon rock router runner sandbox server user-pc
    vm void worker workstation
    """
)
# What a compose file calls its machines: what runs on them.
_SERVICES: Final = words(
    """
    api app backend broker cache clickhouse db elasticsearch etcd flower frontend grafana kafka
    keycloak kibana localstack mailhog mariadb memcached minio mlflow mongo mongodb mysql nginx
    opensearch pgadmin postgres postgresql prometheus proxy qdrant rabbitmq redis registry selenium
    sentry traefik triton web zookeeper
    """
)
# What has releases: python3 and cuda12 are no names of anybody.
_RELEASED: Final = words(
    """
    boost clang cmake conda cuda cudnn debian fedora gcc go java jdk jre julia libc libtorch linux
    llvm lua mkl mpi mysql nccl nodejs numpy ocaml onnx opencl opencv openmp openssl pandas
    perl php pip postgres py pypy python pytorch qt r rhel ruby rust scala sqlite tensorflow
    tensorrt torch ubuntu vulkan windows
    """
)
# cluster.local, fritz.box and the like; a router gives its house none but such a domain.
_DOMAINS: Final = words(
    """
    arpa box cluster.local compute.internal corp domain ec2.internal fritz.box home home.arpa
    internal intranet lan local localdomain localnet router svc.cluster.local
    """
)
_WINDOWS_DOMAINS: Final = words("azuread builtin mshome msft nt-authority workgroup")

# MacBook-Pro-2, Mac-mini.local, ubuntu-22-04, ip-10-0-0-1, vm-1
_NUMBERED: Final = lazy_pattern(r"[-_.]?[0-9]{1,3}(?:[-_.][0-9]{1,3})?")
_CLOUD: Final = lazy_pattern(
    r"ip-[0-9]{1,3}(?:-[0-9]{1,3}){3}|(?:jetson|macbook|mac|ubuntu|debian|win)(?:-[a-z]{2,4})?"
)

_PACKAGES: Final = words(
    """
    accelerate aiohttp airflow albumentations apex audiocraft auto-gptq autogluon av
    bitsandbytes bokeh boto3 botocore catboost celery cellpose chainer coco-api colossalai
    coremltools cuda-python cupy cv2 cython dask datasets deepspeed detectron2 diffusers dinov2
    django docker einops evaluate facenet-pytorch fairseq faiss fastai fastapi fire flash-attn
    flask flax fsspec ftfy gensim gradio grpc gunicorn gymnasium h5py haystack horovod httpx
    huggingface-hub hydra-core hydra-zen imageio imgaug insightface ipykernel ipython jax jaxlib
    jinja2 joblib jupyter jupyterlab keras kornia langchain librosa lightgbm lightning
    lightning-fabric lightning-utilities llama-cpp-python llama-index loguru matplotlib megatron
    mlflow mmaction2 mmcv mmdet mmengine mmpose mmpretrain mmsegmentation monai mxnet nemo
    neptune networkx nibabel nltk notebook numba numpy nvidia-cublas nvidia-cudnn omegaconf onnx
    onnxruntime open-clip open3d openai opencv-python optuna paddle paddlepaddle pandas peft
    pillow plotly polars prefect protobuf pyarrow pycocotools pydantic pydicom pytest pytorch
    pytorch-lightning pytorch3d pyyaml ray recbole requests rich roboflow safetensors
    scikit-image scikit-learn scipy seaborn segment-anything segmentation-models-pytorch
    sentence-transformers sentencepiece sentry-sdk setuptools shap simpleitk skimage sklearn
    spacy spacy-transformers stable-baselines3 statsmodels streamlit supervision sympy
    tensorboard tensorflow tensorflow-datasets tensorrt tflearn thop tiktoken timm tokenizers
    torch torchaudio torchmetrics torchtext torchvision tqdm transformer-engine transformers
    tritonclient trl typer ultralytics umap-learn unstructured urllib3 uvicorn vllm wandb
    werkzeug xformers xgboost yolov5 yolox
    """
)


# What else is in reports under a name that people give to machines: chips, and libraries in paths.
_PRODUCTS: Final = words(
    """
    athlon elmo geforce gtx jupiter kepler loki nelder nesterov quadro radeon rtx ryzen
    threadripper thunderbolt
    """
)


def default_host(name: str) -> bool:
    """Tell whether a host's name is one that systems and images give.

    >>> [default_host(one) for one in ("raspberrypi", "MacBook-Pro-2.local", "DESKTOP-A1B2C3D")]
    [True, True, False]
    """
    plain = name.casefold().strip(".")
    label, _, domain = plain.partition(".")
    if domain and not default_domain(domain):
        return False
    if plain in _DOMAINS or label in _HOSTS or _CLOUD.fullmatch(label):
        return True
    if label.removeprefix("my").lstrip("-_") in _KINDS | _SERVICES:
        return True
    number = re.search(rf"{_NUMBERED.pattern}\Z", label)
    return number is not None and label[: number.start()] in _HOSTS


def default_domain(name: str) -> bool:
    """Tell whether a domain is one that routers, clouds and systems give.

    >>> default_domain("lan"), default_domain("WORKGROUP"), default_domain("example.edu")
    (True, True, False)
    """
    plain = name.casefold().strip(".").replace(" ", "-")
    if plain in _DOMAINS or plain in _WINDOWS_DOMAINS:
        return True
    # eu-west-1.compute.internal: a region of a cloud.
    return re.fullmatch(r"[a-z0-9\-]{1,30}\.compute\.internal", plain) is not None


def default_account(name: str) -> bool:
    """Tell whether an account is one that systems, images and documentation create.

    >>> default_account("ubuntu"), default_account("www-data"), default_account("jdoe")
    (True, True, False)
    """
    return not account_name(name)


def release(word: str) -> bool:
    """Tell whether a word with a number behind it is a version of software.

    >>> release("python"), release("worker")
    (True, False)
    """
    return word.casefold() in _RELEASED


def known_package(name: str) -> bool:
    """Tell whether a name is that of a package many install, however it is spelled.

    >>> known_package("scikit_learn"), known_package("PyTorch"), known_package("jdoe")
    (True, True, False)
    """
    return name.casefold().replace("_", "-").replace(".", "-") in _PACKAGES | _PRODUCTS
