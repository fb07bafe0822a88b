# ruff: noqa: E501
"""Pages without comments that look as if they had some: repeated names, dates and texts, in words of our own."""

from __future__ import annotations

from collections.abc import Iterable

NAMES = ("Ada Holt", "Bram Visser", "Cleo Marsh", "Dov Amir", "Esme Quint", "Finn Oslo", "Gwen Rook", "Hal Pike")
DAYS = (
    "3 March 2021",
    "14 April 2021",
    "2 May 2021",
    "19 June 2021",
    "7 July 2021",
    "30 August 2021",
    "1 October 2021",
)
SAYINGS = (
    "The pump failed twice in the first winter and the maker sent a new one without a word.",
    "Runs quietly, takes up little room, and the children have not managed to break it yet.",
    "I would buy it again, though the lid sits badly and the manual is a riddle.",
    "We measured the flow at three places along the canal before the gates were shut.",
    "The harbour office opens at eight and closes when the last ferry has gone.",
    "A short walk through the old rope works, with a map and a list of the trees.",
    "The council put the matter off until the survey of the river bed is done.",
)
ARTICLE = (
    "<p>The ferry across the estuary has run since the bridge was closed, and the town has grown used to the wait.</p>"
    "<p>Nobody now remembers the winter when it froze, but the harbour book does, in a hand that shook.</p>"
)


def page(body: str, head: str = "A page") -> str:
    """Put a body between the usual rims of a page."""
    nav = "<nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>"
    foot = "<footer><p>All rights reserved by nobody in particular.</p></footer>"
    return f"<!DOCTYPE html><html><head><title>{head}</title></head><body>{nav}<main>{body}</main>{foot}</body></html>"


def each(form: str, count: int = 6, **more: Iterable[str]) -> str:
    """Fill a form with names, days and sayings in turn."""
    columns = {"name": NAMES, "day": DAYS, "text": SAYINGS} | {key: tuple(values) for key, values in more.items()}
    return "".join(form.format(n=i + 1, **{k: v[i % len(v)] for k, v in columns.items()}) for i in range(count))


