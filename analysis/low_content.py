"""Comments that say nothing of their own: agreement, laughter, thanks, signs."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Whole comments, or parts between stops and signs, in small letters; those of several words without their signs.
LOW_CONTENT = {
    "en": """
        agree | agreed | i agree | i totally agree | totally agree | i completely agree | completely agree |
        i fully agree | fully agree | i couldn't agree more | couldn't agree more | i agree with you |
        i agree with this | i agree 100 | agree 100 | this | so this | all of this | this so much | same | same here
        | me too | ditto | exactly | exactly this | absolutely | indeed | true | so true | very true | how true |
        well said | well put | so well said | very well said | nicely said | spot on | bang on | amen | hear hear |
        here here | word | yes | yep | yeah | yup | no | nope | ok | okay | right | of course | you are right |
        you're right | youre right | so right | lol | lmao | rofl | haha | hahaha | hehe | lolz | xd | wow | omg |
        smh | meh | hmm | first | first comment | second | bump | following | no comment | nice | nice one | great |
        great post | great article | good article | great comment | good comment | good point | great point |
        good one | nice post | love it | love this | i love this | brilliant | excellent | thanks | thank you |
        thanks a lot | many thanks | thank you so much | thank you very much | thanks for sharing |
        thanks for sharing this | thank you for sharing | thank you for this | thanks for this |
        thank you for your comment | thanks for the article | thanks for posting | what they said | what he said |
        what she said | my thoughts exactly | could not agree more | i could not agree more | hello | hi
    """,
    "de": """
        stimmt | genau | genau so | ganz genau | richtig | so ist es | sehr richtig | sehe ich auch so | dito |
        danke | vielen dank | danke für den artikel | danke fürs teilen | erster | ich stimme zu | stimme zu |
        volle zustimmung | kein kommentar | gut gesagt | sehr gut | ja | nein
    """,
    "fr": """
        d'accord | je suis d'accord | tout à fait d'accord | entièrement d'accord | tout à fait | exactement |
        bien dit | merci | merci beaucoup | merci pour le partage | mdr | ptdr | preums | sans commentaire | bravo |
        oui | non
    """,
    "es": """
        de acuerdo | estoy de acuerdo | totalmente de acuerdo | exacto | así es | bien dicho | gracias |
        muchas gracias | gracias por compartir | jaja | jajaja | jajajaja | primero | sin comentarios | sí | si | no
    """,
    "it": """
        d'accordo | sono d'accordo | esatto | giusto | ben detto | grazie | grazie mille | primo | no comment |
        senza parole | concordo | sì
    """,
    "pt": """
        concordo | concordo plenamente | exatamente | isso mesmo | bem dito | obrigado | obrigada | kkk | kkkk |
        kkkkk | primeiro | sem comentários | verdade | sim | não
    """,
    "nl": """
        eens | mee eens | helemaal mee eens | precies | inderdaad | klopt | goed gezegd | bedankt | dank je | eerste
        | geen commentaar | ja | nee
    """,
    "ru": """
        согласен | согласна | полностью согласен | полностью согласна | плюсую | точно | верно | именно | в точку |
        хорошо сказано | спасибо | спасибо большое | большое спасибо | лол | ахаха | хаха | первый | первая |
        без комментариев | нет слов | да | нет
    """,
    "uk": """
        згоден | згодна | повністю згоден | повністю згодна | точно | саме так | дякую | дуже дякую | перший | перша
        | без коментарів | так | ні
    """,
    "pl": """
        zgadzam się | zgoda | dokładnie | racja | dobrze powiedziane | dzięki | dziękuję | pierwszy | pierwsza |
        bez komentarza | brak słów | tak | nie
    """,
    "sv": """
        håller med | håller helt med | precis | exakt | bra sagt | tack | tack så mycket | först | ingen kommentar
    """,
    "tr": """
        katılıyorum | aynen | doğru | teşekkürler | teşekkür ederim | yorum yok | evet | hayır
    """,
    "ar": """
        أوافق | صحيح | شكرا | شكرا جزيلا | بالضبط | لا تعليق | نعم
    """,
    "id": """
        setuju | betul | benar | terima kasih | terima kasih sudah berbagi | wkwk | wkwkwk | pertama
    """,
    "vi": """
        đồng ý | chính xác | đúng | cảm ơn | cám ơn | không có ý kiến
    """,
}
# Laughter of any length and plus-ones, which no table holds.
_SIGN = re.compile(r"(?:ha|he|hi|ja|ah|ха|ах|wk|lo)+[hoklхw]*|x+d+|k{3,}|\+\s?\d{1,4}|100\s?%|\^+")
_VARIANTS = re.compile("[\ufe00-\ufe0f\u20e3]")  # say how the sign before them is drawn
_STOPS = re.compile(r"[\n.!?;,…:()\"“”«»]+|\s[-–—]+\s")


def is_low_content(text: str) -> bool:
    """Whether all of a comment is phrases that say nothing of its own, or signs without a letter or a number.

    A phrase counts only as the whole of what stands between stops: "I agree" is one, "I agree with the mayor" is not.
    """
    # One after another: nearly every comment is told by its first part.
    parts = map(_normalised, _STOPS.split(_VARIANTS.sub("", text).replace("’", "'").casefold()))
    return all(not part or part in _phrases() or _SIGN.fullmatch(part) is not None for part in parts)


@cache
def _phrases() -> frozenset[str]:
    return frozenset(_normalised(phrase) for phrases in LOW_CONTENT.values() for phrase in phrases.split("|"))


def _normalised(part: str) -> str:
    """Letters, numbers and the signs that plus-ones are made of, with single spaces."""
    kept = (
        c if unicodedata.category(c)[0] in "LMN" or c in "'+%^" else " " for c in unicodedata.normalize("NFC", part)
    )
    return " ".join("".join(kept).split())
