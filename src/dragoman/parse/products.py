"""Matrix products by numpy's own library, on one thread.

A third of spaCy's time goes into matrix products. It makes them with BLIS, whose published build
has no kernels for current processors; the library that numpy brings (OpenBLAS, MKL) has them, and
is two to three times as fast on the small matrices of an article. thinc offers the choice
(`NumpyOps(use_blis=False)`). That library takes all cores unless told otherwise; Dragoman uses
cores by processes, so it is held to one thread while an article is parsed, and where that cannot be
done the pipeline stays as it is.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language

# Names under which builds of the library offer their number of threads: of numpy's wheels, of
# distributions with and without 64-bit integers, of MKL.
_GET_AND_SET = (
    ("scipy_openblas_get_num_threads64_", "scipy_openblas_set_num_threads64_"),
    ("scipy_openblas_get_num_threads", "scipy_openblas_set_num_threads"),
    ("openblas_get_num_threads64_", "openblas_set_num_threads64_"),
    ("openblas_get_num_threads", "openblas_set_num_threads"),
    ("MKL_Get_Max_Threads", "MKL_Set_Num_Threads"),
)


class Threads(NamedTuple):
    """How many threads the library may take: asked and set."""

    get: Any
    set: Any

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold the library to one thread for a while."""
        before = self.get()
        self.set(1)
        try:
            yield
        finally:
            self.set(before)


def use_numpy_products(nlp: Language) -> Threads | None:
    """Let a pipeline make its products with numpy's library; None where it stays as it is."""
    threads = _find_threads()
    if threads is None:
        return None
    quick = None
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        for layer in model.walk() if model is not None else ():
            if type(layer.ops).__name__ == "NumpyOps":  # not those of a graphics card
                quick = quick or type(layer.ops)(use_blis=False)
                layer.ops = quick
    return threads


def _find_threads() -> Threads | None:
    try:
        from numpy.linalg import _umath_linalg

        # Names are looked up in what the module is linked with, too.
        library = ctypes.CDLL(_umath_linalg.__file__)
    except (ImportError, OSError):
        return None
    for get, set_ in _GET_AND_SET:
        if hasattr(library, get) and hasattr(library, set_):
            return Threads(getattr(library, get), getattr(library, set_))
    return None
