"""Words of comment sections by language: headings, forms, buttons, and what stands after."""

from __future__ import annotations

# What the items of a comment section are called above it. Source: the catalogues of the comment
# templates of WordPress, Blogger, Drupal and Movable Type, and headings of newspaper sites.
# A low line stands for a space inside a noun.
NOUNS: dict[str, str] = {
    "en": "comments? thoughts? responses? replies reply reactions? opinions? remarks?",
    "de": "kommentare? antworten antwort gedanken gedanke reaktion(?:en)? meinungen leserkommentare? beiträge",
    "fr": "commentaires? réponses? réflexions? réactions? avis",
    "es": "comentarios? respuestas? opiniones opinión reacciones pensamientos? ideas?",
    "it": "commenti commento risposte risposta pensieri pensiero reazioni opinioni",
    "pt": "comentários? comentarios? respostas? opiniões pensamentos? reações",
    "nl": "reacties? reacties reactie opmerkingen gedachten? antwoorden",
    "sv": "kommentar(?:er)? svar tankar reaktion(?:er)?",
    "da": "kommentar(?:er)? svar tanker",
    "no": "kommentar(?:er)? svar tanker",
    "fi": "kommenttia? kommentit vastausta? ajatusta?",
    "pl": "komentarz(?:e|y)? odpowiedzi odpowiedź myśli",
    "cs": "komentář(?:e|ů)? reakce",
    "ru": "комментари(?:й|я|ев|и) отзыв(?:а|ов|ы)? мысл(?:ь|и|ей) ответ(?:а|ов|ы)?",
    "uk": "коментар(?:і|ів|я)? відповід(?:ь|і|ей)",
    "tr": "yorum(?:lar)? cevap düşünce yanıt",
    "el": "σχόλι(?:ο|α) απαντήσεις απάντηση σκέψεις σκέψη",
    "hu": "hozzászólás(?:ok)?",
    "ro": "comentari(?:i|u) răspunsuri gânduri",
    "ca": "comentaris? respostes resposta",
    "ja": "件のコメント コメント 件の返信 件のフィードバック",
    "zh": "条评论 则评论 評論 评论 留言 則留言 条留言 条回复 條回應 則回應 条想法 条回应 則迴響",
    "ko": "개의_댓글 개의_생각 댓글",
    "id": "komentar tanggapan pemikiran balasan",
    "ar": "تعليقات تعليقاً تعليقان تعليق ردود رد آراء رأي",
    "he": "תגובות תגובה מחשבות",
    "vi": "bình_luận phản_hồi",
    "hi": "विचार टिप्पणियाँ टिप्पणियां टिप्पणी",
    "bn": "টি_মন্তব্য(?:সমূহ)? মন্তব্য টি_প্রতিক্রিয়া",
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
    "ko": "댓글|댓글 목록",
    "ar": "التعليقات|تعليقات|الردود",
    "he": "תגובות",
    "vi": "bình luận|ý kiến bạn đọc",
    "hi": "टिप्पणियाँ|टिप्पणियां",
    "bn": "মন্তব্য|মন্তব্যসমূহ|পাঠকের মন্তব্য",
    "id": "komentar",
    "el": "σχόλια",
    "ro": "comentarii",
    "hu": "hozzászólások",
    "no": "kommentarer",
}

