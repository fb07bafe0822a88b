"""What Numba compiles for UMAP is kept."""

from __future__ import annotations

from analysis.compiled import _folder, open_umap


def test_every_compiled_function_of_umap_is_kept_in_a_folder_for_its_versions():
    from numba.core.dispatcher import Dispatcher

    layouts = open_umap().layouts
    functions = [value for value in vars(layouts).values() if isinstance(value, Dispatcher)]
    assert functions
    assert all(function.stats.cache_path for function in functions)
    assert _folder().name.count("-") == 2
