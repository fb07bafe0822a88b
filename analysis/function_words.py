"""Words that carry grammar rather than a matter, in the languages that readers write most.

The commonest articles, pronouns, prepositions, conjunctions, auxiliaries and particles of each, from plain knowledge
of the languages. A word that means something in English ("war" is German for "was") or is a common name counts only
in a text that shows by others that it is in that language.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from comments.errors import BelowTheLineError

if TYPE_CHECKING:
    from collections.abc import Set

# What scikit-learn's English list lacks of reader comments: contractions cut at the apostrophe, traces of
# addresses, and words that carry a conversation rather than a matter.
MORE_ENGLISH = """
    ain amp aren arent cant com couldn couldnt did didn didnt does doesn doesnt doing don dont gt hadn hasn
    havent http https im isn isnt ive just let like ll lol lt maybe nbsp ok oh really said say says shouldn
    thats theres theyre thing things think unless ve wasn wasnt way weren won wont wouldn wouldnt www yeah
    yes youre got gonna know want people good make going right need look actually pretty lot bit sure mean
    point use used
"""

FUNCTION_WORDS = {
    "ru": """
        и в во не что он на я с со как а то все всё она так его но да ты к у же вы за бы по только её ее мне
        было вот от меня ещё еще нет о из ему когда даже ну ли если уже или ни быть был него до вас нибудь вам
        ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам без будто
        чего раз тоже себе под будет тогда кто этот того потому этого какой ним здесь этом мой тем чтобы нее
        были это эта эти при про об над очень
    """,
    "uk": """
        і й та в у не що він на я з зі як а то все вона так його але ти до же ви за б по тільки її мені було
        від мене ще ні о із йому коли навіть ну чи якщо вже або бути був вас вам там потім себе нічого їй може
        вони тут де є треба для ми тебе їх чим була без чого теж під буде тоді хто цей того тому цього який щоб
        були це ця ці при про дуже
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine ist sind war
        waren wird werden wurde hat haben hatte habe ich du er sie es wir ihr mich mir dich dir sich uns ihm
        ihn mein sein seine ihre zu zum zur von vom mit auf für im in an am bei aus nach über um wie wenn als
        auch noch nur schon so da dass daß was wer wo hier dann denn doch mal man kann sehr mehr immer wieder
        durch gegen ohne bis diese dieser dieses diesem diesen vor seit unter zwischen während beim ins weil ob
        muss muß müssen müsste soll sollen sollte sollten darf dürfen können könnte könnten wollen möchte würde würden
        wäre wären gibt geben machen macht alle allen alles jede jeder jedes jeden jedem statt anstatt dafür dagegen
        damit darum warum wieso ganz viel viele vielen wenig weniger etwas nichts andere anderen selbst bereits jedoch
        also wohl eben halt einfach endlich sonst davon dazu deshalb welche welcher welches keinen keiner seinen ihren
        unser unsere unseren eigenen zurück weg
    """,
    "fr": """
        le la les un une des du de et ou mais ne pas plus que qui quoi dont où ce cet cette ces se sa son ses
        mon ma mes ton ta tes leur leurs notre votre nos vos je tu il elle on nous vous ils elles me te lui y
        en au aux dans par pour sur avec sans sous est sont était être avoir ai as ont été fait si comme très
        tout tous toute bien aussi donc car même encore qu quand là ça cela ceux celui celle chez entre peut peuvent
        doit doivent faut faire veut toujours jamais alors ainsi parce beaucoup peu autre autres rien puis
    """,
    "es": """
        el la los las un una unos unas de del y o u pero no que qué quien cual cuando donde como cómo si sí ya
        yo tú él ella nosotros ellos ellas usted me te se nos le les lo mi mis tu tus su sus al a en por para
        con sin sobre entre hasta desde es son era fue ser está están estar hay ha han he muy más también
        porque este esta esto estos estas ese esa eso todo todos nada tan solo sólo cada puede pueden debe deben tiene
        tienen hacer hace siempre nunca ahora así entonces pues mucho mucha muchos muchas otro otra otros otras algo
        alguien mismo misma mejor peor poco
    """,
    "it": """
        il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai agli alle da dal
        dalla in nel nella nei con su sul sulla per tra fra e ed o ma non che chi cui come dove quando se si io
        tu lui lei noi voi loro mi ti ci vi ne mio suo è sono era sei essere ha ho hanno avere più molto anche
        perché perche così questo questa questi quello quella tutto tutti già solo ancora poi cosa
    """,
    "pt": """
        o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem sobre entre e ou
        mas não nao que quem qual quando onde como se sim já eu tu ele ela nós eles elas você vocês me te lhe
        meu minha seu sua seus suas ao à aos é são sao era foi ser está estão estar há tem têm muito mais
        também tambem porque este esta isto isso esse essa aquele todo todos tudo nada só até ainda
    """,
    "nl": """
        de het een en of maar niet geen dat die dit deze wie wat waar wanneer hoe als dan ik jij je hij zij ze
        wij we jullie mij me hem haar ons hun mijn zijn uw van voor met op in aan bij uit naar over om door tot
        te ten is was waren wordt worden werd heeft hebben had heb kan ook nog wel al er hier daar toch want
        omdat zo veel meer zich moet alleen
    """,
    "pl": """
        i w we na z ze do od po o u za dla przez przed przy pod nad bez nie tak to ten ta te tego tej tym co
        kto gdzie kiedy jak czy że żeby bo ale lub albo a ja ty on ona my wy oni mnie mi ciebie się sie jego
        jej ich mu im jest są sa był była było być będzie mam ma mają tylko już juz też tez jeszcze bardzo więc
        tu tam który która które sobie wszystko
    """,
    "sv": """
        och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan
        när år under också efter eller nu där vid mot ska skulle kommer ut får finns vara hade alla andra
        mycket än här då sin sina sitt hon bara blir upp även man vad dem du er mig dig oss min din detta denna
        dessa utan ju
    """,
    "da": """
        og i at det som en på er af for med til den har de ikke om et han men var jeg sig fra vi så kan når
        under også efter eller nu der ved mod skal skulle kommer ud får være havde alle andre meget end her da
        sin sine hun bare bliver op man hvad dem du mig dig os min din dette denne disse uden jo hvor hvis
        fordi
    """,
    "no": """
        og i at det som en på er av for med til den har de ikke om et han men var jeg seg fra vi så kan når
        under også etter eller nå der ved mot skal skulle kommer ut får være hadde alle andre mye enn her da
        sin sine hun bare blir opp man hva dem du meg deg oss min din dette denne disse uten jo hvor hvis fordi
    """,
    "fi": """
        ja on ei se että en ole oli hän ne mutta kun niin kuin tai jos vain nyt myös mitä mikä joka jotka sen
        sitä tämä tämän tätä nämä minä sinä me te he minun sinun hänen olen olet ovat olisi ollut vielä jo
        siitä siinä siellä täällä koska sitten kaikki mukaan eivät emme ette voi pitää aina
    """,
    "tr": """
        ve bir bu da de için ile çok ne ama o daha gibi en var yok mi mı mu mü ben sen biz siz onlar bunu şu
        her ki kadar sonra olan olarak değil ya hem şey diye ise veya ancak önce nasıl neden bana sana ona beni
        seni onu bize bizim benim senin hiç zaten artık bile
    """,
    "cs": """
        a v ve na se si z ze do od po o u za pro přes před při pod nad bez ne ano to ten ta ti toho té tím co
        kdo kde kdy jak že aby protože ale nebo já ty on ona my vy oni mě mne mi tě jeho její jejich mu jim je
        jsou jsem jste jsme byl byla bylo být bude mám má mají jen už také ještě velmi tak tu tam který která
        které by i
    """,
    "ro": """
        și si în in la de pe cu din pentru că ca să sa nu este e sunt era au am ai are a o un una unei unui al
        ale cel cea cei cele ce care cine unde când cum dar sau dacă eu tu el ea noi voi ei îmi mă te se îi le
        lor lui mai foarte fi fost doar tot toate toți asta acest această prin fără după
    """,
    "hu": """
        a az és egy hogy nem is van volt ez azt ezt ha de csak már még meg én te ő mi ti ők mint vagy ki mit
        aki ami amely itt ott most akkor így úgy nagyon lesz lehet kell minden sem mert el fel le be nincs
        vannak voltak engem neki nekem
    """,
    "el": """
        και το ο η τα οι τον την της του των τους τις στο στη στην στον στα στις στους με σε για από απο ως που
        πως να θα δεν μη μην είναι ειναι ήταν έχει εχει έχουν ένα ένας μια μία αν αλλά αλλα ή κι εγώ εσύ εμείς
        μου σου μας σας αυτό αυτός αυτή αυτά αυτοί τι ποιος πολύ όταν όπως γιατί μόνο όλα όλοι πια ότι τώρα εδώ
        εκεί
    """,
    "ar": """
        في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين و أو او لا ما لم لن لو ليس هو هي هم نحن انا أنا
        انت أنت كان كانت يكون قد كل بعد قبل بين حتى اذا إذا ان أن إن ثم كما لكن ولكن هنا هناك عند غير كيف متى
        أين ماذا لماذا يا به له لها فيه فيها منه عليه وهو وهي أي نعم أيضا ايضا فقط
    """,
    "he": """
        של על את לא זה זאת זו הוא היא הם הן אני אתה אנחנו אתם עם אל מה מי כי אם או גם רק כל יש אין היה היתה
        הייתה היו יהיה להיות אבל אז כמו אחרי לפני בין עד כאן שם איך למה מתי איפה שלי שלו שלה שלהם שלנו לי לו לה
        להם לנו אותו אותה אותם עוד מאוד כבר
    """,
    "fa": """
        و در به از که این آن را با برای است هست بود شد می نمی هم ما من تو او شما آنها یک تا بر اگر یا ولی اما
        نه هر همه چه چرا کجا کی چون پس باید شود کرد کردن شده دارد دارند داشت خود نیست هستند بودند فقط خیلی دیگر
        باشد کنید کند
    """,
    "hi": """
        है हैं था थी थे का की के को में से पर और या यह ये वह वे मैं हम तुम आप इस उस इन उन जो कि तो भी ही नहीं न
        ना क्या क्यों कैसे कब कहाँ कहां कौन एक कर करना करने किया करते हो होता होती होते हुआ गया अगर लेकिन मगर
        साथ लिए अब जब तब यहाँ वहाँ अपना अपने अपनी मेरा मेरे उनके उसके इसके ने रहा रहे रही सब बहुत कुछ
    """,
    "bn": """
        এবং ও বা কিন্তু যে যা এই সেই এ সে তা তার তাদের আমি আমরা আমার আমাদের তুমি তোমার আপনি আপনার তারা কি কী কে
        কেন কিভাবে কখন কোথায় না নয় নাই নেই হয় হবে হয়ে হলো ছিল আছে করে করা করতে করেন করছে থেকে জন্য সাথে
        মধ্যে উপর পরে আগে আর তো যদি তবে এখন এখানে সব খুব একটা একটি এক শুধু দিয়ে এর
    """,
    "vi": """
        và của là có không cho với được một các những này đó thì mà ở trong từ đến để ra vào trên dưới khi nếu
        nhưng vì nên đã đang sẽ cũng rất lại chỉ như tôi bạn anh chị em nó họ chúng ta mình ai gì sao nào đâu
        phải bị do theo về hay hoặc còn nữa thế vậy rồi đi nhiều
    """,
    "id": """
        yang dan di ke dari untuk dengan pada ini itu tidak tak adalah ada akan sudah telah bisa dapat juga
        atau tetapi tapi karena jika kalau saya aku kamu anda dia mereka kami kita nya oleh sebagai dalam
        seperti lebih sangat hanya masih lagi saja sih kok dong apa siapa mana kapan bagaimana mengapa para
        bukan jangan harus belum
    """,
}

# Spelt like an English word with a matter, or like a common name.
_ENGLISH_TOO = """
    ada al alla andre bare ben bien bile biz cada car care come cu dan des die din dong door dos dove el era
    eu fra hat hay hem hun jag jen jest jo kan kun las les lor los lui mai mal man men mich mig mir mit mod
    mot nad nada nyt ole ona para pas pod sans sao ser sin sina solo son sur tam theo ton tot tu van vid war
