"""What the model reads of the comments of a store: their own words, where quotations are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.corpus import parent_rows
from analysis.quotes import own_texts

if TYPE_CHECKING:
    import pandas as pd

    from comments.view import View


def own_words(view: View) -> pd.DataFrame:
    """Return the comments of a view with their own words as their tidied text.

    Args:
        view: comments and pages of a store.
    """
    pages = view.pages.dropna(subset=["article"])
    articles = dict(zip(pages["page_id"], pages["article"], strict=True))
    comments = view.comments
    texts = own_texts(comments["clean_text"].tolist(), parent_rows(comments), comments["page_id"].tolist(), articles)
    return comments.assign(clean_text=texts)
