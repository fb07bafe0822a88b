"""Words by which a reader's lines differ from an article's, by class and language."""

from __future__ import annotations

# Whole words, lower case. Classes, not meanings: a language without an entry loses these features only.
VOICES: dict[str, dict[str, str]] = {
    "i": {
        "en": "i i'm i’m i've i’ve i'd i’d i'll i’ll im ive me my mine myself",
        "de": "ich mich mir mein meine meinen meiner meinem",
        "fr": "je j j'ai j’ai me moi mon ma mes",
        "es": "yo me mi mis mí conmigo",
        "it": "io mi mio mia miei mie",
        "pt": "eu me meu minha meus minhas mim",
        "nl": "ik mij me mijn",
        "nordic": "jag jeg mig meg min mitt mina mine",
        "fi": "minä mä minua minun mun minulle",
        "pl": "ja mnie mi mój moja moje mam jestem myślę",
        "cs": "já mě mne mi můj moje jsem myslím",
        "ru": "я меня мне мной мой моя мои моё",
        "uk": "я мене мені мій моя мої",
        "tr": "ben bana beni benim bence",
        "el": "εγώ μου με μένα",
        "ro": "eu mie mea meu mei mele",
        "hu": "én nekem engem szerintem",
        "he": "אני לי שלי אותי",
        "ar": "أنا انا لي عندي",
        "hi": "मैं मुझे मेरा मेरी मेरे",
        "bn": "আমি আমার আমাকে",
        "id": "saya aku ku",
        "vi": "tôi mình em",
    },
    "you": {
        "en": "you your you're you’re you've you’ve u ur yours yourself",
        "de": "du dich dir dein deine euch ihr sie ihnen",
        "fr": "tu te toi ton ta tes vous votre vos",
        "es": "tú tu tus te usted ustedes vosotros su",
        "it": "tu ti te tuo tua voi vi vostro",
        "pt": "você vocês tu te teu tua vc vcs",
        "nl": "je jij jou jouw jullie u uw",
        "nordic": "du dig deg din dina dine ni er",
        "fi": "sinä sä sinun sun te teidän",
        "pl": "ty ci cię ciebie twój twoja pan pani wam",
        "cs": "ty tě ti tvůj vás vám váš",
        "ru": "ты тебя тебе вы вас вам ваш твой",
        "uk": "ти тебе вам ваш ви вас",
        "tr": "sen sana senin siz sizin size",
        "el": "εσύ σου σας εσείς",
        "ro": "tu ție dumneavoastră voi vă",
        "hu": "te neked ön önök ti",
        "he": "אתה את לך שלך אתם",
        "ar": "أنت انت لك لكم انتم",
        "hi": "आप तुम आपका आपको तुम्हें",
        "bn": "আপনি তুমি আপনার তোমার",
        "id": "anda kamu kalian",
        "vi": "bạn anh chị ông",
    },
    "thanks": {
        "en": "thanks thank thx ty congrats congratulations cheers welcome appreciate",
        "de": "danke dank vielen glückwunsch gratuliere",
        "fr": "merci bravo félicitations",
        "es": "gracias felicidades enhorabuena felicitaciones",
        "it": "grazie complimenti bravo",
        "pt": "obrigado obrigada parabéns valeu",
        "nl": "bedankt dank dankjewel gefeliciteerd",
        "nordic": "tack takk tak grattis gratulerer",
        "fi": "kiitos kiitti onnea",
        "slavic": "dzięki dziękuję gratulacje děkuji díky спасибо благодарю дякую",
        "other": "teşekkürler teşekkür sağol ευχαριστώ mulțumesc mersi felicitări "
        "köszönöm kösz תודה شكرا شكراً धन्यवाद शुक्रिया "
        "ধন্যবাদ terima kasih makasih cảm ơn",
    },
    "hello": {
        "en": "hi hello hey dear yes yeah yep no nope oh wow ah haha "
        "lol lmao rofl omg imho imo btw ok okay well sorry please hmm "
        "ugh yay yup agree agreed exactly absolutely",
        "de": "hallo moin servus liebe lieber ja nein doch naja stimmt",
        "fr": "bonjour salut coucou oui non ouais euh mdr ah",
        "es": "hola buenas saludos sí no jaja jajaja pues",
        "it": "ciao salve buongiorno sì beh",
        "pt": "olá oi sim não kkk kkkk rs abraço abraços",
        "nl": "hoi hallo beste ja nee groetjes groeten",
        "nordic": "hej hei ja nej nei hälsningar mvh hilsen",
        "fi": "moi hei terve joo kyllä",
        "slavic": "cześć witam tak nie ahoj ano привет здравствуйте да нет привіт так ні",
        "other": "merhaba selam evet hayır γεια ναι salut bună da nu "
        "szia sziasztok igen שלום כן مرحبا السلام नमस्ते हाँ হ্যাঁ "
        "halo hai iya chào vâng dạ",
    },
    "post": {
        "en": "post article blog author site writer comment comments piece blogger sharing posting",
        "de": "artikel beitrag blog kommentar autor",
        "fr": "article billet blog commentaire commentaires auteur",
        "es": "artículo entrada blog comentario comentarios autor",
        "it": "articolo post blog commento autore",
        "pt": "artigo post texto blog comentário matéria",
        "nl": "artikel stuk blog reactie schrijver",
        "nordic": "artikel inlägg blogg kommentar artikkel innlegg",
        "slavic": "artykuł wpis komentarz článek статья статью статье автор автору пост стаття",
        "other": "yazı makale yorum άρθρο σχόλιο articol articolul cikk "
        "bejegyzés כתבה תגובה مقال लेख নিউজ artikel bài viết",
    },
    "said": {
        "en": "said says told according reported announced percent spokesman spokeswoman officials statement added",
        "de": "sagte laut prozent sprecher mitteilte erklärte",
        "fr": "selon déclaré affirme annoncé indique",
        "es": "según dijo afirmó explicó anunció señaló",
        "it": "secondo dichiarato spiega annunciato",
        "pt": "segundo disse afirmou explicou",
        "nl": "volgens zei aldus procent meldt",
        "nordic": "enligt säger ifølge sier siger procent prosent",
        "slavic": "według powiedział podle uvedl сообщил сказал заявил словам повідомив",
        "other": "göre söyledi açıkladı σύμφωνα potrivit declarat szerint mondta "
        "לדברי قال وقال कहा বলেন menurut theo cho biết",
    },
}
# Where words are not set apart by spaces, these strings count as one word each.
VOICE_STRINGS: dict[str, tuple[str, ...]] = {
    "i": ("私は", "僕", "俺", "我", "저는", "제가", "나는"),
    "you": ("あなた", "さん", "你", "您", "님"),
    "thanks": ("ありがと", "感謝", "谢谢", "謝謝", "感谢", "감사", "고맙"),
    "hello": ("こんにちは", "笑", "ですね", "你好", "哈哈", "안녕", "ㅋㅋ", "ㅎㅎ", "网友", "楼主"),
    "post": ("記事", "ブログ", "文章", "博主", "포스팅", "글 잘"),
    "said": ("によると", "発表", "表示", "据", "报道", "밝혔다", "따르면"),
}
