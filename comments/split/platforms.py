"""What comments look like on the platforms we know: one row a platform, first match first.

Patterns are those of :mod:`comments.split.marks`; within a field the first that is found counts.
Adding a platform is one row here and one case in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Platform:
    """How to find the comments of one platform.

    Attributes:
        name: goes into ``Split.method``.
        source: where the mark-up is laid down.
        needle: a page without this text is not tried.
        unit: elements that hold one comment each (and, nested in it, its replies).
        body: where its text stands; empty, or none found: what is left of the unit.
        author, date, permalink, likes: where these stand in a unit.
        flat: whether a unit is a heading element, its comment being the siblings up to the next.
        within: if given, units count only inside one of these.
        sure: confidence of a page split by this rule.
    """

    name: str
    source: str
    needle: str
    unit: tuple[str, ...]
    body: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    permalink: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    flat: bool = False
    within: tuple[str, ...] = ()
    sure: float = 0.95


PLATFORMS: tuple[Platform, ...] = (
    Platform(
        name="blogger-old",
        source="Blogger help: layouts data tags, template of 2006: dl#comments-block",
        needle="comments-block",
        unit=("dt.comment-author", "#comments-block dt", "dt#c9"),
        within=("#comments-block", ".comments-block", "#Blog1_comments-block-wrapper"),
        body=("dd.comment-body", ".comment-body"),
        author=("[rel=nofollow]", "a"),
        date=(".comment-timestamp", "span.comment-timestamp a"),
        permalink=(".comment-timestamp a",),
        flat=True,
    ),
    Platform(
        name="blogger",
        source="Blogger's threaded comments script (2012): li.comment#cNNN > div.comment-block",
        needle="comment-block",
        unit=("li.comment#c9",),
        body=(".comment-content",),
        author=("cite.user",),
        date=(".datetime",),
        permalink=(".datetime a",),
    ),
    Platform(
        name="disqus",
        source="Disqus embed as rendered: li.post#post-NNN > div.post-message; WordPress fall-back dsq-comment-NNN",
        needle="post-message",
        unit=("li.post#post-9", "div.post#post-9", "li.post"),
        body=(".post-message",),
        author=(".author", ".post-byline .author"),
        date=("a.time-ago", ".time-ago"),
        likes=(".vote-up .count", ".updatable.count"),
    ),
    Platform(
        name="disqus-static",
        source="Disqus plug-in for WordPress, comments rendered for crawlers: li#dsq-comment-NNN",
        needle="dsq-comment-",
        unit=("#dsq-comment-9",),
        body=("#dsq-comment-message-9", ".dsq-comment-message", ".dsq-comment-body"),
        author=("#dsq-author-user-9", "#dsq-cite-9", "cite"),
        date=(".dsq-comment-meta .dsq-time-ago", ".dsq-comment-header-time", ".dsq-time-ago"),
    ),
    Platform(
        name="wpdiscuz",
        source="wpDiscuz plug-in, comment template: div.wpd-comment > div.wpd-comment-text",
        needle="wpd-comment",
        unit=(".wpd-comment", ".wc-comment"),
        body=(".wpd-comment-text", ".wc-comment-text"),
        author=(".wpd-comment-author", ".wc-comment-author"),
        date=(".wpd-comment-date", ".wc-comment-date"),
        permalink=(".wpd-comment-link a",),
        likes=(".wpd-vote-result-like", ".wpd-vote-result", ".wc-vote-result"),
    ),
    Platform(
        name="discourse",
        source="Discourse, view for crawlers: div.crawler-post > div.post[itemprop=text]",
        needle="crawler-post",
        unit=(".topic-body.crawler-post", ".crawler-post", "div[itemprop=comment]"),
        body=(".cooked", ".post[itemprop=text]", "[itemprop=text]", ".post"),
        author=(".username", ".creator [itemprop=name]", "[itemprop=author]"),
        date=(".post-date", "time", ".post-time"),
        sure=0.9,
    ),
    Platform(
        name="coral",
        source="Coral Project Talk, comment component: div.coral-comment > div.coral-comment-content",
        needle="coral-",
        unit=("[data-testid=comment-*]", ".coral-comment"),
        body=(".coral-comment-content", ".coral-comment-body", "[data-testid=comment-content]"),
        author=(".coral-comment-username", ".coral-username"),
        date=(".coral-comment-timestamp", ".coral-timestamp", "time"),
        likes=(".coral-reacted-count",),
    ),
    Platform(
        name="facebook",
        source="Facebook comments plug-in as rendered: UFIComment, _3-8y with span._5mdd",
        needle="UFIComment",
        unit=(".UFIComment", ".fbFeedbackPost"),
        body=(".UFICommentBody", ".postText", "._5mdd"),
        author=(".UFICommentActorName", ".profileName"),
        date=(".UFISutroCommentTimestamp", ".uiLinkSubtle", "abbr"),
        likes=(".UFICommentLikeButton",),
    ),
    Platform(
        name="substack",
        source="Substack comment list as rendered: div.comment > div.comment-body",
        needle="commenter-name",
        unit=("div.comment",),
        body=(".comment-body",),
        author=(".commenter-name",),
        date=(".comment-timestamp", "time"),
        sure=0.85,
    ),
    Platform(
        name="wordpress",
        source="WordPress core: Walker_Comment, comment_class(); block theme: wp-block-comment-template",
        needle="omment",
        unit=(
            "#comment-9",
            "#li-comment-9",
            "#div-comment-9",
            "#article-comment-9",
            "#comment_9",
            ".comment.depth-9",
            ".comment.even",
            ".comment.odd",
            ".comment.byuser",
            ".comment.thread-even",
            ".comment.thread-odd",
            ".pingback.depth-9",
            ".trackback.depth-9",
            ".pingback.even",
            ".pingback.odd",
            ".trackback.even",
            ".trackback.odd",
            "li.comment",
            "li.pingback",
            "li.trackback",
            "li.trackbacks",
            "article.comment",
            "div.comment.clearfix",
            "li.commentlist-item",
            ".wp-block-comment-template li",
        ),
        body=(
            ".comment-content",
            ".comment_content",
            ".comment-text",
            ".comment_text",
            ".commenttext",
            ".comment-entry",
            ".commentcontent",
            ".commententry",
            ".comment-copy",
            ".comment-txt",
            ".commententext",
            ".comment-inner-text",
            ".wp-block-comment-content",
            "[itemprop=commentText]",
            "[itemprop=text]",
            ".comment-message",
            ".commentmsg",
            ".comment__content",
            ".comment__text",
            ".comment__body",
            ".field--name-comment-body",
            ".field-name-comment-body",
            ".comment-body-text",
            ".comment-body-content",
            ".comment_body_text",
            ".comment-content-inner",
            ".c-content",
            ".comment-post",
            ".comment-inner",
            ".comment-body",
            ".commentbody",
            ".comment_body",
            ".comment-info-text",
            ".entry-content",
            ".entry",
            ".text",
            ".content",
            ".body",
            ".bodycopy",
            ".description",
            ".comment-container",
        ),
        author=(
            ".comment-author .fn",
            ".fn",
            "[itemprop=author] [itemprop=name]",
            "[itemprop=creator] [itemprop=name]",
            ".wp-block-comment-author-name",
            ".comment-author-name",
            ".comment-author-link",
            ".comment_author_name",
            ".comment-author",
            ".comment_author",
            ".commentauthor",
            ".comment__author",
            ".author-name",
            ".commenter",
            ".comment-name",
            ".username",
            ".author",
            ".name",
            "[itemprop=author]",
            "[rel=author]",
            "cite",
            ".url",
            "[id=commentauthor-9]",
        ),
        date=(
            ".comment-date",
            ".comment_date",
            ".comment__date",
            ".comment-time",
            ".comment_time",
            ".commentdate",
            "time",
            ".wp-block-comment-date",
            ".comment-metadata a",
            ".comment-meta-date",
            ".commentmetadata a",
            ".comment-meta .date",
            ".comment-meta a",
            ".comment-permalink",
            ".published",
            ".date",
            ".datetime",
            ".time",
            ".timestamp",
            ".comment-metadata",
            ".submitted",
            ".comment__submitted",
            ".commentmetadata",
            ".comment-meta",
            ".meta",
        ),
        likes=(
            ".jetpack-likes-count",
            ".comment-likes .count",
            ".comment-like-feedback",
            ".cld-like-count-wrap",
            ".vote-count",
        ),
    ),
    Platform(
        name="drupal",
        source="Drupal comment.tpl.php / comment.html.twig: div.comment, a#comment-NNN before it",
        needle="comment",
        unit=(
            "div.comment",
            "article.comment",
            ".js-comment",
            "[typeof=*sioc:Post*]",
            "[typeof=*schema:Comment*]",
        ),
        body=(
            ".field-name-comment-body",
            ".field--name-comment-body",
            "[property=content:encoded]",
            ".content",
            ".comment-body",
        ),
        author=(".username", ".author"),
        date=("time", ".submitted time", ".date", ".submitted"),
        permalink=("a.permalink",),
        sure=0.9,
    ),
    Platform(
        name="movable-type",
        source="Movable Type default templates 3 to 6: div.comment#comment-NNN, p.comment-footer; TypePad the same",
        needle="comment",
        unit=("#comment-9", "div.comment#c9", "div#c9", "#comment-6a*", "a#comment-6a*", "div.comment#a9"),
        body=(".comment-content", ".comment-body", ".comments-body"),
        author=(".comment-footer a", ".vcard", ".byline", ".comment-footer", ".posted"),
        date=("abbr.published", ".comment-footer", ".byline", ".posted"),
        sure=0.9,
    ),
    Platform(
        name="schema.org",
        source="schema.org Comment, UserComments, microdata and RDFa",
        needle="omment",
        unit=(
            "[itemtype=*schema.org/Comment]",
            "[itemtype=*schema.org/UserComments]",
            "[itemprop=comment]",
            "[typeof=Comment]",
        ),
        body=(
            "[itemprop=text]",
            "[itemprop=commentText]",
            "[itemprop=description]",
            "[itemprop=articleBody]",
            "[property=text]",
        ),
        author=("[itemprop=name]", "[itemprop=author]", "[itemprop=creator]", "[property=name]"),
        date=("[itemprop=datePublished]", "[itemprop=dateCreated]", "[itemprop=commentTime]", "time"),
        permalink=("[itemprop=url]",),
        likes=("[itemprop=upvoteCount]",),
    ),
)
