"""Lines that open, close and furnish a comment section: tables by language, and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What the items of a comment section are called above it. Source: the catalogues of the comment
# templates of WordPress, Blogger, Drupal and Movable Type, and headings of newspaper sites.
NOUNS: dict[str, str] = {
    "en": "comments? thoughts? responses? replies reply reactions? opinions? remarks?",
    "de": "kommentare? antworten antwort gedanken gedanke reaktion(?:en)? meinungen leserkommentare? "
    "beiträge",
    "fr": "commentaires? réponses? réflexions? réactions? avis",
    "es": "comentarios? respuestas? opiniones opinión reacciones pensamientos? ideas?",
    "it": "commenti commento risposte risposta pensieri pensiero reazioni opinioni",
    "pt": "comentários? comentarios? respostas? opiniões pensamentos? reações",
    "nl": "reacties? reacties reactie opmerkingen gedachten? antwoorden",
    "sv": "kommentar(?:er)? svar tankar",
    "da": "kommentar(?:er)? svar tanker",
    "no": "kommentar(?:er)? svar tanker",
    "fi": "kommenttia? kommentit vastausta? ajatusta?",
    "pl": "komentarz(?:e|y)? odpowiedzi odpowiedź myśli",
    "cs": "komentář(?:e|ů)? reakce",
    "ru": "комментари(?:й|я|ев|и) отзыв(?:а|ов|ы)? мысл(?:ь|и|ей) ответ(?:а|ов|ы)?",
    "uk": "коментар(?:і|ів|я)? відповід(?:ь|і|ей)",
    "tr": "yorum(?:lar)? cevap düşünce",
    "el": "σχόλι(?:ο|α) απαντήσεις",
    "hu": "hozzászólás(?:ok)?",
    "ro": "comentari(?:i|u) răspunsuri gânduri",
    "ca": "comentaris? respostes resposta",
    "ja": "件のコメント コメント 件の返信",
    "zh": "条评论 则评论 評論 评论 留言 則留言 条留言 条回复 條回應 則回應",
    "ko": "개의 댓글 댓글",
    "id": "komentar tanggapan",
    "ar": "تعليق تعليقات",
    "he": "תגובות",
    "vi": "bình luận",
}

# Numbers that are written out in such headings.
WORD_NUMBERS: dict[str, int] = {
    "one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "no": 0, "zero": 0,
    "ein": 1, "eine": 1, "zwei": 2, "drei": 3, "kein": 0, "keine": 0,
    "un": 1, "une": 1, "deux": 2, "trois": 3, "aucun": 0,
    "una": 1, "uno": 1, "dos": 2, "tres": 3, "due": 2, "tre": 3, "nessun": 0,
    "um": 1, "uma": 1, "dois": 2, "nenhum": 0,
    "een": 1, "één": 1, "twee": 2, "drie": 3, "geen": 0,
    "en": 1, "ett": 1, "et": 1, "två": 2, "to": 2, "один": 1, "нет": 0, "jeden": 1, "bir": 1,
}  # fmt: skip

# Headings without a number that open a section, as whole lines.
BARE: dict[str, str] = {
    "en": "comments|reader comments|readers' comments|readers respond|responses|reader responses|replies|"
    "latest comments?|top comments|all comments|most recent comments|join the conversation|discussion|"
    "join the discussion|what people are saying|what readers say|"
    "add your comments?|below the line|your comments|your thoughts|user comments|inline feedbacks|"
    "comments section|blog comments|discussion thread|view comments|show comments|letters",
    "de": "kommentare|leserkommentare|ihre meinung|diskussion|antworten|leserstimmen|lesermeinungen",
    "fr": "commentaires|réactions|vos réactions|vos commentaires|les commentaires|réponses|discussion",
    "es": "comentarios|respuestas|opiniones|los comentarios|comentarios de los lectores",
    "it": "commenti|risposte|i vostri commenti|discussione|i commenti",
    "pt": "comentários|respostas|opiniões|comentários dos leitores",
    "nl": "reacties|opmerkingen|reageren|discussie|lezersreacties",
    "sv": "kommentarer|svar",
    "da": "kommentarer|svar",
    "fi": "kommentit",
    "pl": "komentarze",
    "cs": "komentáře|diskuze",
    "ru": "комментарии|отзывы|обсуждение",
    "uk": "коментарі",
    "tr": "yorumlar",
    "ja": "コメント|コメント一覧",
    "zh": "评论|評論|留言|全部评论",
    "ko": "댓글",
}

# Lines after the last comment, as beginnings of a line.
CLOSERS: dict[str, str] = {
    "form": "leave a (?:reply|comment|response|message)|leave your (?:comment|reply|thoughts)|"
    "post a (?:comment|reply)|post your comment|"
    "add (?:a |your |new )?comment|submit (?:a )?comment|write a (?:comment|reply)|your email address|"
    "your e-mail|name ?\\(? ?required|name \\*|email \\*|have your say|speak your mind|what do you think\\?$|"
    "got something to say|join the (?:discussion|conversation)$|some html is ok|you (?:can|may) use these html|"
    "(?:xhtml|allowed (?:html )?tags)|cancel reply|click here to cancel|notify me of|sign in to comment|"
    "log in to (?:comment|reply|leave)|login to (?:post|comment)|"
    "you must be (?:logged in|registered)|this site uses akismet|save my name|recipe rating|"
    "required fields are marked|or, reply to this post|comment \\*|to post a comment",
    "closed": "comments? (?:are|is) (?:now |currently )?closed|comments have been (?:closed|disabled)|"
    "comments for this (?:post|entry|thread)|(?:the )?comments? (?:on this|to this) .{0,30} closed|"
    "sorry, (?:the )?comment|we have turned off comments|these comments are closed|commenting is closed|"
    "discussion closed|comments off",
    "page": "(?:«|←|<<|<)? ?(?:older|newer|previous|next|more) comments|comments? navigation|post navigation|"
    "comment pages?|load more|show more comments|subscribe to: ?post|"
    "subscribe to (?:this|comments|the comments)|trackback(?:s|url)?\\b.{0,3}$|trackback (?:url|address)|"
    "pingbacks?(?: & trackbacks)?$|primary sidebar|skip to|site (?:footer|navigation)|footer$|sidebar$|"
    "related (?:posts?|articles?|content|stories|news|reading)|you (?:may|might) also|more from|read more|"
    "recent (?:posts|comments|entries)|popular posts|similar posts|more in|also (?:on|in)|most (?:read|popular)|"
    "up next|archives?$|categories$|about (?:this|the) (?:site|blog|author)|search(?: for)?:?$|follow us|"
    "newsletter|sign up for|subscribe$|blogroll|meta$|copyright|©|\\(c\\) (?:19|20)|all rights reserved|"
    "powered by|proudly powered|privacy policy|terms of (?:use|service)|creative commons|related$|tags?:|share this|"
    "advertisement$|back to top|report (?:this )?(?:abuse|comment)",
    "de": "schreibe? (?:einen|ihren|deinen) kommentar|hinterlassen? sie|hinterlasse (?:einen|eine)|"
    "kommentar (?:schreiben|hinterlassen|verfassen|abgeben)|antwort (?:schreiben|hinterlassen)|"
    "(?:deine|ihre) (?:e-mail|mail)|kommentare sind geschlossen|die kommentarfunktion|impressum|datenschutz|"
    "ähnliche (?:beiträge|artikel)|das könnte|weitere (?:artikel|beiträge)|mehr (?:zum thema|aus)|"
    "(?:neueste|letzte) (?:beiträge|kommentare)|beitrags-?navigation|kommentar-?navigation",
    "fr": "laisse[rz] (?:un|votre) (?:commentaire|réponse)|laissez-nous|répondre$|ajouter un commentaire|"
    "publier un commentaire|"
    "votre (?:adresse|e-mail|courriel)|les commentaires sont (?:fermés|clos)|commentaires fermés|"
    "articles (?:similaires|récents|liés)|à lire aussi|navigation (?:de l|des)|mentions légales|"
    "écrire un commentaire",
    "es": "dej(?:a|e|ar) (?:un|una|tu|su) (?:comentario|respuesta)|deja un|escribe un comentario|"
    "añadir (?:un )?comentario|publicar un comentario|"
    "tu (?:dirección|correo)|(?:actualmente )?los comentarios están|comentarios cerrados|"
    "entradas (?:relacionadas|recientes)|artículos relacionados|navegación de|aviso legal|"
    "política de privacidad|te puede interesar",
    "it": "lascia un (?:commento|messaggio)|lascia una risposta|scrivi un commento|aggiungi un commento|"
    "il tuo indirizzo|i commenti sono chiusi|articoli (?:correlati|recenti)|navigazione articol|posta un commento",
    "pt": "deix(?:e|ar) (?:um|uma|o seu|seu) (?:comentário|resposta)|adicionar (?:um )?comentário|"
    "enviar (?:um )?comentário|postar um comentário|o seu endereço|"
    "os comentários estão|artigos relacionados|posts? (?:relacionados|recentes)|navegação de",
    "nl": "geef een reactie|laat een (?:reactie|bericht)|een reactie (?:plaatsen|posten)|reactie (?:plaatsen|toevoegen)|"
    "plaats een reactie|reageer$|"
    "(?:je|jouw|uw) e-mail|reacties zijn (?:nu )?gesloten|gerelateerde|meer (?:over|uit)|berichtnavigatie|doorzoek",
    "nordic": "lämna (?:ett|en) (?:svar|kommentar)|skriv (?:en|et) kommentar|legg igjen|skriv kommentar|"
    "kommentarer (?:är|er) (?:stängda|lukket|stengt)|relaterade|relaterte|jätä kommentti|kommentointi",
    "slavic": "dodaj komentarz|zostaw (?:komentarz|odpowiedź)|komentowanie|możliwość komentowania|"
    "napsat komentář|добавить комментарий|оставить комментарий|оставьте комментарий|ваш (?:e-mail|адрес)|"
    "комментарии (?:закрыты|отключены)|похожие|залишити",
    "other": "コメントを(?:残す|投稿)|メールアドレス|发表评论|發表評論|發佈留言|发表回复|댓글 남기기|답글 남기기|"
    "bir (?:cevap|yanıt) (?:yazın|bırakın)|yorum yap|αφήστε|hozzászólás írása|lasă un|deixa un",
}

# Lines that say nothing but what may be done with a comment; whole lines.
CONTROLS: dict[str, str] = {
    "en": "reply|reply to this|reply to comment|replydelete|reply delete|delete|replies|quote|like|likes|liked|"
    "dislike|upvote|downvote|share|report|report abuse|report comment|flag|flag as inappropriate|edit|permalink|"
    "link|loading|recommend|recommended|more|parent|up|down|helpful|log in to reply|login to reply|"
    "log in or register to post comments|reply with quote|hide replies|view replies|show replies|like this|"
    "like reply|be the first to like this|copy link|respond|top|vote up|vote down|unlike|"
    "post author|author|moderator|admin|staff|guest|member|subscriber|verified|"
    "in reply to|link to this comment|link to comment|comment permalink|reply link|view all replies|"
    "log in to leave a comment|your comment is awaiting moderation|follow|collapse|expand|read more|show more|"
    "avatar|gravatar|user avatar|profile picture|profile photo|image|photo|icon|at|on",
    "de": "antworten|antwort|zitieren|melden|teilen|gefällt mir|bearbeiten|link|nach oben|kommentar melden|"
    "auf diesen kommentar antworten|empfehlen|löschen",
    "fr": "répondre|signaler|citer|partager|j'aime|supprimer|modifier|lien|signaler un abus|réponse",
    "es": "responder|citar|denunciar|compartir|me gusta|reportar|eliminar|responder a este comentario",
    "it": "rispondi|cita|segnala|condividi|mi piace|elimina|modifica",
    "pt": "responder|citar|denunciar|compartilhar|curtir|gosto|excluir|eliminar",
    "nl": "beantwoorden|antwoorden|reageer|reageren|antwoord|citeren|delen|rapporteer|beantwoord|vind ik leuk",
    "nordic": "svara|svar|besvar|anmäl|gilla|rapporter|citera|vastaa|del|like",
    "slavic": "odpowiedz|cytuj|zgłoś|odpovědět|ответить|цитировать|поделиться|пожаловаться|відповісти",
    "other": "返信|回复|回覆|답글|cevapla|yanıtla|απάντηση|válasz|răspunde|respon|balas|trả lời",
}

_NOUN = "|".join(f"(?:{noun})" for nouns in NOUNS.values() for noun in nouns.split())
_NUMBER_WORD = "|".join(sorted((re.escape(w) for w in WORD_NUMBERS), key=lambda w: (-len(w), w)))
_COUNT = rf"(?P<n>\d{{1,3}}(?:[.,\s]\d{{3}})|\d{{1,6}}|{_NUMBER_WORD})"
_ADJECTIVE = (
    r"(?:reader|readers'|user|total|public|published|new|great|insightful|lesers?|approved|blog|"
    r"facebook|disqus|more|other)"
)
_TAIL = (
    r"(?:\s*$|\s*[:↓»¶.!(\[–—|-]|\s+(?:so far|on|to|for|about|in|zu|zum|auf|für|über|sur|à|pour|en|a|al|para|sobre|su|per|"
    r"di|op|aan|over|bij|em|till|på|til|do|na|к|на|“|\"|«|„|add|leave|post|show|hide|sort|by|jump|from|\|))"
)
_COUNTED = re.compile(rf"^\(?{_COUNT}\)?\s*(?:{_ADJECTIVE}\s+)?(?:{_NOUN}){_TAIL}", re.IGNORECASE)
_COUNT_LAST = re.compile(
    rf"^(?:(?:all|the|reader|readers'|user|latest|alle)\s+)?(?:{_NOUN})\s*[:(\[–—-]?\s*[(\[]?(?P<n>\d{{1,6}})\)?\]?\s*:?\s*$",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(rf"\s(?:[–—|•·-]{{1,2}})\s+{_COUNT}\s+(?:{_NOUN})\s*$", re.IGNORECASE)
_SHOWING = re.compile(rf"^(?:there (?:are|is)|showing|viewing|displaying)\s+(?:all\s+)?{_COUNT}\b.{{0,20}}?(?:{_NOUN})", re.IGNORECASE)
_FIRST_WORD = re.compile(r"\(?(\d|[^\W\d_]+)")
_LAST_NUMBER = re.compile(r"\d\W*$")
_DIGIT_OR_ONE = re.compile(r"\d|\bone\b", re.IGNORECASE)
_DASH = re.compile(r"[–—|•·-]")
_BARE = re.compile(rf"^(?:{'|'.join(BARE.values())})\s*[:↓»…]?$", re.IGNORECASE)
_CLOSER = re.compile(rf"^(?:{'|'.join(CLOSERS.values())})", re.IGNORECASE)
_FORM = re.compile(rf"^(?:{CLOSERS['form']}|{CLOSERS['closed']})", re.IGNORECASE)
_REPLY = re.compile(
    r"(?:^|[^\w])(?:reply|replydelete|respond|quote|antworten|répondre|responder|rispondi|beantwoorden|reageren|antwoorden|"
    r"reageer|svara|svar|besvar|vastaa|odpowiedz|odpovědět|ответить|відповісти|返信|回复|回覆|답글|cevapla|yanıtla|απάντηση|"
    r"válasz|răspunde|respon|balas|beantwoord|citeren|zitieren|citar|citer)(?:$|[^\w])",
    re.IGNORECASE,
)
_CONTROL = frozenset(word for words in CONTROLS.values() for word in words.split("|"))
_STARS = re.compile(r"^(?:rating: ?)?(?:\d(?:[.,]\d)?(?: out of \d| / ?\d|/\d)? (?:stars?|votes?|points?|likes?|vote)|[★☆⭐ ]{1,12}|[+-]?\d{1,5})$", re.IGNORECASE)
_REPLY_TO = re.compile(
    r"^(?:in reply to|reply to|replying to|als antwort auf|antwort auf|en réponse à|en respuesta a|"
    r"respuesta a|in risposta a|em resposta a|als reactie op|↳|⤷|@)\s*:?\s*(?P<who>\S.{0,60})$",
    re.IGNORECASE,
)
_DECOR = " \t\xa0#*_~`>|"
_RULE = re.compile(r"^(?:[_\-=━─*~\s]{4,}|(?:\[[ _]*\]\s*)+.*)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that announces comments.

    Attributes:
        count: how many it declares, or None.
        strong: whether it holds a count.
        opens: whether it begins with it; where the count ends the line, that may be a byline.
    """

    count: int | None
    strong: bool
    opens: bool = True