# The comment form under the last comment, or the word that there is none; beginnings of a line.
FORMS: dict[str, str] = {
    "en form": "leave a (?:reply|comment|response|message)|leave your (?:comment|reply|thoughts)|"
    "(?:post)?post a (?:new )?(?:comment|reply)|post your comment|"
    "remember (?:my )?(?:personal )?info|enter your (?:information|comment|name|e-?mail)|submit the word|"
    "type the (?:characters|word|code|answer)|please add \\d|add (?:a |your |new )?comment|submit (?:a )?comment|"
    "write a (?:comment|reply)|your email address|your e-mail|name.{0,3}required|name \\*|email \\*|"
    "have your say|speak your mind|what do you think\\?$|got something to say|"
    "join the (?:discussion|conversation)$|some html is ok|you (?:can|may) use these html|xhtml|"
    "allowed (?:html )?tags|cancel reply|click here to cancel|notify me of|sign in to comment|"
    "log in to (?:comment|reply|leave)|login to (?:post|comment)|you must be (?:logged in|registered)|"
    "this site uses akismet|save my name|recipe rating|required fields are marked|or, reply to this post|"
    "comment \\*|to post a comment",
    "typepad": "verify your comment|previewing your comment|this is only a preview\\.|your comment could not be posted|"
    "your comment has (?:been saved|not yet been posted)|the letters and numbers you entered did not match|"
    "as a final step before posting your comment|having trouble reading this image",
    "en closed": "comments? (?:are|is) (?:now |currently )?closed|comments have been (?:closed|disabled)|"
    "comments for this (?:post|entry|thread)|(?:the )?comments? (?:on this|to this) .{0,30} closed|"
    "sorry, (?:the )?comment|we have turned off comments|these comments are closed|commenting is closed|"
    "discussion closed|comments off",
    # The line that WordPress puts beside the box to be remembered, and that on fields to fill in.
    "remember": "meinen namen, meine e-mail|enregistrer mon nom|guarda(?:r)? mi nombre|salva il mio nome|"
    "salvar meus dados|guardar o meu nome|mijn naam, e-mail|zapamiętaj moje dane|zapisz moje dane|"
    "сохранить мо[её] имя|spara mitt namn|gem mit navn|lagre mitt navn|erforderliche felder|"
    "les champs obligatoires|los campos obligatorios|campos obrigatórios|i campi obbligatori|vereiste velden|"
    "wymagane pola|обязательные поля",
    # Further lines of the forms of WordPress, WordPress.com and Jetpack.
    "tags": "(?:du kannst|sie können) (?:diese|folgende) html|vous pouvez utiliser ces balises|"
    "puedes usar (?:las siguientes|estas) etiquetas|è possibile utilizzare questi tag|você pode usar estas tags|"
    "(?:je kan|je kunt) deze html|możesz użyć (?:następujących|tych) tagów|du kan använda (?:följande|dessa) html|"
    "du kan (?:bruge|bruke) (?:følgende|disse) html|voit käyttää (?:näitä|seuraavia) html",
    "spam": "diese (?:web)?(?:site|seite) verwendet akismet|ce site utilise akismet|este sitio (?:web )?usa akismet|"
    "questo sito (?:usa|utilizza) akismet|(?:este|esse) site utiliza o akismet|deze site gebruikt akismet|"
    "ta strona używa akismet|(?:den här|denna) webbplats(?:en)? använder akismet|этот сайт использует akismet|"
    "this site is protected by recaptcha|diese (?:web)?(?:site|seite) (?:ist|wird) durch recaptcha|"
    "ce site est protégé par recaptcha|este sitio está protegido por recaptcha|questo sito è protetto da recaptcha",
    "hosted": "fill in your details below|you are commenting using your|trage deine daten unten ein|"
    "gib hier deinen kommentar|du kommentierst mit deinem|entrez vos coordonnées|vous commentez à l.aide de|"
    "introduce tus datos o haz clic|estás comentando usando tu|inserisci i tuoi dati qui sotto|"
    "stai commentando usando il tuo|preencha os seus (?:dados|detalhes) abaixo|você está comentando utilizando|"
    "vul je gegevens in of klik|je reageert onder je|wprowadź swoje dane lub kliknij|komentujesz korzystając z|"
    "fyll i dina uppgifter nedan|du kommenterar med ditt",
    "notes": "benachrichtige mich (?:über|bei|per)|avertissez-moi par|prévenez-moi de|"
    "recibir un (?:email|correo electrónico) con|avvertimi via|notificar-me (?:de|por)|notifique-me sobre|"
    "stuur mij een e-mail als|powiadom mnie o|meddela mig via|giv mig besked om|varsle meg om|уведом(?:ить|лять) меня",
    "de": "schreibe? (?:einen|ihren|deinen) kommentar|hinterlassen? sie|hinterlasse (?:einen|eine)|"
    "kommentar (?:schreiben|hinterlassen|verfassen|abgeben|hinzufügen)|antwort (?:schreiben|hinterlassen)|"
    "(?:deine|ihre) (?:e-mail|mail)|kommentare sind geschlossen|die kommentarfunktion",
    "fr": "laisse[rz] (?:un|votre) (?:commentaire|réponse)|laissez-nous|ajouter un commentaire|"
    "publier un commentaire|écrire un commentaire|votre (?:adresse|e-mail|courriel)|"
    "les commentaires sont (?:fermés|clos)|commentaires fermés",
    "es": "dej(?:a|e|ar) (?:un|una|tu|su) (?:comentario|respuesta)|deja un|escribe un comentario|"
    "añadir (?:un )?comentario|publicar un comentario|tu (?:dirección|correo)|"
    "(?:actualmente )?los comentarios están|comentarios cerrados",
    "it": "lascia un (?:commento|messaggio)|lascia una risposta|scrivi un commento|aggiungi un commento|"
    "il tuo indirizzo|i commenti sono chiusi|posta un commento",
    "pt": "deix(?:e|ar) (?:um|uma|o seu|seu) (?:comentário|resposta)|adicionar (?:um )?comentário|"
    "enviar (?:um )?comentário|postar um comentário|o seu endereço|os comentários estão",
    "nl": "geef een reactie|laat een (?:reactie|bericht)|een reactie (?:plaatsen|posten)|"
    "reactie (?:plaatsen|toevoegen)|plaats een reactie|(?:je|jouw|uw) e-mail|reacties zijn (?:nu )?gesloten",
    "nordic": "lämna (?:ett|en) (?:svar|kommentar)|skriv (?:en|et|ett) (?:kommentar|svar)|legg igjen|skriv kommentar|"
    "kommentarer (?:är|er) (?:stängda|lukket|stengt)|jätä kommentti|kirjoita kommentti|kommentointi",
    "slavic": "dodaj komentarz|zostaw (?:komentarz|odpowiedź)|komentowanie|możliwość komentowania|"
    "napsat komentář|добавить комментарий|оставить комментарий|оставьте комментарий|ваш (?:e-mail|адрес)|"
    "комментарии (?:закрыты|отключены)|залишити",
    "other": "コメントを(?:残す|投稿)|メールアドレス|发表评论|發表評論|發佈留言|发表回复|댓글 남기기|답글 남기기|"
    "bir (?:cevap|yanıt) (?:yazın|bırakın)|yorum yap|αφήστε|hozzászólás írása|vélemény, hozzászólás|"
    "lasă un|deixa un|コメントする|取消回复|"
    "댓글 (?:달기|쓰기)|اترك (?:تعليق|رد)|أضف تعليق|إلغاء الرد|để lại|viết bình luận|gửi bình luận|"
    "प्रातिक्रिया दे|टिप्पणी (?:करें|लिखें)|जवाब रद्द|মন্তব্য করুন|মতামত দিন|tinggalkan (?:balasan|komentar)|"
    "batalkan balasan|כתיבת תגובה|הוספת תגובה|הוסף תגובה|скасувати відповідь|odpowiedz anuluj",
}

