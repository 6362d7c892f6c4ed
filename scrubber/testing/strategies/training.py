"""
Lines of training runs, of which nearly all must come back as they were.

A scrubber that takes `x[1::2]` for an address or a shape for a card is of no use to who trains a
model, so most lines here hold nothing to remove; some name a person's folder, page or key.

Promise: a line without a planted value stays, byte for byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scrubber.testing.strategies.slots import slots
from scrubber.testing.strategies.templates import samples

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from scrubber.testing.planting import Sample

CLEAN: Final = (
    "epoch {line}/300 step {step} loss={loss} lr=1.0e-03 grad_norm={loss}",
    " {percent}%|###7      | {n}/9999 [00:12<00:34, 103.41it/s, loss={loss}]",
    "\r{percent}%|\u2588\u2588\u2588\u258b      | {n}/9999 [{clock}<00:34,  1.02s/it]",
    "      {line}/300      4.12G     {loss}     {loss}     {loss}        {n}        640: 100%",
    "                 all       {n}       {n}      {loss}      {loss}      {loss}      {loss}",
    "input torch.Size([{line}, 3, 640, 640]) -> torch.float32 cuda:0",
    "RuntimeError: shape '[{line}, 255, 80, 80]' is invalid for input of size {n}",
    "x = img[..., ::-1][1::2]; y = q@k.transpose(-2, -1) * {loss}",
    "torch 2.1.0.1 CUDA:0 (NVIDIA A100-SXM4-40GB, 40536MiB) driver 535.104.5.1",
    "tokenizer: vocab={step} pad_token_id=0 model_max_length=512",
    "Model summary: {n} layers, {step} parameters, {step} gradients, 8.2 GFLOPs",
    "lr: 0.01\nbatch: {line}\noptimizer: AdamW\nseed: {n}",
    "{{'box_loss': {loss}, 'cls_loss': {loss}, 'epoch': {line}}}",
    "wandb: \U0001f680 View run at step {step}",
    "[{clock}] rank 0: all_reduce took {n} us, NCCL version 2.18.1+cuda11.8",
    "<PIL.Image.Image image mode=RGB size=640x480 at {hex}>",
    "mAP@50 {loss} mAP@50-95 {loss} fitness {loss}",
    "val: Scanning labels.cache... {n} images, {line} backgrounds, 0 corrupt: 100%",
    "GPU 0: {n} MiB / 40536 MiB, {percent}%, temperature {line}",
)
"""Lines that hold nothing to remove."""

NAMED: Final = (
    "Saving checkpoint to {path} at step {step}",
    "train: data={path}, epochs=300, batch={line}, imgsz=640",
    "wandb: Currently logged in as: {user}",
    "HfHubHTTPError: 401 for token {key} at step {step}",
    "W0131 {clock} worker.py:{line}] lost node {ip} at step {step}",
    "MLflow: notify {email} when loss < {loss}",
    "tensorboard --logdir {path} --port {n}",
)
"""Lines that name somebody."""


def ml_log_lines() -> SearchStrategy[Sample]:
    """Give progress bars, losses, shapes, tables, dumps of settings: most with nothing planted.

    Returns:
        Each with what stays; of a line that holds nothing to remove that is the whole line.

    >>> from hypothesis import find
    >>> one = find(ml_log_lines(), lambda one: one.content.startswith("epoch"))
    >>> one.planted, one.stays == (one.content,)
    ((), True)
    """
    return samples((*CLEAN, *NAMED), slots())