def plain(text: str) -> str:
    """Return ``text`` without the marks that Markdown renderers put around a heading."""
    return text.strip(_DECOR).replace("**", "").replace("\xa0", " ").strip()


def find_heading(text: str) -> Heading | None:
    """Return what a heading of a comment section says, or None where ``text`` is no such heading.

    Args:
        text: one line without its list marker.
    """
    if len(text) > 300:
        return None
    text = plain(text)
    if not text:
        return None
    found = _match_counted(text)
    if found:
        word = found.group("n").lower()
        count = WORD_NUMBERS.get(word)
        if count is None:
            count = int("".join(c for c in word if c.isdigit()))
        return Heading(count, True, found.start() == 0)
    return Heading(None, False) if _BARE.match(text) else None


def _match_counted(text: str) -> re.Match[str] | None:
    """Return how ``text`` counts comments; most lines are told apart by their first word or last one."""
    first = _FIRST_WORD.match(text)
    if first and (first.group(1)[0].isdigit() or first.group(1).lower() in WORD_NUMBERS):
        return _COUNTED.match(text)
    if not _DIGIT_OR_ONE.search(text[-60:]):
        return None
    last = _LAST_NUMBER.search(text[-12:])
    if last and len(text) < 60:
        return _COUNT_LAST.match(text)
    if len(text) < 80 and text[:1] in "TtSsVvDd" and _SHOWING.match(text):
        return _SHOWING.match(text)
    return _AFTER_TITLE.search(text, max(0, len(text) - 60)) if _DASH.search(text[-60:]) else None