# Other lines that stand after the last comment; beginnings of a line.
CLOSERS: dict[str, str] = {
    "pages": "(?:«|←|<<|<) ?(?:older|newer|previous|next|more) comments|"
    "(?:older|newer|previous|next|more) comments|comments? navigation|post navigation|comment pages?|load more|"
    "continuing the discussion|"
    "loading comments|show more comments|subscribe to: ?post|subscribe to (?:this|comments|the comments)|"
    "trackbacks?\\b.{0,5}$|trackback (?:url|uri|address)|pingbacks?(?: & trackbacks)?$|"
    "(?:trackbacks?|pingbacks?) ?(?:/|&|and) ?(?:trackbacks?|pingbacks?)\\b.{0,5}$|"
    "(?:one|1|2|3|4|5|6|7|8|9)[0-9]{0,2} (?:trackback|pingback|ping)s?(?: ?(?:/|&|and) ?\\w+)?$|"
    "(?:rss )?feed for comments|comments? (?:rss|feed)\\b|subscribe to comments",
    "site": "primary sidebar|skip to|site (?:footer|navigation)|footer$|sidebar$|archives?$|categories$|"
    "about (?:this|the) (?:site|blog|author)|search(?: for)?:?$|follow us|newsletter|sign up for|subscribe$|"
    "subscribe now|blogroll|meta$|copyright|©|\\(c\\) (?:19|20)|all rights reserved|powered by|proudly powered|"
    "privacy policy|terms of (?:use|service)|creative commons|related$|tags?:|share this|advertisement$|back to top|"
    "report (?:this )?(?:abuse|comment)|discover more|continue reading|impressum|datenschutz|mentions légales|"
    "aviso legal|política de privacidad|doorzoek",
    "more": "related (?:posts?|articles?|content|stories|news|reading)|you (?:may|might) also|more from|read more|"
    "recent (?:posts|comments|entries)|popular posts|similar posts|more in|also (?:on|in)|most (?:read|popular)|"
    "up next|ähnliche (?:beiträge|artikel)|das könnte|weitere (?:artikel|beiträge)|mehr (?:zum thema|aus)|"
    "(?:neueste|letzte) (?:beiträge|kommentare)|beitrags-?navigation|kommentar-?navigation|"
    "articles (?:similaires|récents|liés)|à lire aussi|navigation (?:de l|des)|"
    "entradas (?:relacionadas|recientes)|artículos relacionados|navegación de|te puede interesar|"
    "articoli (?:correlati|recenti)|navigazione articol|artigos relacionados|posts? (?:relacionados|recentes)|"
    "navegação de|gerelateerde|meer (?:over|uit)|berichtnavigatie|relaterade|relaterte|похожие",
}

