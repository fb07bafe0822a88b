"""What WordPress prints around comments, in its own translations, in every form that renderers give it."""

from __future__ import annotations

import pytest

from comments.model import Page
from comments.split.text import split_text

# heading over three comments, "X says", date, button, comment form
LANGUAGES = {
    "en": ("3 thoughts on “T”", "{} says:", "March 3, 2019 at 4:05 pm", "Reply", "Leave a Reply"),
    "de": ("3 Gedanken zu „T“", "{} sagt:", "3. März 2019 um 16:05 Uhr", "Antworten", "Schreibe einen Kommentar"),
    "fr": ("3 réflexions sur « T »", "{} dit :", "3 mars 2019 à 16 h 05 min", "Répondre", "Laisser un commentaire"),
    "es": ("3 comentarios en «T»", "{} dice:", "3 marzo, 2019 a las 4:05 pm", "Responder", "Deja una respuesta"),
    "it": ("3 commenti su “T”", "{} ha detto:", "3 Marzo 2019 alle 16:05", "Rispondi", "Lascia un commento"),
    "pt": ("3 comentários em “T”", "{} disse:", "3 de março de 2019 às 16:05", "Responder", "Deixe um comentário"),
    "nl": ("3 gedachten over “T”", "{} schreef:", "3 maart 2019 om 16:05", "Beantwoorden", "Geef een reactie"),
    "pl": ("3 myśli na temat “T”", "{} pisze:", "3 marca 2019 o 16:05", "Odpowiedz", "Dodaj komentarz"),
    "ru": ("3 комментария к “T”", "{} говорит:", "03.03.2019 в 16:05", "Ответить", "Добавить комментарий"),
    "sv": ("3 reaktioner på ”T”", "{} skriver:", "3 mars 2019 kl. 16:05", "Svara", "Lämna ett svar"),
    "da": ("3 tanker om “T”", "{} siger:", "3. marts 2019 kl. 16:05", "Besvar", "Skriv et svar"),
    "no": ("3 kommentarer til “T”", "{} sier:", "3. mars 2019, kl. 16:05", "Svar", "Legg igjen en kommentar"),
    "fi": ("3 vastausta artikkeliin ”T”", "{} sanoo:", "3.3.2019 klo 16:05", "Vastaa", "Kirjoita kommentti"),
    "cs": ("3 komentáře: „T“", "{} napsal:", "3.3.2019 (16:05)", "Odpovědět", "Napsat komentář"),
    "tr": ("“T” üzerine 3 yorum", "{} dedi ki:", "3 Mart 2019, 16:05", "Yanıtla", "Bir cevap yazın"),
    "ja": ("“T” への3件のフィードバック", "{} より:", "2019年3月3日 4:05 PM", "返信", "コメントを残す"),
    "zh": ("“T” 有 3 条评论", "{} 说：", "2019年3月3日 下午4:05", "回复", "发表回复"),
    "ko": ("“T”에 대한 3개의 생각", "{} 말해봐요:", "2019-03-03, 4:05 오후", "응답", "답글 남기기"),
    "ar": ("3 آراء على “T”", "يقول {}:", "3 مارس، 2019 الساعة 4:05 م", "رد", "اترك تعليقاً"),
    "vi": ("3 bình luận về “T”", "{} viết:", "03/03/2019 lúc 16:05", "Trả lời", "Để lại một bình luận"),
    "hi": ("“T” पर 3 विचार", "{} कहते हैं:", "मार्च 3, 2019 को 4:05 अपराह्न पर", "प्रतिक्रिया", "प्रातिक्रिया दे"),
    "bn": ("“T”-এ 3টি মন্তব্য", "{} বলেছেন:", "মার্চ 3, 2019; 4:05 অপরাহ্ন এ", "জবাব", "মন্তব্য করুন"),
    "id": ("3 pemikiran pada “T”", "{} berkata:", "3 Maret 2019 pukul 16:05", "Balas", "Tinggalkan Balasan"),
    "el": ("3 σχόλια στο “T”", "Ο/Η {} λέει:", "3 Μαρτίου 2019 στις 16:05", "Απάντηση", "Αφήστε μια απάντηση"),
    "he": ("3 תגובות בנושא “T”", "{} הגיב:", "3 במרץ 2019 בשעה 16:05", "הגב", "כתיבת תגובה"),
    "uk": ("3 коментарі до “T”", "{} коментує:", "03.03.2019 о 16:05", "Відповісти", "Залишити відповідь"),
    "ro": ("3 gânduri despre „T”", "{} spune:", "3 martie 2019 la 16:05", "Răspunde", "Lasă un răspuns"),
    "hu": ("“T” bejegyzéshez 3 hozzászólás", "{} szerint:", "2019.03.03. – 16:05", "Válasz", "Vélemény, hozzászólás?"),
}  # fmt: skip
NAMES = ["Anna", "Bo Berg", "Mira77"]
TEXTS = [
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore.",
    "Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi.\n\nDuis aute irure dolor in voluptate.",
    "Excepteur sint occaecat cupidatat non proident!",
]
ARTICLE = "A title\n\n" + 3 * (
    "Sed ut perspiciatis unde omnis iste natus error sit voluptatem accusantium doloremque laudantium, totam rem.\n\n"
)


def hang(text: str, columns: int) -> str:
    return text.replace("\n\n", "\n\n" + " " * columns)


# how a renderer writes one comment: number, "X says", name, date, text, button
FORMS = {
    "full dump": lambda k, says, name, date, text, button: f"{says}\n{date}\n\n{text}\n\n{button}\n\n",
    "block theme": lambda k, says, name, date, text, button: f"{name}\n{date}\n\n{text}\n\n{button}\n\n",
    "one line": lambda k, says, name, date, text, button: f"{name} {date}\n{text}\n{button}\n\n",
    "no empty lines": lambda k, says, name, date, text, button: f"{says}\n{date}\n{text}\n{button}\n",
    "markdown": lambda k, says, name, date, text, button: (
        f"  {k}. **{says}**\n\n[{date}](https://example.org/#comment-{k})\n\n{text}\n\n[{button}](#respond)\n\n"
    ),
    "list of bodies": lambda k, says, name, date, text, button: f"  {k}. {hang(text, 5)}\n\n",
}


def make_text(language: str, form: str, *, heading: bool = True) -> str:
    announced, says, date, button, below = LANGUAGES[language]
    write = FORMS[form]
    comments = (
        write(k, says.format(n), n, date, t, button) for k, (n, t) in enumerate(zip(NAMES, TEXTS, strict=True), 1)
    )
    return ARTICLE + (announced + "\n\n" if heading else "") + "".join(comments) + below + "\n"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_comments_are_told_apart_in_every_language(language: str, form: str) -> None:
    split = split_text(Page("x", "x", "text", make_text(language, form).encode()))
    assert [" ".join(c.text.split()) for c in split.comments] == [" ".join(t.split()) for t in TEXTS]
    assert split.declared_count == len(TEXTS)
    if form != "list of bodies":
        assert [c.author for c in split.comments] == NAMES
        assert all(c.posted_at for c in split.comments)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_is_needed(language: str) -> None:
    split = split_text(Page("x", "x", "text", make_text(language, "full dump", heading=False).encode()))
    assert [c.author for c in split.comments] == NAMES