def is_closer(text: str) -> bool:
    """Whether ``text`` begins what stands after the last comment."""
    text = plain(text)
    return bool(_CLOSER.match(text)) if len(text) < 240 else bool(_FORM.match(text))


def is_form(text: str) -> bool:
    """Whether ``text`` belongs to a comment form, or says that comments are closed."""
    return bool(_FORM.match(plain(text)))


def is_rule(text: str) -> bool:
    """Whether ``text`` is a drawn line or an input field."""
    return len(text) > 3 and bool(_RULE.match(text[:80]))


def is_control(text: str) -> bool:
    """Whether ``text`` is a button or a label beside a comment."""
    if len(text) > 60:
        return False
    bare = text.strip(" \t\xa0|.…:↓↑→←»«()[]*_#·•-0123456789").lower()
    if not bare:
        return bool(_STARS.match(text.strip(_DECOR))) or (bool(text.strip()) and not any(c.isalnum() for c in text) and len(text) < 4)
    if bare in _CONTROL or _STARS.match(text.strip(_DECOR)):
        return True
    parts = [p.strip(" .…:↓↑→»()[]*_") for p in re.split(r"[|•·/,]|\s{2,}", bare)]
    return len(parts) > 1 and all(not p or p in _CONTROL or p.isdigit() for p in parts)


def is_reply(text: str) -> bool:
    """Whether ``text`` is a button to answer a comment, alone or among other buttons."""
    return len(text) <= 60 and bool(_REPLY.search(text.replace("_", " ")))


def reply_to(text: str) -> str | None:
    """Return the name after "in reply to" where ``text`` is such a line."""
    found = _REPLY_TO.match(plain(text)) if len(text) < 120 else None
    return found.group("who").strip() if found else None
