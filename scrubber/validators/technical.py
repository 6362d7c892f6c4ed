"""
Words that name folders, files and buckets by what they hold, not by whose they are.

`/scratch/jane` and `/scratch/tmp` have one form. The list holds what people who set up machines,
data sets and programs call things; a name made of such words names nobody.

Promise: `technical` is true only for words on the lists, in any case, with or without a number
behind them or a plural, and for names that only count.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.words import words

_WORDS: Final = words(
    """
    a abs account accounts actions active adapter adm admin agent agents ai alias all alpha alpine
    analysis analytics android anonymous ansible ant any apache api app appdata apple application
    apps archive archived archives area arm art artifact artifacts assets assistant at atlas attic
    audio audit auth auto automation aux avatar avatars aws azure back backend backup backups bar
    base bash batch baz bazel bench benchmark benchmarks beta big bin binaries binary bind blob
    block blog boot box branch brew browser bucket buckets bug bugs build builder builders building
    builds bulk bundle by c cache caches caffe calendar calib campaign captures car card cargo case
    catalog cd cdn cdrom cell cert certs cfg cgi chain change chart charts chat check checkout
    checkpoint checkpoints children chip chroot chunk ci class classes classic classifier cleanup
    cli client clients clone cloud cluster clusters cm cmake cmd coco code codebase collection
    collections college com command commit common community comp company compat compile component
    components compose compute conda conf config configs configuration connect console contact
    container containers content contents contract control controller convert copy core corpora
    corpus count coverage cpp cpu crash crashes crawler credentials cron cuda current custom
    customer customers d daemon daily dash dashboard dat data database databases datalake dataset
    datasets date day db dbfs de deb debian debug decoder decorator deep def default delta demo
    demos dep department deploy deployment deps design desktop desktops detect detection detector
    dev devel develop developer developers development device devices dialog diff dir direct
    directory dirs discriminator disk disks dist distro dl dns doc docker docs document documents
    domain down download downloads draft drive driver drivers drop dropbox ds dto dump dumps e edge
    editor ee eff efs eks elastic email embed embedding embeddings emr en encoder end engine
    ensemble entities entity env environment environments envs epoch error errors etc etl eval evals
    evaluation event events example examples exchange exec exp experiment experiments export exports
    ext extern external extra extract extracted f face faces factory faculty fail failed fast fastq
    fax feature features feed fetch fetcher field fig figs figure figures file files filter final
    finance finetune finetuned fit fix fixture fixtures flag flash floor flow flowers folder folders
    font fonts foo foobar forge fork form forms forum frame frames framework free from front
    frontend fs fsx ftp full func g game games gate gateway gcs gen general generated generator
    genome genomes genomics geo gfs git github gitlab global go gold google gpu gpus grad graph
    graphs green grid group groups grp guard guide h ha hadoop hand handler hash hdd hdf hdfs head
    heap heavy hello help helper here hf hive home homedir homepage homes hook host hosts hot hpc
    html http hub hugging huggingface id ids im image imagenet images img imgs import imports in
    inbox include includes incoming index inet inference info infra infrastructure init inner input
    inputs inst install installer instance institute int interactive interface intern internal
    internet io ios ipc iso issue item items iter jar jars java job jobs journal json jupyter k
    kaggle kernel kernels key keys kids kit kube kubernetes lab label labeled labels labs lake lang
    language large last latest launch law layer layout learn learning left legacy level lib lib64
    library libs license light limit line linear link linux list lists live llama llm llms load
    loader local lock lockfile log logger logging login logs long loop loss lost low lst lua m mac
    machine macos mail main maint make man manage management manager manual map maps market
    marketing mask masks mass master math matrix mean media medium mem member members memory merge
    mesh message messages meta metadata method metrics microsoft mid middle middleware migration
    mini minio mirror mirrors misc missing mix mixin ml mlflow mlops mnist mnt mobile mock mod mode
    model models module modules mon monitor monitoring mount mounts movie movies mp mpi multi music
    my n name names native nav net netlogon network new news next nfs night nightly nlp nobackup
    node nodes none noscrub notebook notebooks notes null num numpy nvidia nvme o obj object objects
    ocean ocr off office offline old on onnx ontology op open openai ops opt optim option options
    oracle orders org orig origin original os other out outbox output outputs overlay own owner p
    pack package packages page pages paper papers parallel param params parse parser part parts pass
    patch patches path paths payment pdf pdfs pending people perf perm permanent persistent person
    personal phase photo photos php pic pics picture pictures pid pip pipe pipeline pipelines pkg
    pkgs plain plan platform play plot plots plugin plugins point pool port portal pos post posts
    pre pred predict prediction predictions predictor prefix prep preprocess present presets preview
    prime print private privileged prj pro proc process processed processing prod product production
    products profile profiles prog program programs proj project projects promo proof proto protocol
    proxy ptmp pub public publish purge push py pypi pytest python pytorch q qa qc quality query
    queue quick quota qux r rack ram random rank rate raw ray rc react read reader readme ready real
    rec recent record recording recordings records recovery recycle reducer ref reference refs
    register registry release releases remote render repo report reports repos repositories
    repository request requests res research reserve reset resize resource resources rest restore
    restricted result results resume retail review rgb right roaming robotics root route router rpm
    rsync rules run runner running runs runtime rust s safe sale sales sample samples samsung
    sandbox save saved saves scan scanner scans scene scenes schema school science scr scraper
    scratch screen screenshot screenshots script scripts sd sdk search sec secret secure security
    seed segment selected self semantic sensor seq sequence sequences serializer server servers
    service services session sessions set sets setting settings setup share shared sharedata shares
    shell shop short show sim simple simulation simulations single site sites size slides slow slurm
    small smb snap snapshot snapshots sock socket soft software sol solution solutions some sort
    sound source sources space spack spark spec special speech split spool sports sql src ssd ssl st
    stable stack stage staging standard start startup stat state static station stats status std
    step steps stop storage store stores strategy stream streams structure style sub subject
    subjects submission submit suite summary super support survey swap sweep sync synthetic sys
    system systems sysvol t table tables tag tags tank target task tasks team teams tech temp
    template templates temporary tensor tensorboard tensorflow term test testing tests text tf theme
    thumb thumbnails thumbs tiles time title tmp to today todo token tokenizer tool toolchain
    toolkit tools top topic torch total town trace traces track tracker tracking train trained
    trainer training trains trans transfer transformer transformers transient trash tree trial
    trials true trunk tune tutorial tutorials tv txt type types u ui unit units university unknown
    unlabeled unpacked unused up update updates upgrade upload uploads url us usage usb user
    user-data users usr util utils v val valid validate validation value values var vault vector
    vendor vendors venv ver version versions video videos view views virtual vis vision vm vms voc
    vol volume volumes vpn w wandb warehouse warm weather web website weekly weight weights well
    wheel wheels widget wiki win window windows wip wks work worker workers workflow workflows
    working works workspace workspaces world wp wrapper write writer www x xml xyz y yaml yarn year
    yml yolo your yours z zip zone
    """
)

# What roots of file systems, projects and machines of computing centres are called.
_SITES: Final = words(
    """
    alps andes aurora bebop beegfs beluga betzy bridges cedar ceph cephfs cfs cori cosma cscratch
    daily daint dardel day delta discovery elja ember euler expanse fram frontera frontier fuse
    fusion gadi galileo gpfs graham hal hawk hemera home horeka isambard isilon jean jureca jusuf
    juwels karolina kebnekaise kestrel klemming large largework leonardo lichtenberg longterm lsf
    lumi lustre mahti marconi maxwell meluxina month narval niagara niflheim nobackup oak orion
    pawsey pbs perlmutter persist pfs polaris project puhti raid rivanna roihu saga scratch sd
    selene setonix sge shared sherlock shortterm sigma small snellius snic spruce stampede summit
    summitdev supercloud supermuc talon tetralith tier tigress turquoise userexternal week wice zay
    zeus
    """
)

# Words of data, models and methods that often name a folder.
_METHODS: Final = words(
    """
    ablation activitynet adapter ade alexnet alpaca alphafold anomaly apptainer argoverse atari
    attention ava bdd bert bev birds blendedmvs bloom bowtie brain carla cars celeba chess cifar
    cityscapes ckpt clip cnn codellama colmap commonvoice convnext covid crowd crowdhuman csv cub
    cuquantum cutlass datacomp ddp deeplab deepseek deepspeed densenet depth detectron detr
    diffusers diffusion digits dino distil docvqa dolly dolma dota dreambooth droid dtu dukemtmc
    efficientnet fairseq falcon fastai ffhq fineweb fish flan flickr flores flux food foundation
    fsdp fusion gan gans gaussian gemma gibson glue gpt gqa gradio gromacs grpo gsm habitat
    hellaswag hmdb humaneval hydra hypersim ilsvrc imagenet inception instruct ivf jax jit keras
    kinetics kitti kohya kubric lammps lerobot libero librispeech lightning llava lmsys lora lvis
    mamba mammography mask matterport megadepth megatron middlebury minigrid mistral mixtral mmdet
    mmdetection mmlab mmlu mobilenet moe mot motion msmarco mujoco namd nccl nemo nerf nerfstudio
    noise nuclei nuscenes oasst objects openhermes openimages openmm openwebtext opus orca pangeo
    pascal peft pets phi pile point policy pose procgen protein pubmed pypsa qlora quant quantized
    qwen rag rcnn redpajama refcoco replica resnet reward rlhf rna roberta robot robots roc rtdetr
    sam samtools scannet scipy sdxl seg segformer segmentation sentiment sft shakespeare shapenet
    sharegpt singularity sintel skeleton sklearn slam slimpajama speech splatting squad stable
    starcoder stl stylegan sun superpoint svhn swin tacotron taskonomy textual textvqa tiny trivia
    trl ucf ultrachat ultralytics unet unsloth vae vasp vehicles vgg vicuna visdrone vit vllm vocab
    voxceleb vqa waymo whisper wikitext wmt xgb xgboost xview yolact yolov zero
    """
)
# Algorithms carry surnames: Lucas-Kanade, Monte Carlo, Robert cross.
_ALGORITHMS: Final = words("kanade cross carlo euler gauss turing monte bayes markov hopkins")

_ALL: Final = _WORDS | _SITES | _METHODS | _ALGORITHMS

_PART: Final = lazy_pattern(r"[^\W\d_]+")
_NUMBERED: Final = lazy_pattern(
    r"[vxrVXR]?[0-9]{1,6}[a-zA-Z]{0,2}|(?=[0-9]*[a-f]+[0-9]+[a-f])[0-9a-f]{7,64}|[0-9_.\-]+"
)
# A letter and more digits is a number given to a person: u1234567.
_LONGEST_COUNT: Final = 4
_SHORTEST_PLURAL: Final = 4
# Two words in one: testdata, but no surname such as newman.
_SHORTEST_FIRST: Final = 3
_SHORTEST_SECOND: Final = 4
_LONGEST_FIRST: Final = 24
# openfoam, openalex: what is free is called so, and only one surname begins so.
_SHORTEST_OPEN: Final = 6
# mydata, mmseg, pytorch, tfmodels.
_PREFIXES: Final = ("my", "mm", "py", "tf")


def technical(name: str) -> bool:
    """Tell whether a name is one or two words for things, or only counts.

    Args:
        name: a word, with or without a number behind it.

    Returns:
        Whether it is on the lists, or a number, a version or a hash.

    >>> technical("scratch2"), technical("Runs"), technical("v3"), technical("jane")
    (True, True, True, False)
    """
    if _NUMBERED.fullmatch(name):
        return True
    word = name.casefold().rstrip("0123456789")
    if len(word) == 1 and len(name) > _LONGEST_COUNT:
        return False
    if _listed(word):
        return True
    starts = range(_SHORTEST_FIRST, min(len(word), _LONGEST_FIRST) - _SHORTEST_SECOND + 1)
    if word.startswith(_PREFIXES) and _listed(word[2:]):
        return True
    if word.startswith("open") and len(word) >= _SHORTEST_OPEN and word != "openshaw":
        return True
    return any(_listed(word[:at]) and _listed(word[at:]) for at in starts)


def _listed(word: str) -> bool:
    if word in _ALL:
        return True
    return len(word) > _SHORTEST_PLURAL and word[-1] == "s" and word[:-1] in _ALL


def parts_of(name: str) -> list[str]:
    """Give the runs of letters of a name, also those a capital begins.

    >>> parts_of("JaneDoe_run-2"), parts_of("T1_FLAIR")
    (['Jane', 'Doe', 'run'], ['T', 'FLAIR'])
    """
    return [word for run in _PART.findall(name) for word in _capitals(run)]


def _capitals(run: str) -> list[str]:
    """Divide a run of letters before each capital that follows a small letter."""
    cuts = [0]
    cuts += [at for at in range(1, len(run)) if run[at].isupper() and run[at - 1].islower()]
    return [run[start:end] for start, end in zip(cuts, [*cuts[1:], len(run)], strict=True)]
