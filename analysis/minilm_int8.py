"""Products with weights in whole numbers of eight bits (Jacob et al. 2018), for the graph of all-MiniLM-L6-v2.

Rows are scaled one by one, each by its largest value, so that a text gives the same vector in any company. A few
channels that come out of a normalisation are far larger than the rest and would take the whole scale; they are
eased beforehand: divided there, and multiplied into the weights and the sum that follow (SmoothQuant, Xiao et al.
2023). ``easing.npz`` holds the factors, made by bench/fit_easing.py. Weights are scaled by column so that two
neighbours never overflow the 16 bits that processors without VNNI add pairs of products in: the sums of whole
numbers are the same on every machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.minilm_graph import Graph

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EASING = Path(__file__).with_name("easing.npz")
LIFT = 0.17
"""What makes every value of GELU, which is at least -0.16998, positive: one that has no sign needs no bit for it."""


class WholeNumbers(Graph):
    """A graph that multiplies with weights in whole numbers; what lies between the products is as it was."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        import numpy as np

        super().__init__(weights)
        with np.load(EASING, allow_pickle=False) as parts:
            self._easing = {name: parts[name].astype(np.float32) for name in parts.files}
        self._eased: dict[str, NDArray[np.float32]] = {}  # by the name of what was eased
        self._lifted: set[str] = set()
        self._scaled: dict[str, tuple[str, str, str]] = {}

    def normalise(self, name: str, x: str) -> str:
        """Add a normalisation, its channels eased if products follow."""
        factors = self._easing.get(name)
        if factors is None:
            return super().normalise(name, x)
        for part in ("weight", "bias"):
            self.weights[f"{name}.{part}"] = self.weights[f"{name}.{part}"] / factors
        out = super().normalise(name, x)
        self._eased[out] = factors
        return out

    def whole(self, x: str) -> str:
        """Undo the easing, for the sum after a product."""
        return self.add("Mul", x, self.constant(f"{x}.easing", self._eased[x])) if x in self._eased else x

    def gelu(self, x: str, bias: str) -> str:
        """Add GELU, lifted."""
        lifted = self.add("Add", super().gelu(x, bias), self._once("lift", LIFT, "float32"))
        self._lifted.add(lifted)
        return lifted

    def multiply(self, name: str, x: str, scale: float = 1.0) -> tuple[str, str]:
        """Add the product in whole numbers; return it and the name of the layer's bias, less what lifting adds."""
        import numpy as np

        matrix = self.weights[f"{name}.weight"].T * np.float32(scale)
        bias = self.weights[f"{name}.bias"] * np.float32(scale)
        if x in self._eased:
            matrix = matrix * self._eased[x][:, None]
        numbers, steps = round_weights(matrix)
        if x in self._lifted:
            bias = bias - np.float32(LIFT) * (numbers * steps).sum(axis=0)
        rows, heights, zero = self._scaled.get(x) or self._scale_rows(x, len(matrix))
        product = self.add(
            "MatMulIntegerToFloat",
            rows,
            self.constant(f"{name}.numbers", numbers),
            self._once("one", 1, "float32"),
            self.constant(f"{name}.steps", steps),
            zero,
            domain="com.microsoft",
        )
        width = self._once(f"width.{len(steps)}", [len(steps)], "int64")
        shape = self.add("Concat", self.add("Shape", "ids"), width, axis=0)
        return self.add("Reshape", self.add("Mul", product, heights), shape), self.constant(f"{name}.bias", bias)

    def _scale_rows(self, x: str, width: int) -> tuple[str, str, str]:
        """Turn rows into whole numbers; return them, the step of each row as a column, and the number that is zero."""
        signed = x not in self._lifted
        flat = self.add("Reshape", x, self._once(f"flat.{width}", [-1, width], "int64"))
        size = self.add("Abs", flat) if signed else flat
        top = self.add("ReduceMax", size, axes=[1], keepdims=1)
        column = self.add("Mul", top, self._once(f"steps.{signed}", 1 / (127 if signed else 255), "float32"))
        steps = self.add("Reshape", column, self._once("all", [-1], "int64"))
        middle = 128 if signed else 0
        zeros = self.add("Expand", self._once(f"zeros.{middle}", [middle], "uint8"), self.add("Shape", steps))
        rows = self.add("QuantizeLinear", flat, steps, zeros, axis=0)
        self._scaled[x] = (rows, column, self._once(f"zero.{middle}", middle, "uint8"))
        return self._scaled[x]

    def _once(self, name: str, values: Any, kind: str) -> str:  # noqa: ANN401
        """A constant that several products share."""
        import numpy as np

        known = any(one.name == name for one in self.constants)
        return name if known else self.constant(name, np.asarray(values, dtype=kind))


def round_weights(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return whole numbers and the step of each column, shapes (inputs, outputs) and (outputs,).

    Two neighbours of one sign come to 128 at most: times 255, that stays below 2 to the power of 15.
    """
    import numpy as np

    above, below = matrix[:-1], matrix[1:]
    pairs = np.where(above * below > 0, np.abs(above + below), 0).max(axis=0)
    steps = np.asarray(np.maximum(np.abs(matrix).max(axis=0), pairs) / 127, dtype=np.float32)
    return np.round(matrix / steps).astype(np.int8), steps
