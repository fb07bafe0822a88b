# ruff: noqa: E501
"""Pages of systems that no rule knows, as public templates print them, in words of our own; each shows one difficulty."""

from __future__ import annotations

from bare_pages import ARTICLE, each, page

SAID = (
    "The wait was forty minutes on Monday and nobody came out to say why.",
    "Does it take bicycles?",
    "It does, two on the rail and one inside if you ask.",
    "My grandfather steered the old one and would have turned it with one hand.",
    "Close it.",
    "They said a month. It has been five years in our town, and the school bus still goes round.",
)
"""What is said, in page order, on every page below; the readers' names are those of :data:`bare_pages.NAMES`."""

CLOCKS = ("03-10-2018", "04-10-2018", "05-10-2018", "06-10-2018", "07-10-2018", "08-10-2018")


def under(head: str, form: str, before: str = "", after: str = "") -> str:
    """Return a page with an article and a section of comments in a form."""
    rows = each(form, said=SAID, clock=CLOCKS)
    return page(f"<article><h1>The ferry</h1>{ARTICLE}</article><section>{head}{before}{rows}{after}</section>")


PAGES: dict[str, str] = {
    "a byline in an element of its own": under(
        "<h2>6 reacties</h2>",
        "<div class=reactie><div class=kop>Door {name} op {clock} om 19:30 uur</div><div class=inhoud><p>{said}</p></div></div>",
    ),
    "a title, then date and name in one line": under(
        "<h4>I commenti dei lettori (6)</h4><ul>",
        "<li><p class=titolo-c>Titolo {n}</p><p class=q>{day} | 19:49 <span>{name}</span></p><p class=z>{said}</p></li>",
        after="</ul>",
    ),
    "a title that is the same over each": under(
        "<span class=sub>Comments (6)</span>",
        "<div class=blog_comments><span>Re: The ferry that came back to us</span> <span>By {name} on</span> "
        "<span>{day} 5:08 PM</span><br><span class=n>{said}</span></div>",
    ),
    "a button that no table knows": under(
        "<h3>Discussion (6)</h3><ul>",
        "<li class=e><div class=m><div class=t><span class=who>{name}</span><span class=when>{day}, 10:04</span></div>"
        "<div class=w>{said}</div><a href=#f>Entgegnen</a></div></li>",
        after="</ul>",
    ),
    "a name over the text and a date under it": under(
        "<h3>6 comments on this article</h3>",
        "<div class=comment id=comment{n}><div class=commentbody><h4>{name}</h4><p>{said}</p><small>{day} at 18:27</small></div></div>",
    ),
    "a list of terms and definitions": under(
        "<h3>Commentaires</h3><dl>",
        "<dt id=c{n}><a href=#c{n}>{n}.</a> Le {clock}, 21:38 par {name}</dt><dd><p>{said}</p></dd>",
        after="</dl>",
    ),
    "headings with the text beside them": under(
        "<h2>Comments</h2>",
        "<h4>{name}, {day}</h4><p>{said}</p>",
    ),
    "texts with a line below that says who wrote it": under(
        "<b>Replies: 6 comments</b><h3>Comments</h3>",
        "<p>{said}</p><p class=c>Posted by {name} @ {day} 10:04 AM</p>",
    ),
    "elements named as their section is": under(
        "<h3>Comments</h3>",
        "<div class=comments><p>{said}</p><div class=posted>Posted by {name} &nbsp;on&nbsp; 10/0{n} &nbsp;at&nbsp; 06:37 PM</div></div>",
    ),
    "names without dates, as many as announced": under(
        "<h3>6 comments</h3>",
        "<div class=c9><p>{said}</p><cite>{name}</cite></div>",
    ),
}  # fmt: skip

ALONE: dict[str, str] = {
    "in a section of comments": page(
        f"<article><h1>The ferry</h1>{ARTICLE}</article><div id=comments><h3>Comments</h3><ul><li class=q><div class=b>"
        f"<span class=author>Ada Holt</span> <span class=date>3 March 2021</span></div><div class=x>{SAID[3]}</div></li></ul></div>"
    ),
    "in a list of definitions": page(
        f"<article><h1>Le bac</h1>{ARTICLE}</article><div id=comments><h3>Commentaires</h3><dl><dt id=c1><a href=#c1 class=comment-number>1.</a> "
        f"Le mardi 9 octobre 2018, 19:55 par Ada Holt</dt><dd><p>{SAID[3]}</p></dd></dl></div>"
    ),
}
"""Pages with one comment, the fourth of :data:`SAID`."""