"""
_MARKS = r"\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0963\u0966-\u0e4e\u200c\u200d"
# Two letters or more; the vowel signs and points of Indic, Thai, Arabic and Hebrew writing belong to the word.
WORD = rf"(?<![\w{_MARKS}])[^\W\d_][\w{_MARKS}-]+"
_FIND = re.compile(WORD)


@cache
def _ambiguous() -> frozenset[str]:
    return frozenset(_ENGLISH_TOO.split())


@cache
def _english() -> frozenset[str]:
    return _scikit_words() | frozenset(MORE_ENGLISH.split())


def _scikit_words() -> frozenset[str]:
    """scikit-learn's English stop words, out of their own file: the package takes more than a second to import."""
    from importlib.util import find_spec, module_from_spec, spec_from_file_location

    package = find_spec("sklearn")
    folders = package.submodule_search_locations if package else None
    if folders:
        spec = spec_from_file_location("_btl_stop_words", f"{folders[0]}/feature_extraction/_stop_words.py")
        if spec and spec.loader:
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            return frozenset(module.ENGLISH_STOP_WORDS)
    raise BelowTheLineError("scikit-learn is not installed", "install btl again")


@cache
def _languages() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in FUNCTION_WORDS.items()}


@cache
def _foreign() -> frozenset[str]:
    return frozenset().union(*_languages().values()) - _ambiguous() - _english()


