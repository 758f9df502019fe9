"""Matrix products by numpy's own library, on one thread.

A third of spaCy's time goes into matrix products. It makes them with BLIS, whose published build
has no kernels for current processors; the library that numpy brings (OpenBLAS, MKL) has them, and
is two to three times as fast on the small matrices of an article. thinc offers the choice
(`NumpyOps(use_blis=False)`). That library takes all cores unless told otherwise; Dragoman uses
cores by processes, so it is held to one thread while an article is parsed, and where that cannot be
done the pipeline stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from spacy.language import Language


def use_numpy_products(nlp: Language) -> ThreadpoolController | None:
    """Let a pipeline make its products with numpy's library.

    Returns:
        What holds the library to a number of threads; None where there is no such library, and
        the pipeline stays as it is.
    """
    library = ThreadpoolController().select(user_api="blas")
    if not library.lib_controllers:
        return None
    quick = None
    for _, component in nlp.components:
        model = getattr(component, "model", None)
        for layer in model.walk() if model is not None else ():
            if type(layer.ops).__name__ == "NumpyOps":  # not those of a graphics card
                quick = quick or type(layer.ops)(use_blis=False)
                layer.ops = quick
    return library