PAGES: dict[str, str] = {
    "product reviews": page(
        "<h1>Pump 300</h1><p>A pump for small boats.</p><section id=reviews><h2>6 Customer Reviews</h2>"
        + each("<div class=review><span class=author>{name}</span> <span class=date>{day}</span><b>Rated 4 out of 5</b>"
               "<p class=review-text>{text}</p><button>Helpful</button></div>") + "</section>"
    ),
    "testimonials": page(
        "<h1>What our customers say</h1>"
        + each("<blockquote class=testimonial><p>{text}</p><cite>{name}, {day}</cite></blockquote>")
    ),
    "related posts as cards": page(
        f"<article><h1>The ferry</h1>{ARTICLE}</article><section class=related><h2>You may also like</h2>"
        + each("<div class=card><h3><a href=/p{n}>Post {n}</a></h3><span class=byline>{name}</span><time>{day}</time>"
               "<p>{text}</p></div>") + "</section>"
    ),
    "a blog's front page with counts of comments": page(
        "<h1>Harbour notes</h1>"
        + each("<article class=post><h2><a href=/p{n}>Note {n}</a></h2><p class=meta>{day} by {name} | <span>{n} Comments</span>"
               "</p><p>{text}</p></article>")
    ),
    "a blog's front page with links to answer": page(
        "<h1>Harbour notes</h1>"
        + each("<div class=entry><h2><a href=/p{n}>Note {n}</a></h2><div>{day} - {name}</div><div>{text}</div>"
               "<a href=/p{n}#respond>Leave a reply</a></div>")
    ),
    "a forum's index": page(
        "<h1>Boats and engines</h1><table><tr><th>Topic</th><th>Replies</th><th>Last post</th></tr>"
        + each("<tr class=topic><td><a href=/t{n}>{text}</a></td><td>{n} replies</td><td>{day} by {name}</td></tr>") + "</table>"
    ),
    "a change log": page(
        "<h1>Changes</h1>"
        + each("<section><h2>1.{n}.0</h2><p class=date>{day}</p><ul><li>{text}</li><li>Thanks to {name}.</li></ul></section>")
    ),
    "a bibliography": page(
        f"<h1>Sources</h1>{ARTICLE}<h2>References</h2><ol>" + each("<li>{name} ({day}). <i>{text}</i> Harbour Press.</li>") + "</ol>"
    ),
    "a list of a dozen places": page(
        "<h1>7 quiet places by the water</h1>" + each("<h2>{n}. The pier of {name}</h2><p>{text}</p><p>Open since {day}.</p>")
    ),
    "a recipe": page(
        "<h1>Fish soup</h1><p>By Ada Holt, 3 March 2021</p><h2>Ingredients</h2><ul>" + each("<li>{n} spoons, see {text}</li>")
        + "</ul><h2>Instructions</h2><ol>" + each("<li>{text}</li>") + "</ol><h3>Notes</h3><p>Serves four.</p>"
    ),
    "a calendar of events": page(
        "<h1>Events</h1>" + each("<div class=event><time datetime=2021-03-03>{day}</time><h3>Talk by {name}</h3><p>{text}</p>"
                                 "<a href=#>Reply to invitation</a></div>")
    ),
    "people of the staff": page(
        "<h1>Who we are</h1>" + each("<div class=person><img src=/avatar{n}.png><b>{name}</b><p>{text}</p><p>With us since {day}</p></div>")
    ),
    "job offers with an answer button": page(
        "<h1>Jobs</h1>" + each("<li class=job><strong>Deckhand {n}</strong><span>{day}</span><p>{text}</p><a href=/apply>Apply</a></li>")
    ),
    "letters from an archive": page(
        "<h1>Letters to the pilot</h1>" + each("<section><h3>{name} to the pilot, {day}</h3><p>{text}</p><p>{text}</p></section>")
    ),
    "results of a search": page(
        "<h1>Results for ferry</h1>" + each("<div class=result><a href=/r{n}>{name}</a><cite>example.org</cite><span>{day}</span>"
                                            "<p>{text}</p></div>")
    ),
    "a live ticker": page(
        "<h1>Storm: as it happened</h1>" + each("<div class=update><time>{n}:15 pm</time><b>{name}</b><p>{text}</p></div>")
    ),
    "a side bar of recent comments": page(
        f"<article><h1>The ferry</h1>{ARTICLE}</article><aside id=recent-comments><h2>Recent Comments</h2><ul>"
        + each("<li class=recentcomments><span class=comment-author-link>{name}</span> on <a href=/p{n}>Post {n}</a></li>") + "</ul></aside>"
    ),
    "an empty section with a form": page(
        f"<article><h1>The ferry</h1>{ARTICLE}</article><div id=comments><h3>Leave a Reply</h3><form id=commentform>"
        "<p>Your email address will not be published.</p><textarea name=comment></textarea></form></div>"
    ),
    "questions and answers of the office": page(
        "<h1>Frequently asked</h1>" + each("<div class=faq><h3>Question {n}: {text}</h3><div class=answer><p>{text}</p></div></div>")
    ),
    "authors of a handbook": page(
        "<h1>Discussion</h1>" + each("<p><b>{name}</b> {text} The case of {day} shows it.</p>")
    ),
    "episodes of a podcast": page(
        "<h1>Below deck</h1>" + each("<li class=episode><h3>Episode {n} with {name}</h3><span class=date>{day}</span><p>{text}</p>"
                                     "<a>Share</a> <a>Reply on the air</a></li>")
    ),
    "quotes wanted": page(
        "<h1>Insurers</h1>" + each("<div class=offer><h3>{name}</h3><p>{text}</p><span>{day}</span><a href=/q{n}>Get Quote</a></div>")
    ),
    "a teaser in a section that is called a conversation": page(
        f"<article><h1>The ferry</h1>{ARTICLE}</article><div class='row the-conversation'><article class=post><h3><a href=/p1>"
        f"{SAYINGS[0]}</a></h3><div class=meta><span class=date>{DAYS[0]}</span> <span class=author>{NAMES[0]}</span></div></article></div>"
    ),
    "terms of a glossary with dates": page(
        "<h1>Words of the harbour</h1><dl>" + each("<dt>{name}, {day}</dt><dd>{text}</dd>") + "</dl>"
    ),
    "minutes of meetings": page(
        "<h1>Minutes</h1>" + each("<h3>{day}, {name} in the chair</h3><p>{text}</p>")
    ),
}  # fmt: skip