@cache
def _always() -> frozenset[str]:
    return _english() | (frozenset().union(*_languages().values()) - _ambiguous())


def is_function_word(word: str) -> bool:
    """Whether a word in small letters is one whatever the text that it stands in."""
    return word in _always()


def find_words(text: str) -> list[str]:
    """Return the words of a text in small letters, of two letters or more, in their order."""
    return _FIND.findall(text.lower())


def is_foreign_function_word(word: str) -> bool:
    """Whether a word in small letters is one of another language than English, and means nothing in English."""
    return word in _foreign()


def find_foreign(words: Set[str]) -> frozenset[str]:
    """Return the function words of the languages that a text is in, by its distinct words in small letters.

    It is in another language than English where two function words of that or more, and no fewer than of English,
    are among them; those that are spelt like an English word with a matter do not count.
    """
    if not words & _ambiguous():
        return frozenset()
    english = len(words & _english())
    found = [own for own in _languages().values() if len((words & own) - _ambiguous()) >= max(2, english)]
    return frozenset().union(*found)


def content_words(text: str) -> list[str]:
    """Return the words of a text in small letters and their order, without those that carry only grammar."""
    words = find_words(text)
    doubtful = find_foreign(set(words))
    return [word for word in words if word not in _always() and word not in doubtful]
