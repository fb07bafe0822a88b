"""Words by which a reader's lines differ from an article's, by class and language, and words that are no names."""

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
# Words that stand before a comma, a colon or a dash at the head of a line and call nobody.
_OPENERS: dict[str, str] = {
    "en": "a about above absurd after afterwards again agree ah ahh alas all almost already alright also although "
    "always am amen an and another answer any anyhow anyone anything anyway anyways apart appendix april are "
    "as aside ask at august author average aw awesome aww bad based basics be beautiful because before below "
    "besides best better between beyond big bingo blah bonus both boy bravo brilliant bullshit but by bye can "
    "caption case categories category cause caution chances clear code come con conclusion cons content "
    "contents cool correction cost could course crap credit credits damn darn data date dating day days "
    "december description details did disclaimer disclosure ditto do does don't done dude duh dumb each early "
    "easy edit edited eh either else email end enough erm eventually ever every everybody everyone everything "
    "exactly example excellent explain fact facts fair false fantastic faq far fascinating fast february few "
    "fifth filed fine first firstly for forever found four fourth free friday friends from full fun funny "
    "further fwiw fyi garbage gee generally get go god good goodness gosh granted great guys ha hah hahaha "
    "hardly hate he heck hehe hell hence her here here's heres hey hilarious his hm hmmm hmmmm holy home hope "
    "how however huh i if image in indeed ingredients instead interesting is it it's its itself january jesus "
    "join july june just key labels lame last lastly later latest learn less let let's lies like likewise "
    "link links listen location long look looking lots love lovely luckily made man many march may maybe me "
    "meanwhile method monday moral more moreover most much my nah name namely need neither never nevertheless "
    "new next nice nobody none nonetheless nonsense nor not note notes nothing notice november now nowadays "
    "number october odd of off often oh old on once one only oops or other others otherwise ouch our ours "
    "over overall part pathetic people perfect perhaps photo photos pic plus point poor posted pretty "
    "priceless pro problem problems pros ps psst published q quality question questions quick quite quote "
    "rather re read really recently regarding regardless regards related remember result results right "
    "rubbish rule sad said same saturday save say second seconds see september serious shame she short should "
    "side silly similar simple since sir small so some somehow someone something sometimes soon sorted source "
    "sources spoiler start step steps still stop story strange stupid such summary sunday super sure surprise "
    "sweet tags take tell terrible terrific that that's then there there's thereafter therefore these they "
    "thing things third this those though three thursday thus time tip tips title tldr to today together "
    "tomorrow tonight too topics total true try tuesday two type ugly uh um under unless until up update "
    "updated updates us usual vs wait warning was watch way we wednesday weird were what what's whatever when "
    "where whereas which while who whoa whoever whoops why will wise with without wonderful word words worse "
    "worst would written wrong ya yah yawn yea year years yesterday yet yikes you you're young zero",
    "de": "aber ach achtung alle allerdings alles also auch auf außerdem bei beispiel bitte da dabei dagegen daher "
    "dann das dazu der deshalb die dies diese doch ein eine einfach erstens es fazit für gut hier hinweis im "
    "immer in jetzt klar leider man mit nach natürlich nun nur ob oder okay quelle schade schließlich schön "
    "sehr so sonst super trotzdem und update vielleicht von war was weil wenn wer wie wir wo zudem zuerst zum "
    "zweitens übrigens",
    "fr": "ainsi alors après au aussi autre autrement avant avec bah bien bon bref car ce ceci cela cependant "
    "certes comme d'abord dans de donc du effectivement elle en enfin ensuite et euh finalement franchement "
    "hélas ici il ils jamais l'auteur la le les là maintenant mais malgré nous néanmoins on or ou par parfois "
    "petit pour pourquoi pourtant puis quand quant que quel qui quoi résultat sans si sinon source sur "
    "surtout toujours tout toutefois un une voici voilà ça évidemment",
    "es": "además ahora al algo antes aparte aquí así aunque ayer bien bueno cada claro como con conclusión cuando "
    "de del desde después donde el ella en encima entonces era es esa ese eso esta este esto fin fuente hay "
    "hoy incluso la las lo los luego mas mientras muy nada ni nota o ojo para pero por porque primero pues "
    "que quien quizá quizás resumen salud saludos se según ser si siempre sin sobre solo sólo también tampoco "
    "todo tras un una vamos y ya",
    "it": "allora anche ancora beh bene certo che chi come comunque con così da del di dopo dunque e ecco il in "
    "infatti infine inoltre insomma invece io la le ma oggi ora per perché però poi purtroppo quando qui "
    "quindi se senza sono tra un una",
    "pt": "agora ainda além apesar após aqui as assim até bem bom claro com como contudo de depois do e em enfim "
    "entretanto então era esse este eu foi hoje infelizmente isso já logo mas mesmo muito na nem no nota o "
    "ora os ou outra para pois por porque porém primeiro quando que quem se sem só também tudo um uma",
    "nl": "aan als bij daarna dan dat de deze die dit door dus echt een eerst eigenlijk en er gelukkig goed helaas "
    "het hier hoe in inderdaad intussen kortom leuk maar met mooi morgen na natuurlijk niet nog nu of om "
    "ondertussen ook op over overigens prima straks super te toch toen tot trouwens uit van vandaag verder "
    "volgens voor waar want wat wauw we wie zo",
    "nordic": "alltså altså att bare bra da dag de den der derfor det dette du eller en er et fint för först først her "
    "hos hvis här i ikke just kanske kanskje kort likevel man med men mycket nu nå och också og også om på "
    "sedan som så til tyvärr uansett under var ved vi år",
    "slavic": "a albo ale bo co czy dlatego do dziś gdy i jak jednak jen jeśli już když kiedy nie niestety o "
    "oczywiście oraz pak po potem poza proto protože teraz też to tylko w więc z za že а або але бо если и или как "
    "конечно короче кстати на не но по потом поэтому просто так также теперь то только увы це что що это я як "
    "якщо",
}  # fmt: skip
OPENERS = frozenset(word for words in _OPENERS.values() for word in words.split())
ADVERBS = ("ly", "mente", "ment")