# Lines that say nothing but what may be done with a comment; whole lines.
CONTROLS: dict[str, str] = {
    "en": "reply|reply to this|reply to comment|replydelete|reply delete|delete|replies|quote|like|likes|liked|"
    "dislike|upvote|downvote|share|report|report abuse|report comment|flag|flag as inappropriate|edit|permalink|"
    "link|loading|recommend|recommended|more|parent|up|down|helpful|log in to reply|login to reply|"
    "log in or register to post comments|reply with quote|hide replies|view replies|show replies|like this|"
    "comment link|like comment|answer|report this comment|report post|suggest removal|flag comment|embed|save|"
    "like reply|be the first to like this|copy link|respond|top|vote up|vote down|unlike|"
    "post author|author|moderator|admin|staff|guest|member|subscriber|verified|"
    "in reply to|link to this comment|link to comment|comment permalink|reply link|view all replies|"
    "log in to leave a comment|your comment is awaiting moderation|follow|collapse|expand|read more|show more|"
    "avatar|gravatar|user avatar|profile picture|profile photo|image|photo|icon|at|on",
    "de": "antworten|antwort|zitieren|melden|teilen|gefällt mir|bearbeiten|link|nach oben|kommentar melden|"
    "auf diesen kommentar antworten|empfehlen|löschen|liken",
    "fr": "répondre|signaler|citer|partager|j'aime|j’aime|supprimer|modifier|lien|signaler un abus|réponse",
    "es": "responder|citar|denunciar|compartir|me gusta|reportar|eliminar|responder a este comentario",
    "it": "rispondi|cita|segnala|condividi|mi piace|elimina|modifica",
    "pt": "responder|citar|denunciar|compartilhar|curtir|gosto|excluir|eliminar",
    "nl": "beantwoorden|antwoorden|reageer|reageren|antwoord|citeren|delen|rapporteer|beantwoord|vind ik leuk",
    "nordic": "svara|svar|besvar|anmäl|gilla|liker|tykkää|rapporter|citera|vastaa|del|like",
    "slavic": "odpowiedz|cytuj|zgłoś|lubię to|нравится|подобається|líbí se mi|"
    "odpovědět|ответить|цитировать|поделиться|пожаловаться|відповісти",
    "other": "返信|回复|回覆|답글|cevapla|yanıtla|απάντηση|válasz|răspunde|respon|balas|trả lời|رد|الرد|הגב|השב|"
    "відповісти|प्रतिक्रिया|उत्तर दें|জবাব|উত্তর|응답|댓글|"
    "返信する|回應|回应|赞|thích|suka|أعجبني",
}

