"""What rules over sentences share: a pattern, and what must stand in a sentence for the pattern to be tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way of saying something.

    Attributes:
        name: what the rule is called in the tables.
        score: 0 to 1, how plain the wording is; an order, no probability.
        pattern: what must stand in the sentence.
        case: a sentence that it takes.
        needs: small letters of which some must stand in any such sentence; none to look at every one. Most sentences
            hold none, and looking for letters takes a tenth of the time of a pattern.
    """

    name: str
    score: float
    pattern: re.Pattern[str]
    case: str
    needs: tuple[str, ...] = ()

    def takes(self, sentence: str, lowered: str) -> bool:
        """Whether a sentence, given also in small letters, is so worded."""
        may = not self.needs or any(word in lowered for word in self.needs)
        return may and self.pattern.search(sentence) is not None
