"""all-MiniLM-L6-v2 as an ONNX graph, written straight from its weights: no torch, a second instead of twenty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

LAYERS = 6
HEADS = 12
WIDTH = 384
EPSILON = 1e-12


def write_graph(weights: Path, window: int, adapter: Path | None = None, *, int8: bool = False) -> bytes:
    """Return the ONNX model that turns word pieces into their vectors after the last layer.

    Input ``ids``, shape (texts, tokens), all rows whole: with texts of one length in a batch no mask is
    needed, and the result of a row does not depend on how many rows there are. Output ``hidden``, shape
    (texts, tokens, 384). BERT after Devlin et al. (2019); queries are scaled in their weights, and the
    two kinds of embedding that do not depend on the text are added up beforehand.

    Args:
        weights: ``model.safetensors`` of the model.
        window: most tokens that a text may have, marks of start and end counted.
        adapter: file of low-rank changes to the weights, or None.
        int8: multiply with the weights in whole numbers, see ``analysis.minilm_int8``.
    """
    import numpy as np
    from onnx import TensorProto, helper

    from analysis.minilm_int8 import WholeNumbers

    own = read_weights(weights, adapter)
    graph = WholeNumbers(own) if int8 else Graph(own)
    fixed = own["embeddings.position_embeddings.weight"] + own["embeddings.token_type_embeddings.weight"][0]
    words = graph.add("Gather", graph.constant("words", own["embeddings.word_embeddings.weight"]), "ids")
    first, length = graph.constant("first", np.asarray([0])), graph.add("Shape", "ids", start=1, end=2)
    places = graph.add("Slice", graph.constant("places", fixed[:window]), first, length)
    x = graph.normalise("embeddings.LayerNorm", graph.add("Add", words, places))
    for number in range(LAYERS):
        x = _layer(graph, f"encoder.layer.{number}.", x)
    graph.nodes[-1].output[0] = "hidden"
    inputs = [helper.make_tensor_value_info("ids", TensorProto.INT64, ["text", "token"])]
    outputs = [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, ["text", "token", WIDTH])]
    made = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    return bytes(helper.make_model(made, opset_imports=opsets, ir_version=9).SerializeToString())


def read_weights(weights: Path, adapter: Path | None = None) -> dict[str, NDArray[np.float32]]:
    """Return the model's weights by name, with the changes of an adapter if there is one."""
    import numpy as np
    from safetensors.numpy import load_file

    own = {name.removeprefix("bert."): array for name, array in load_file(str(weights)).items()}
    if adapter is not None:
        with np.load(adapter, allow_pickle=False) as parts:
            for name in sorted({key.rpartition(".")[0] for key in parts.files if key.endswith(".A")}):
                down, up = (parts[f"{name}.{side}"].astype(np.float32) for side in "AB")
                own[f"{name}.weight"] = own[f"{name}.weight"] + up @ down  # LoRA (Hu et al. 2021)
    return own


class Graph:
    """Nodes and constants of a graph that is being put together."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        """Add an array and return its name."""
        import numpy as np
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", **fields: object) -> str:
        """Add a node and return the name of its output."""
        from onnx import helper

        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], domain=domain, **fields))
        return name

    def multiply(self, name: str, x: str, scale: float = 1.0) -> tuple[str, str]:
        """Add the product with a dense layer's weights; return it and the name of the layer's bias."""
        import numpy as np

        factor = np.float32(scale)
        matrix = self.constant(f"{name}.weight", self.weights[f"{name}.weight"].T * factor)
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"] * factor)
        return self.add("MatMul", x, matrix), bias

    def dense(self, name: str, x: str, scale: float = 1.0) -> str:
        """Add a dense layer: the product with its weights, and its bias."""
        return self.add("Add", *self.multiply(name, x, scale))

    def normalise(self, name: str, x: str) -> str:
        """Add a layer's normalisation (Ba et al. 2016)."""
        gain, bias = (self.constant(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.add("LayerNormalization", x, gain, bias, epsilon=EPSILON)

    def gelu(self, x: str, bias: str) -> str:
        """Add the sum with a bias and GELU (Hendrycks and Gimpel 2016) of it."""
        return self.add("BiasGelu", x, bias, domain="com.microsoft")

    def whole(self, x: str) -> str:
        """What went into a product, for the sum after it."""
        return x

    def heads(self, x: str, order: list[int]) -> str:
        """Split what belongs to each head of attention, axes in this order."""
        import numpy as np

        shape = np.asarray([0, 0, HEADS, WIDTH // HEADS])
        return self.add("Transpose", self.add("Reshape", x, self.constant(f"{x}.heads", shape)), perm=order)


def _layer(graph: Graph, name: str, x: str) -> str:
    """One layer: attention, then the two dense layers, each with what went in added and normalised."""
    import numpy as np

    own = f"{name}attention.self."
    queries = graph.heads(graph.dense(f"{own}query", x, (WIDTH // HEADS) ** -0.5), [0, 2, 1, 3])
    keys = graph.heads(graph.dense(f"{own}key", x), [0, 2, 3, 1])
    values = graph.heads(graph.dense(f"{own}value", x), [0, 2, 1, 3])
    shares = graph.add("Softmax", graph.add("MatMul", queries, keys), axis=-1)
    read = graph.add("Transpose", graph.add("MatMul", shares, values), perm=[0, 2, 1, 3])
    flat = graph.add("Reshape", read, graph.constant(f"{name}flat", np.asarray([0, 0, WIDTH])))
    x = graph.normalise(
        f"{name}attention.output.LayerNorm",
        graph.add("Add", graph.dense(f"{name}attention.output.dense", flat), graph.whole(x)),
    )
    inner = graph.gelu(*graph.multiply(f"{name}intermediate.dense", x))
    sums = graph.add("Add", graph.dense(f"{name}output.dense", inner), graph.whole(x))
    return graph.normalise(f"{name}output.LayerNorm", sums)
