"""
The classes of bulk data that are known by name, and what may be read of each.

A class is known by the first word of its module and its own name, anywhere among the classes an
object's class is made of: so no library is imported, and a subclass of an array is one.

What is read was chosen for each: a type, a shape and a device that stand in memory. Nothing is read
of what would open a file, take a library's lock, run a query or wait for a device.

Promise: a summary holds names of classes and types, plain numbers of dimensions, and nothing else.
"""

from __future__ import annotations

from typing import Any, Final

from scrubber.integrations.sentry.class_facts import (
    MISSING,
    Name,
    class_name,
    full_name,
    mro,
    own_dict,
    read,
)
from scrubber.lazy import lazy_pattern

_NOTHING: Final = ""
_SHAPE: Final = "shape"
_TYPED: Final = "dtype shape"
_PLACED: Final = "dtype shape device"

_READS: Final = {
    _PLACED: "torch.Tensor torch.TensorBase",
    _TYPED: """
        cupy.ndarray dask.Array jax.Array jax.Tracer jaxlib.Array jaxlib.ArrayImpl keras.Variable
        mlx.array numpy.ndarray pandas.Index pandas.Series polars.Series scipy._data_matrix
        scipy._spbase sparse.SparseArray tensorflow.EagerTensor tensorflow.SymbolicTensor
        tensorflow.Tensor tensorflow.Variable
    """,
    "mode size": "PIL.Image",
    "typecode": "array.array",
    _SHAPE: "pandas.DataFrame polars.DataFrame pyarrow.RecordBatch pyarrow.Table",
    # Reading even a shape of these may open a file, take a lock, compute, or show people.
    _NOTHING: """
        SimpleITK.Image _ctypes.Array _duckdb.DuckDBPyRelation _io.BytesIO dask.Bag dask.DataFrame
        dask.Series datasets.Column dbm._Database django.QuerySet duckdb.DuckDBPyRelation
        fitz.Pixmap h5py.AttributeManager h5py.Dataset h5py.HLObject h5py.ItemsViewHDF5
        h5py.KeysViewHDF5 h5py.ValuesViewHDF5 mmap.mmap mxnet.NDArray
        netCDF4.Dataset netCDF4.Variable nibabel.SpatialImage numpy.NpzFile
        numpy.VoidDType numpy.dtype[void] numpy.void paddle.Tensor
        pandas.ExtensionArray pandas.NDFrame polars.LazyFrame pyarrow.Array pyarrow.Buffer
        pyarrow.ChunkedArray pyarrow.Scalar pydicom.DataElement pydicom.Dataset pydicom.MultiValue
        pydicom.Sequence pymupdf.Pixmap pyspark.DataFrame pyvips.Image shapely.BaseGeometry
        shelve.Shelf tables.Node tensorflow.RaggedTensor tensorflow.SparseTensor tinygrad.Tensor
        torch.StorageBase torch.TypedStorage torch.UntypedStorage vtkmodules.vtkDataArray wand.Image
        xarray.DataArray xarray.DataTree xarray.Dataset xarray.Variable zarr.Array zarr.Group
    """,
}


def _table() -> dict[Name, tuple[str, ...]]:
    table = {}
    for fields, names in _READS.items():
        for name in names.split():
            root, _, own = name.partition(".")
            table[root, own] = tuple(fields.split())
    return table


_KINDS: Final = _table()
_PRIVATE: Final = frozenset({"_ctypes", "pyarrow"})
"""Roots whose classes are named after their length or their fields."""

_MOST_DIMS: Final = 8
_LARGEST: Final = 10**12
_DTYPE: Final = lazy_pattern(r"[A-Za-z][A-Za-z0-9_]{0,31}")
_DEVICE: Final = lazy_pattern(r"[a-z]{1,16}(?::[0-9]{1,3})?")
_MODE: Final = lazy_pattern(r"[A-Za-z0-9+;]{1,8}")
# The name of these in NumPy tells how long the longest string is.
_LETTERS: Final = {"S": "bytes", "T": "str", "U": "str", "V": "void"}
_TOLD_BY_TEXT: Final = frozenset({"pyarrow", "torch", "mlx"})


def kind_label(value: object) -> str | None:
    """Tell an object of a known class.

    Args:
        value: any object.

    Returns:
        Its class and what may be told, `<ndarray uint8 480x640x3>`, or None.

    >>> from array import array
    >>> kind_label(array("d", [1.5, 2.5])), kind_label({"a": 1})
    ('<array d 2>', None)
    """
    kind = type(value)
    for base in mro(kind):
        name = full_name(base)
        fields = _KINDS.get(name)
        if fields is not None:
            told = [_READERS[field](value, base) for field in fields]
            shown = class_name(base if name[0] in _PRIVATE else kind)
            return f"<{' '.join([shown, *filter(None, told)])}>"
    return None


def _dtype(value: object, base: type) -> str:
    try:
        return _dtype_name(read(value, base, "dtype"))
    except Exception:  # noqa: BLE001  # a type of its own making
        return ""


def _dtype_name(dtype: Any) -> str:  # noqa: ANN401
    if dtype is MISSING:
        return ""
    kind = type(dtype)
    root = full_name(kind)[0]
    if root == "numpy":
        # Never its text: fields of a structured type may be named after people.
        name = _LETTERS.get(dtype.kind) or dtype.name
    elif root in _TOLD_BY_TEXT:
        name = str(dtype).rpartition(".")[2]
    elif root == "polars":
        # `Struct({'name': String})`, `Enum(categories=[...])`: the first word.
        name = class_name(dtype if issubclass(kind, type) else kind)
    else:
        name = dtype if kind is str else read(dtype, kind, "name")
    found = _DTYPE.match(name) if type(name) is str else None
    return found[0] if found else ""


def _shape(value: object, base: type) -> str:
    return _dims(read(value, base, "shape"))


def _size(value: object, base: type) -> str:
    return _dims(read(value, base, "size"))


def _dims(shape: object) -> str:
    kind = type(shape)
    if full_name(kind) == ("tensorflow", "TensorShape"):
        shape = own_dict(shape).get("_dims")
        kind = type(shape)
    built_in: Any = next((one for one in (tuple, list) if issubclass(kind, one)), None)
    if built_in is None or built_in.__len__(shape) > _MOST_DIMS:
        return ""
    dims = list(built_in.__iter__(shape))
    if not all(type(one) is int and 0 <= one < _LARGEST for one in dims):
        return ""
    return "x".join(map(str, dims))


def _device(value: object, base: type) -> str:
    device = read(value, base, "device")
    if full_name(type(device)) != ("torch", "device"):
        return ""
    name = str(device)
    return name if _DEVICE.fullmatch(name) else ""


def _mode(value: object, base: type) -> str:
    mode = read(value, base, "mode")
    return mode if type(mode) is str and _MODE.fullmatch(mode) else ""


def _typecode(value: object, base: type) -> str:
    code = read(value, base, "typecode")
    array: Any = base
    return f"{code} {array.__len__(value)}" if type(code) is str and _MODE.fullmatch(code) else ""


_READERS: Final = {
    "device": _device,
    "dtype": _dtype,
    "mode": _mode,
    "shape": _shape,
    "size": _size,
    "typecode": _typecode,
}