# What stands between a reader and the one who is answered; no word among them stands for a button.
REPLIES: dict[str, str] = {
    "en": "in reply to|in response to|reply to|replying to|responding to|replied to comment from|replied to",
    "de": "als antwort auf|antwort auf|als antwort an|antwort an",
    "fr": "en réponse à|réponse à",
    "es": "en respuesta a|respuesta a|respondiendo a",
    "it": "in risposta a|risposta a",
    "pt": "em resposta a|resposta a|respondendo a",
    "nl": "als reactie op|in reactie op|in antwoord op",
    "nordic": "som svar på|som svar till|som svar til|vastauksena",
    "slavic": "w odpowiedzi na|w odpowiedzi do|v odpovědi na|в ответ на|у відповідь на",
    "other": "ca răspuns la|en resposta a|σε απάντηση στον|σε απάντηση στην|sebagai balasan untuk|返信先:|返信先：|↳|⤷",
}

# "X says" in the languages of WordPress's catalogues, and the verbs of newspaper systems.
SAYS: dict[str, str] = {
    "en": "says|said|say|wrote|writes|commented|replied|responded|responds|adds|thinks|states",
    "de": "sagt|sagte|schrieb|schreibt|meint|meinte|kommentierte|antwortete",
    "fr": "dit|a dit|a écrit|écrit|a répondu|a commenté",
    "es": "dice|dijo|escribió|comentó|respondió|comenta",
    "it": "dice|ha detto|ha scritto|scrive|scrisse|ha commentato",
    "pt": "diz|disse|escreveu|comentou|respondeu",
    "nl": "zegt|schreef|zei|schrijft|antwoordde",
    "nordic": "säger|sade|skrev|skriver|siger|sier|sanoo|kirjoitti",
    "slavic": "pisze|napisał|napisał\\(a\\)|mówi|powiedział|napsal|říká|пишет|написал|написала|говорит|сказал|каже|"
    "комментирует|коментує|сказав|пише|říká|napsala|napisała",
    "other": "diyor ki|dedi ki|λέει|είπε|szerint|spune|a spus|diu|ha dit|mengatakan|berkata|viết|nói|הגיב|הגיבה|אמר|"
    "कहते हैं|कहता है|ने कहा|বলেছেন|বলছেন|লিখেছেন",
}
# What stands before a name in a byline.
POSTED: dict[str, str] = {
    "en": "(?:posted|written|submitted|commented|left|added|said)\\s+by|comment (?:by|from|posted by)|by|from|"
    "name|posted|author|comment",
    "de": "(?:geschrieben|kommentar|gepostet|verfasst|erstellt) von|von|kommentar",
    "fr": "(?:posté|écrit|rédigé|publié|commentaire) (?:par|de)|par",
    "es": "(?:publicado|escrito|enviado|comentario) (?:por|de)|por",
    "it": "(?:scritto|postato|inviato|pubblicato|commento) (?:da|di)|da",
    "pt": "(?:postado|publicado|escrito|enviado|comentário) (?:por|de)|por",
    "nl": "(?:geplaatst|geschreven|reactie) (?:door|van)|door",
    "other": "(?:skrivet|inlagt|skrevet) av|av|автор|ο/η|מאת|بواسطة|oleh|bởi",
}
