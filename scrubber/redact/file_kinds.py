"""
What a file is, told by its name: code, data, or a thing that shows people.

Whoever debugs needs the names of source files, and a stack trace without them is worth nothing; the
names of data files are where patients and customers stand. A suffix that is on no list is none:
`jane.doe` is a name, not a file of kind `doe`.

Promise: linear time in the length of the name; any string is answered.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from scrubber.lazy import lazy_pattern
from scrubber.validators.personal_file import personal_file
from scrubber.validators.technical import parts_of, technical
from scrubber.validators.words import words

_CODE: Final = words(
    """
    a aab ac am apk app appex appimage asm awk bash bat bazel bundle bzl c cc cfg cjs cl class clj
    cmake cmd coffee comp conf config cpp cs csh csproj css cts cu cubin cuf cuh cxx cython d dart
    deb dll dockerfile dsym dylib editorconfig egg el elf elm env erl ex exe exs f f03 f08 f77 f90
    f95 fatbin fish for frag framework fs fsx fxml gd glsl go gradle graphql groovy h hcl hh hlsl
    hpp hrl hs hxx i idl in inc ini inl ipa ipp ipynb j2 jar java jl js json json5 jsonc jsx kext ko
    ksh kt kts less lib lisp lock lua m m4 mak make map metal mjs mk ml mli mm mod msi mts nim ninja
    nix nu o pas pc pdb php phtml pl plist pm po podspec pri pro prof properties proto ps1 psd1 psm1
    ptx pxd pxi py pyc pyd pyi pyo pyproj pyw pyx pyz r rake rb resx rpm rs rsp ruleset sass scala
    scm scss service sh sln so sol spec sql st sv svelte swift tcl tcss tf tfvars thrift timer tmpl
    toml tpl ts tsx unit v vb vbs vcxproj vert vhd vim vue wasm whl xaml xcarchive xcconfig
    xcodeproj xctest xcworkspace xsd xsl yaml yml zig zsh zsh-theme
    """
)
# Settings are read like code, and written for each patient or customer like data.
_SETTINGS: Final = words("cfg conf ini json json5 jsonc plist properties sql toml yaml yml")
# What shows, tells or sounds of people. Their stems never stay.
_PERSONAL: Final = words(
    """
    3gp aac aiff amr ape arw avi avif bdf bids bmp cda cr2 cr3 czi dcm dib dic dicom djvu dng doc
    docm docx dot dotx e2e ecg edf eeg emf eml eps epub fda fif flac flv gdf gif gipl hdr hea heic
    heif hl7 ico ima img jfif jp2 jpe jpeg jpg jpx key lif m2ts m4a m4b m4v mgh mgz mha mhd mid midi
    mkv mnc mobi mov mp2 mp3 mp4 mpeg mpg mrxs msg mts ndpi nef nhdr nii nrrd numbers odg odp ods
    odt oga ogg ogv opus orf ost pages pbm pcx pdf pgm png pnm pot potx ppm pps ppsx ppt pptx ps psd
    pst pub rar raw rec rtf rw2 scn scp sgi sr2 svg svs tak tck tga tif tiff trk vcard vcf vhdr vmrk
    vob vsd vsdx wav webm webp wma wmf wmv wpd wps xcf xls xlsb xlsm xlsx xmp xps
    """
)
_DATA: Final = words(
    """
    7z apk arff arrow asc ass avro bak bam bcif bed bin blend bz2 cache caffemodel cer cert chk cif
    ckpt conll conllu cram crt csv ctm dat data db db3 dbf deb dict dmg dmp dot dump egf engine err
    etl eventlog evtx exr fa faiss fasta fastq fbx feather fits fna fq gb geojson gff ggml gguf glb
    gltf gml gpg gpkg gpx grib gro gtf gz h5 har hdf hdf5 htm html ics idx index ipc iso joblib
    jsonl jsonld keras kml kmz las laz lb lmdb log lz4 lzma mar mat mbox md mdb mdf meta mf mhtml
    mif mlmodel mmap model moov mpk msgpack mtl mtx nc ndjson net netcdf neu nfo nib npy npz
    nsys-rep ntuple obj off one onnx orc ori out p12 parquet pb pbtxt pcap pcapng pcd pck pcm
    pdiparams pdmodel pdparams pem pfx pickle pid pk pkl plan ply prv pt pte pth qgs qrep rda rdata
    rdb rds reg rels rep root rpm rst safetensors sam sas7bdat sav save sgf shp shx sig sl sock sps
    sqlite sqlite3 srt stats stl str sub sum swp t7 tab tar tbz tbz2 tex tfevents tflite tfrecord
    tfrecords tgz tim tmp toc torrent tps train trt tsv txt txz usd usda usdc usdz vec vocab vtk vtp
    vtt vtu warc wds weights wkt wrl xmi xml xyz xz yuv z zarr zip zst
    """
)
# A packed file is what it was before: x.nii.gz is an image of a patient.
_PACKED: Final = words("bz2 gz lz4 lzma xz z zst br")
_ARCHIVES: Final = words("egg jar pyz whl zip")
_NAMES: Final = words(
    """
    .bash_aliases .bash_history .bash_logout .bash_profile .bashrc .clang-format .clang-tidy
    .condarc .coveragerc .dockerignore .editorconfig .env .eslintrc .flake8 .gdbinit .gitattributes
    .gitconfig .gitignore .gitmodules .inputrc .netrc .npmrc .pdbrc .prettierrc .profile .pylintrc
    .pypirc .python-version .tmux.conf .vimrc .wgetrc .zprofile .zsh_history .zshenv .zshrc build
    cargo.lock changelog cmakelists.txt codeowners configure constraints.txt containerfile
    dockerfile gemfile gnumakefile go.mod go.sum jenkinsfile justfile license makefile meson.build
    notice procfile py.typed rakefile readme requirements-dev.txt requirements.txt sconstruct
    snakefile top_level.txt vagrantfile wscript
    """
)
# What checkpoints and runs are called besides.
_STEMS: Final = words(
    """
    abs acc accelerate acceleration accuracy adamw all amp ann annotation annotations auc authorized
    batches bbox bboxes best bf blk blks bpe bs caption captions ckpt class coef coefs col cols
    confusion consolidated convert curve curves datamodule dev dfs dict dim dims dropout dsa ecdsa
    ed ema emb embeddings enc epochs est eval fold folds fp generation gnupg grads hidden hist
    history hostedtoolcache hosts hparams idx index indices inf iou ious keypoints known labels
    latents lightning logit logits loss losses lr map merges meta metric mid mse net num nums of
    optimizer optimizers param params pca pretrained prob probs qkv rank ranks recall rng roc
    rollout rsa scaler sched scheduler score scores sgd shard shards spiece ssh state states std
    step steps student subdir subdirs swa sweep tb teacher test thr tmp tokens trainval vae val
    vocab warmup weight weights wts yolo zarr
    """
)
_SUFFIX: Final = lazy_pattern(r"\.(?P<name>[A-Za-z0-9][A-Za-z0-9_\-]{0,15})\Z")
# A library's version, the number of a rotated log, an anchor behind a page, a backup's mark.
_TAIL: Final = lazy_pattern(r"(?:\.[0-9]{1,10}){1,4}\Z|[#~][\w\-]{0,64}\Z", re.ASCII)
_FEWEST_LETTERS: Final = 3
_FEWEST_NAMES: Final = 2
_LONGEST: Final = 512

CODE: Final = "code"
PERSONAL: Final = "personal"
DATA: Final = "data"
NONE: Final = ""


class FileKind(NamedTuple):
    """What a file is.

    Attributes:
        kind: CODE, PERSONAL (media, medical images, documents), DATA, or NONE: no known suffix.
        stem: how many characters its name has before the suffix.
    """

    kind: str
    stem: int


def file_kind(name: str) -> FileKind:
    """Tell what a file is.

    Args:
        name: the last segment of its path, plain.

    Returns:
        Its kind and the length of its stem in code points.

    >>> file_kind("train.py"), file_kind("scan.nii.gz"), file_kind("jane.doe")
    (FileKind(kind='code', stem=5), FileKind(kind='personal', stem=4), FileKind(kind='', stem=8))
    """
    folded = name.casefold()
    if len(name) > _LONGEST:
        return FileKind(NONE, len(name))
    if folded in _NAMES:
        return FileKind(CODE, len(name))
    cut = _TAIL.search(name)
    suffix = _SUFFIX.search(name)
    end = len(name)
    if cut and (suffix is None or suffix["name"].isdecimal() or not _known(suffix["name"])):
        end = cut.start()
        suffix = _SUFFIX.search(name, 0, end)
    if suffix is None or not suffix.start() or not _known(suffix["name"]):
        return FileKind(NONE, len(name))
    last = suffix["name"].casefold()
    if last in _PACKED:
        inner = _SUFFIX.search(name, 0, suffix.start())
        if inner and inner.start() and (_known(inner["name"]) or inner["name"] == "tar"):
            return FileKind(_kind(inner["name"].casefold(), packed=True), inner.start())
    return FileKind(_kind(last), suffix.start())


def archive(name: str) -> bool:
    """Tell whether a name is of an archive that programs are run from.

    >>> archive("app.zip"), archive("app.py")
    (True, False)
    """
    return name.rpartition(".")[2].casefold() in _ARCHIVES and "." in name[1:]


def all_technical(name: str) -> bool:
    """Tell whether all words of a name are words for things, or it only counts.

    >>> all_technical(".cache"), all_technical("best_model-2"), all_technical("jane_best")
    (True, True, False)
    """
    return len(name) <= _LONGEST and all(
        word.casefold() in _STEMS or technical(word) for word in parts_of(name)
    )


def says_nothing_of_anyone(stem: str) -> bool:
    """Tell whether the stem of a data file may stay: words for things, three letters or more.

    >>> says_nothing_of_anyone("best"), says_nothing_of_anyone("x"), says_nothing_of_anyone("jane")
    (True, False, False)
    """
    letters = sum(map(len, parts_of(stem[:_LONGEST])))
    return letters >= _FEWEST_LETTERS and all_technical(stem)


def settings_of_someone(name: str) -> bool:
    """Tell whether a file of settings is named by a person: a given name beside another word.

    >>> settings_of_someone("john_smith.yaml"), settings_of_someone("john_smith.py")
    (True, False)
    >>> settings_of_someone("jane.yaml"), settings_of_someone("coco.yaml")
    (False, False)
    """
    stem, _, suffix = name[-_LONGEST:].rpartition(".")
    if suffix.casefold() not in _SETTINGS:
        return False
    return len(parts_of(stem)) >= _FEWEST_NAMES and personal_file(stem)


def _known(suffix: str) -> bool:
    folded = suffix.casefold()
    return folded in _CODE or folded in _PERSONAL or folded in _DATA


def _kind(suffix: str, *, packed: bool = False) -> str:
    if suffix in _PERSONAL:
        return PERSONAL
    return CODE if suffix in _CODE and not packed else DATA
