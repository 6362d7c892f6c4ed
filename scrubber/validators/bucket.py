"""
Names of buckets: somebody's, or everybody's, or a word of documentation?

A bucket's name is unique in the world and most often holds its owner's: a person, a company. That
names somebody as an address does. Public data sets and placeholders of documentation name nobody.

Promise: buckets of the lists, names that are made of words for things only and numbers are
refused, in any case.
"""

from __future__ import annotations

from typing import Final

from scrubber.lazy import lazy_pattern
from scrubber.validators.given_names import given_name
from scrubber.validators.technical import technical
from scrubber.validators.words import words

# https://registry.opendata.aws, https://cloud.google.com/storage/docs/public-datasets
_PUBLIC: Final = words(
    """
    1000genomes albert_models allen-brain-observatory amazon-reviews-pds amazonlinux apache-mxnet
    arxiv aws-bigdata-blog aws-glue-studio-transforms awscli awsiammedia bert_models big-vision
    big_transfer brats cellpainting-gallery chromium-browser-snapshots cloud-samples-data
    cloud-samples-tests cloud-tpu-checkpoints commoncrawl copernicus-dem covid19-lake cpg-public
    dataflow-templates dev-static.pytorch.org dl.fbaipublicfiles.com download.magenta
    download.pytorch.org download.tensorflow.org ecmwf-era5 elasticmapreduce fast-ai-coco
    fast-ai-imageclas fast-ai-imagelocal fast-ai-nlp fast-ai-sample flax_public gatk-best-practices
    gatk-legacy-bundles gbif-open-data gdelt-open-data genomics-public-data gnomad gnomad-public
    gresearch ieee-dataport img-datasets jax-releases jax-tpu-releases kubernetes-jenkins
    kubernetes-release laion laion-400m landsat-pds libtpu-releases libtpu-wheels magentadata
    mediapipe-assets mediapipe-models mlperf-public mnist mosaicml-internal nasa-nex nasanex
    ncbi-sra noaa nyc-tlc nyu-mll objectron open-images-dataset open-neurodata openaipublic
    openneuro.org overturemaps-us-west-2 pmc-oa-opendata pytorch pytorch-lightning
    pytorch-xla-releases quickdraw_dataset runpod sagemaker-sample-files sdxl-models sentinel-cogs
    sentinel-s1-l1c sentinel-s2-l1c sentinel-s2-l2a softwareheritage spacenet-dataset
    sra-pub-run-odp storage t5-data tensorflow tensorflow-nightly tensorflow-nlp tfds-data
    tfhub-lite-models tfhub-modules tpu-pytorch uberdata us-docker usgs-landsat usgs-lidar-public
    vision-models vit_models waymo_open_dataset wikimedia
    """
)
# Owners whose buckets are public, by how these begin.
_PUBLIC_PREFIXES: Final = (
    "ai2-",
    "allenai-",
    "amazon-",
    "amazoncloudwatch-",
    "amzn-s3-demo-",
    "aws-",
    "deepmind-",
    "gcp-public-data-",
    "huggingface",
    "jumpstart-cache-",
    "kaggle-",
    "models.huggingface.",
    "nasa-",
    "noaa-",
    "openimages",
    "sagemaker-sample-",
    "sentinel-",
    "tensorflow-",
)
_ACCOUNT_NUMBER: Final = lazy_pattern(r"(?<![0-9])[0-9]{12}(?![0-9])")
# S3 allows 63 characters, others up to 222.
_LONGEST: Final = 255
_DIVIDERS: Final = lazy_pattern(r"[.\-_]+")
# What documentation and settings call buckets; regions stand in many names.
_GENERIC: Final = words(
    """
    accountname acme airflow amazonaws ap artifact athena backend beanstalk billing blah bronze
    bucketname ca central chrome cloud cloudfront cloudtrail codepipeline com containername contoso
    cur dataflow datalake delta east elasticbeanstalk elb eu fabrikam firehose flink gold history
    hudi iceberg kinesis laion lambda landing maxtext me mwaa my mybucket mycontainer mydata
    mystorage mystorageaccount name no north northeast northwest of on openalex org parquet
    placeholder presto public raw redshift sa sagemaker silver snowflake some south southeast
    southwest spark storageaccount terraform tfstate the this tpu us waf west xx xxx yourbucket
    """
)


def bucket_name(value: str) -> bool:
    """Tell whether a bucket or an account of storage is somebody's.

    Args:
        value: its name.

    Returns:
        Whether it is not public and has a part that is no word for things; numbers of accounts
        are somebody's always.

    >>> bucket_name("jane-bucket"), bucket_name("my-bucket"), bucket_name("commoncrawl")
    (True, False, False)
    """
    name = value[:_LONGEST].casefold()
    if _ACCOUNT_NUMBER.search(name):
        return True
    if name in _PUBLIC or name.startswith(_PUBLIC_PREFIXES):
        return False
    parts = [part for part in _DIVIDERS.split(name) if part]
    return any(given_name(part) or not _generic(part) for part in parts)


def _generic(part: str) -> bool:
    return technical(part) or part in _GENERIC
