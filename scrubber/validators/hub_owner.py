"""
Who owns a model, a data set or a run on a hub: a person, or an organisation all know?

`hf://meta-llama/x` says which model ran, which helps whoever debugs. `hf://jane/x` names Jane. Hubs
do not tell the two apart, so the list holds organisations whose models and data many use, and the
pages that stand where owners do.

Promise: names on the list, words for things and names of accounts of systems are refused, in any
case.
"""

from __future__ import annotations

from typing import Final

from scrubber.validators.account import personal_account
from scrubber.validators.technical import parts_of, technical
from scrubber.validators.words import words

_KNOWN: Final = words(
    """
    01-ai abacusai adept ai-forever ai21labs ai4bharat alibaba-nlp allenai amazon anthropic apple
    argilla baai baidu bigcode bigscience black-forest-labs bofenghuang briaai bytedance camembert
    cardiffnlp cerebras cl-tohoku codellama cohere cohereforai coherelabs comet common-voice compvis
    cross-encoder cyberagent dagshub databricks datasets deepfloyd deepmind deepseek-ai deepset
    distilbert dmis-lab dslim eleutherai elyza espnet facebook facebookai fastai flair fnlp google
    google-bert google-t5 gorilla-llm gryphe helsinki-nlp hf-audio hf-internal-testing huggingface
    huggingfacefw huggingfaceh4 huggingfacem4 huggingfacetb hustvl ibm ibm-granite idea-ccnl impira
    instructor intel internlm intfloat jax-ml jhu-clsp jinaai julien-c kaggle kakaobrain keras
    keras-io keras-team kyutai laion laion-ai lightning lightning-ai liuhaotian llamafactory
    llava-hf lmms-lab lmstudio-community lmsys madebyollin meta meta-llama meta-research microsoft
    minimaxai mistral-community mistralai mit mixedbread-ai mlfoundations mlx-community mnist
    modelscope monologg mosaicml myshell-ai nateraw naver nbroad neptune neuralmagic nlptown
    nomic-ai nousresearch nttdata nvidia ollama open-llm-leaderboard open-mmlab openai
    openai-community openassistant openbmb opengvlab openlm-research openmmlab opennlplab openslr
    optimum oshaughnessy parler-tts patrickvonplaten peft-internal-testing philschmid playgroundai
    prajjwal1 princeton-nlp prompthero pyannote pygmalionai pytorch qdrant qwen redhatai rinna
    roboflow runwayml salesforce sam-lowe samsung segmind sentence-transformers shenzhi-wang
    smangrul snowflake sony speechbrain sshleifer stability-ai stabilityai stanford stanfordnlp
    stepfun-ai suno superb t-bank-ai tatsu-lab tencent tensorflow tensorflow-datasets thebloke thudm
    tiiuae timbrooks timm together togethercomputer transformers trl-internal-testing typeform uciml
    uclanlp uer ultralytics unbabel unc-nlp unsloth unstructured upstage uw-madison vicgalle vikhr
    vinai wandb wikimedia writer xai-org xlabs-ai xlnet yandex zai-org zhipuai zillow zyphra
    """
)
_PAGES: Final = words(
    """
    about account api apps authorize blog brand c careers challenges chat code collections compare
    competition competitions contact copilot course courses dashboard datasets discord discussions
    docs enterprise explore fully-connected guest home host i inference jobs join kernels landing
    learn login logout me models new notebooks notifications oauth onboarding organizations orgs
    papers posts preview pricing privacy product progression qr quickstart rankings register resolve
    search security settings signup site solutions spaces static stats status support tasks terms
    tos tpu trending usage user users welcome whats-new work workspaces
    """
)
_LONGEST: Final = 200


def hub_owner(value: str) -> bool:
    """Tell whether the owner of something on a hub can be a person or a team.

    Args:
        value: the first part of `owner/name`.

    Returns:
        Whether it is no well-known organisation, no page and no word for things.

    >>> hub_owner("jane-doe"), hub_owner("meta-llama"), hub_owner("datasets")
    (True, False, False)
    """
    value = value[:_LONGEST]
    name = value.casefold()
    if name in _KNOWN or name in _PAGES or not personal_account(name):
        return False
    return not all(technical(part) for part in parts_of(name))
