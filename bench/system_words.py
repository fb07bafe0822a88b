# ruff: noqa: E501
"""What the made-up pages of :mod:`bench.made_systems` say, in words of our own: articles, names, short comments by language."""

from __future__ import annotations

SYSTEMS_OF: dict[str, str] = {
    "de": "wp-generatepress-de typo3-news spiegel-forum",
    "fr": "dotclear lemonde",
    "es": "wp-astra-es elpais",
    "pt": "wp-pt-theme",
    "ru": "wp-russian habr vk-widget",
    "pl": "wp-no-markup-pl onet",
    "ja": "wp-japanese two-ch",
    "zh": "sina-163 waline",
    "ko": "naver",
    "nl": "bare-custom-2-nl",
    "it": "corriere",
    "sv": "aftonbladet",
    "ar": "wp-ajax-arabic",
    "hu": "index-hu",
}
"""Systems whose pages are in another language than English, by language."""

SAYINGS: dict[str, str] = {
    "de": """Danke!|Das sehe ich ganz anders.|Guter Artikel, endlich schreibt das mal jemand so deutlich auf.|Und wer bezahlt das alles? Wieder einmal die Anwohner, die seit Jahren auf eine Antwort warten und keine bekommen.|Ich wohne seit dreißig Jahren am Fluss und habe so etwas noch nie erlebt. Früher kam die Fähre alle zehn Minuten, heute steht man eine halbe Stunde im Regen.|@Uwe: Lies doch bitte erst den Text, bevor du urteilst.|Mich würde interessieren, woher die Zahlen im dritten Absatz stammen. Gibt es dazu eine Quelle?|So ein Unsinn. Man kann doch nicht eine Brücke sperren, ohne vorher mit den Leuten zu reden, die jeden Tag darüber fahren müssen.|Kann ich nur bestätigen, bei uns im Nachbarort war es genau dasselbe.|Am Ende wird wieder nichts passieren.""",
    "fr": """Merci.|Tout à fait d'accord avec vous.|Je ne comprends pas pourquoi personne n'en a parlé avant, alors que tout le village était au courant.|Encore une fois, ce sont les habitants qui paient. On nous promet un pont depuis dix ans et nous attendons toujours le bac sous la pluie.|Très bon billet, mais il manque un point important : qui a décidé de la fermeture, et quand ?|@Marc : relisez le troisième paragraphe, la réponse y est.|J'y étais dimanche. Il n'y avait pas trois voitures, contrairement à ce que raconte le journal.|Quelle honte !|Bonjour, est-ce que quelqu'un sait si le bac prend aussi les vélos ?|On verra bien aux prochaines élections ce qu'il en restera.""",
    "es": """Gracias.|Muy buen artículo, lo comparto.|No estoy de acuerdo: el puente se cerró porque nadie quiso pagar la reparación, y eso lo sabe todo el pueblo.|Llevo veinte años cruzando ese río y nunca había visto una cola como la del lunes. Una vergüenza.|¿Alguien sabe si el barco acepta bicicletas?|Totalmente de acuerdo con Marta.|Lo peor no es la espera, lo peor es que nadie da una explicación y que el alcalde se va de vacaciones en plena obra.|Pues a mí me parece bien, así se respira.|Excelente explicación, por fin entiendo de dónde sale la cifra.|Otra promesa más.""",
    "pt": """Obrigado!|Concordo plenamente.|Moro perto do rio há quinze anos e nunca vi uma fila tão grande como a de segunda-feira.|Muito bom o texto, parabéns pela clareza. Só faltou dizer quem vai pagar a conta.|Alguém sabe se a balsa leva bicicleta?|Isso é um absurdo, ninguém avisou os moradores e agora querem que a gente fique quieto.|Não vejo problema nenhum.|Na minha cidade foi igual: fecharam a ponte e nunca mais abriram.|Adorei!|Quem decidiu isso deveria pegar a balsa todos os dias às seis da manhã, na chuva, para ver como é bom.""",
    "ru": """Спасибо!|Полностью согласен с автором.|Живу у реки двадцать лет и такой очереди, как в понедельник, ни разу не видел.|А кто за это заплатит? Опять жители, которые годами ждут ответа и ничего не получают.|Подскажите, на паром пускают с велосипедом?|Чушь.|Интересная статья, но хотелось бы увидеть источник цифр в третьем абзаце. Без него всё это разговоры.|У нас в соседнем городе было точно так же: мост закрыли на месяц, а стоит закрытым пятый год.|Ну и правильно сделали.|Автор пишет, что никто не жаловался, но я сам относил письмо в управу в марте и видел там ещё двадцать таких же.""",
    "pl": """Dzięki!|Zgadzam się w stu procentach.|Mieszkam nad rzeką od dwudziestu lat i takiej kolejki jak w poniedziałek jeszcze nie widziałem.|A kto za to zapłaci? Znowu mieszkańcy.|Czy ktoś wie, czy prom zabiera rowery?|Bzdura, most zamknięto, bo nikt nie chciał zapłacić za remont, i wszyscy o tym wiedzą.|Dobry tekst, ale brakuje źródła liczb z trzeciego akapitu.|U nas było tak samo.|Szkoda słów.|Burmistrz obiecał, że do świąt będzie po sprawie. Święta minęły, a prom jak pływał, tak pływa.""",
    "ja": """ありがとうございます。|まったく同感です。|川の近くに二十年住んでいますが、月曜日のような行列は見たことがありません。|自転車も乗せられるのでしょうか。知っている方がいたら教えてください。|それは違うと思います。橋が閉まったのは、誰も修理の費用を払いたくなかったからです。|なるほど、よくわかりました。|隣の町でも同じことがありました。一か月だけと言われて、もう五年も閉まったままです。|残念ですね。|三段落目の数字はどこから来たのですか。出典を書いてほしいです。|また来ます。""",
    "zh": """谢谢分享！|完全同意。|我在河边住了二十年，从来没有见过星期一那样的长队。|请问渡船可以带自行车吗？有人知道的话请告诉我一声。|说得不对，桥是因为没有人愿意出修理费才关的，全村都知道。|支持一下。|隔壁镇也是这样，说好关一个月，结果五年了还没有开。|第三段的数字是从哪里来的？希望作者能给出来源。|写得很好。|等着看吧，最后还是老百姓买单。""",
    "ko": """감사합니다.|전적으로 동의합니다.|강가에 이십 년을 살았지만 월요일 같은 줄은 본 적이 없습니다.|배에 자전거도 실을 수 있나요? 아시는 분 계시면 알려 주세요.|그건 아니라고 봅니다. 다리는 아무도 수리비를 내려 하지 않아서 닫힌 겁니다.|좋은 글이네요.|옆 동네도 똑같았어요. 한 달이라더니 벌써 오 년째 닫혀 있습니다.|아쉽네요.|세 번째 문단의 숫자는 어디서 나온 건가요?|결국 주민들만 손해를 보겠지요.""",
    "nl": """Bedankt!|Helemaal mee eens.|Ik woon al twintig jaar aan de rivier en zo'n rij als maandag heb ik nog nooit gezien.|En wie gaat dat betalen? Weer de bewoners, die al jaren op een antwoord wachten.|Weet iemand of je met de fiets op het pontje mag?|Onzin.|Mooi stuk, alleen mis ik de bron van de cijfers in de derde alinea.|Bij ons in het dorp ging het precies zo: een maand dicht, werd er gezegd, en dat is nu vijf jaar geleden.|Jammer dat niemand van de gemeente hierop reageert.|Ik vind het juist wel rustig zo, zonder al dat verkeer over de dijk.""",
    "it": """Grazie!|Sono d'accordo.|Abito vicino al fiume da vent'anni e una coda come quella di lunedì non l'avevo mai vista.|E chi paga? Sempre i soliti.|Qualcuno sa se il traghetto prende anche le biciclette?|Articolo interessante, ma da dove vengono le cifre del terzo paragrafo?|Non è vero che nessuno si è lamentato, io ho portato una lettera in comune a marzo e ce n'erano altre venti.|Vergogna.|Da noi è successa la stessa cosa, un mese di chiusura diventato cinque anni.|Vedremo alle prossime elezioni.""",
    "sv": """Tack!|Håller med helt och hållet.|Jag har bott vid ån i tjugo år och har aldrig sett en sådan kö som i måndags.|Och vem ska betala? De boende, som vanligt.|Vet någon om man får ta cykeln på färjan?|Struntprat.|Bra skrivet, men var kommer siffrorna i tredje stycket ifrån?|Hos oss var det precis likadant, stängt en månad sa de, och nu har det gått fem år.|Synd att ingen från kommunen svarar.|Jag tycker tvärtom att det blivit lugnare utan all trafik över bron.""",
    "ar": """شكرا جزيلا.|أتفق معك تماما.|أسكن قرب النهر منذ عشرين عاما ولم أر طابورا مثل طابور يوم الاثنين.|ومن سيدفع ثمن كل هذا؟ السكان كالعادة، وهم ينتظرون الجواب منذ سنوات.|هل يعرف أحد إن كانت العبارة تحمل الدراجات؟|كلام غير صحيح.|مقال جيد، لكن من أين جاءت الأرقام في الفقرة الثالثة؟|حدث عندنا الأمر نفسه، قالوا شهرا واحدا ومضت خمس سنوات.|بارك الله فيك.|سنرى ما الذي سيبقى من هذه الوعود بعد الانتخابات القادمة.""",
    "hu": """Köszönöm!|Teljesen egyetértek.|Húsz éve lakom a folyó mellett, de olyan sort, mint hétfőn, még sosem láttam.|És ki fizeti meg mindezt? Megint az itt lakók, akik évek óta várnak válaszra.|Tudja valaki, hogy a kompra felvihető a kerékpár?|Hülyeség.|Jó cikk, csak a harmadik bekezdés számainak a forrása hiányzik.|Nálunk pontosan így volt, egy hónapról volt szó, és már öt éve zárva van.|Kár érte.|Majd meglátjuk a következő választáson, mi marad ebből.""",
}
"""Comments of a sentence or a few, by language, with bars between them."""

NAMES: tuple[str, ...] = (
    "Ada Holt",
    "bramv",
    "Cleo",
    "Dov Amir",
    "esme_q",
    "Finn O'Sullivan",
    "Gwen Rook",
    "hal9001",
    "Jane D.",
    "Anonymous",
    "Dr. K. Petrov",
    "mrs.beeton",
    "Zé Carioca",
    "Łukasz",
    "李雷",
    "тень",
    "X",
    "The River Rat",
    "old salt",
    "Peter",
    "Maria Luisa Fernández",
    "kb",
    "Guest",
    "J",
    "Dave in Ohio",
    "sunny-day77",
    "Tom & Jerry",
    "Prof. Wiebe",
    "ana",
    "No Longer Ferryman",
    "IvanTheTerribleGardener",
    "Klaus-Dieter",
    "marc",
    "Sue H",
    "R. M. Whitlock",
    "nightowl",
    "Lotte",
    "Yusuf",
    "Bea",
    "Orla Byrne",
)
SITES: tuple[str, ...] = ("tidebook.example", "oldquay.example", "bridgefans.example")

ARTICLES: dict[str, list[tuple[str, list[str]]]] = {
    "en": [
        (
            "The ferry that came back",
            [
                "On Monday morning at ten past six the ferry crossed the estuary for the first time since the bridge was opened in 1974. It carried eleven cars, a milk lorry and a dog.",
                "The bridge was closed on Friday night after an inspection found cracks in two of the cables. Engineers from the county said that they would need at least four months to replace them, and possibly a year.",
                "“We were told at nine in the evening,” said Martha Quill, who runs the bakery on the north side. “At five I had flour for one day and no way to get more.”",
                "The county council met on Saturday and voted eleven to four to hire the old boat, which had served as a restaurant in the harbour. Its kitchen has been taken out, but the menu still hangs in the wheelhouse.",
                "For now the crossing is free. From next month a car will cost four pounds, a foot passenger one. Bicycles, the council said after some debate, go for nothing.",
            ],
        ),
        (
            "How I sharpen my kitchen knives",
            [
                "I get asked about this more than about anything else, so here is how I do it. I am no expert and I have ruined two good blades on the way.",
                "You need a stone with two sides, a cup of water and a towel. That is all. The gadgets with slots and wheels take off too much steel and leave a rough edge.",
                "Lay the stone on the wet towel so that it does not slide. Put the heel of the blade on the stone at about fifteen degrees, which is roughly two coins under the spine, and draw it towards you without pressing.",
                "Ten strokes, then turn it over and do ten more. Feel for a burr with your thumb, across the edge and never along it. When there is a burr all the way, change to the fine side and do the same with half the pressure.",
                "My grandmother did it on the bottom of a plate. It works, but you have to be her.",
            ],
        ),
        (
            "Why our library should stay open on Sundays",
            [
                "When the library committee met last week it had a table of numbers before it. The numbers said that Sunday is the quietest day, that heating costs what it costs, and that nobody wrote in to complain.",
                "Numbers are a poor way to count a library. On a Sunday there are few people in it because few people can be there: those who work six days, those with children, those who come by the only bus.",
                "I went last Sunday and counted nineteen people in four hours. One was learning to read. One was asleep, and why not. Three girls were building a volcano for school, and a man of about eighty printed a letter to his landlord.",
                "None of them would have come on Tuesday. Close it, and the table of numbers will look better, and nineteen people will be somewhere else.",
            ],
        ),
        (
            "Release notes for the tide tables, version 3",
            [
                "This release brings tables for forty more harbours, a fix for the hour that was lost each March, and a new file format.",
                "The old format kept times as text, which was easy to read and hard to sort. The new one keeps minutes since midnight. A small script turns old files into new ones:",
                "If you see a message about a missing zone, your system is older than we support. Update the zone files and try again.",
                "We dropped the printed edition. The last one is in the shop while it lasts. Thanks to everybody who sent corrections, and above all to the keeper at Skerry Light, who found eleven errors in one evening.",
            ],
        ),
        (
            "A walk along the old rope works",
            [
                "The path begins behind the station, where a sign with a rope on it points the wrong way. Turn left and follow the wall until it ends.",
                "For three hundred metres you walk inside what was once the longest building in the country. The roof has gone, but the iron rails on which the carts ran are still there, polished by children.",
                "We met nobody except a heron. It was a grey morning with no wind, and the smell of tar was stronger than I would have thought possible after sixty years.",
                "At the far end there is a café that opens when the owner feels like it. She did. The apple cake is worth the walk by itself, and the coffee is not.",
                "Allow two hours, wear boots, and do not trust the sign.",
            ],
        ),
        (
            "Interview: the woman who counts swifts",
            [
                "Every evening in June Hedda Brandt sits on a folding chair in the market square and counts birds. She has done it for twenty-six years.",
                "Why swifts? “They were above my bed when I was a child. You hear them through the roof, like mice with a great deal on their minds.”",
                "There were four hundred pairs when she began and there are ninety now. New roofs have no gaps, she says, and old ones are made tight against the cold. The cure costs nothing: a hole, four centimetres by seven.",
                "Last year the town passed a rule that every new roof must have one. It was her letter that did it, or rather her forty letters, each with a table.",
                "“I do not like writing,” she says. “I like counting.” Then a swift comes over, and she is no longer with us.",
            ],
        ),
    ],
    "de": [
        (
            "Die Fähre fährt wieder",
            [
                "Am Montagmorgen um zehn nach sechs fuhr die Fähre zum ersten Mal seit der Eröffnung der Brücke wieder über den Fluss. Sie trug elf Autos, einen Milchwagen und einen Hund.",
                "Die Brücke war am Freitagabend gesperrt worden, nachdem Prüfer Risse in zwei Seilen gefunden hatten. Der Landkreis rechnet mit mindestens vier Monaten Bauzeit.",
                "Bis auf Weiteres ist die Überfahrt kostenlos. Ab dem kommenden Monat kostet ein Auto vier Euro, ein Fußgänger einen.",
            ],
        )
    ],
    "fr": [
        (
            "Le retour du bac",
            [
                "Lundi matin à six heures dix, le bac a traversé l'estuaire pour la première fois depuis l'ouverture du pont. Il transportait onze voitures, un camion de lait et un chien.",
                "Le pont avait été fermé vendredi soir après la découverte de fissures dans deux câbles. Le département prévoit au moins quatre mois de travaux.",
                "Pour l'instant la traversée est gratuite. Le mois prochain, une voiture paiera quatre euros et un piéton un euro.",
            ],
        )
    ],
    "es": [
        (
            "Vuelve el transbordador",
            [
                "El lunes a las seis y diez de la mañana el transbordador cruzó la ría por primera vez desde que se abrió el puente. Llevaba once coches, un camión de leche y un perro.",
                "El puente se cerró el viernes por la noche, después de que una inspección encontrara grietas en dos cables. Las obras durarán al menos cuatro meses.",
                "De momento el viaje es gratis. El mes que viene un coche pagará cuatro euros y una persona a pie, uno.",
            ],
        )
    ],
    "pt": [
        (
            "A balsa voltou",
            [
                "Na segunda-feira, às seis e dez da manhã, a balsa atravessou o rio pela primeira vez desde a abertura da ponte. Levava onze carros, um caminhão de leite e um cachorro.",
                "A ponte foi fechada na noite de sexta-feira, depois que uma vistoria encontrou rachaduras em dois cabos. A obra deve durar pelo menos quatro meses.",
            ],
        )
    ],
    "ru": [
        (
            "Паром вернулся",
            [
                "В понедельник в десять минут седьмого паром пересёк реку впервые с тех пор, как открыли мост. На нём было одиннадцать машин, молоковоз и собака.",
                "Мост закрыли в пятницу вечером, когда проверка нашла трещины в двух тросах. Ремонт займёт не меньше четырёх месяцев.",
                "Пока переправа бесплатна. Со следующего месяца с машины будут брать двести рублей, с пешехода пятьдесят.",
            ],
        )
    ],
    "pl": [
        (
            "Prom wrócił",
            [
                "W poniedziałek o szóstej dziesięć prom przepłynął rzekę po raz pierwszy od otwarcia mostu. Zabrał jedenaście samochodów, cysternę z mlekiem i psa.",
                "Most zamknięto w piątek wieczorem, gdy kontrola wykryła pęknięcia dwóch lin. Remont potrwa co najmniej cztery miesiące.",
            ],
        )
    ],
    "ja": [
        (
            "渡し船が帰ってきた",
            [
                "月曜日の朝六時十分、橋が開通してから初めて渡し船が川を渡った。車が十一台、牛乳の車が一台、そして犬が一匹乗っていた。",
                "橋は金曜日の夜、点検で二本のケーブルにひびが見つかったため閉鎖された。工事には少なくとも四か月かかるという。",
            ],
        )
    ],
    "zh": [
        (
            "渡船回来了",
            [
                "星期一早上六点十分，渡船自大桥通车以来第一次驶过河口。船上有十一辆汽车、一辆奶车和一条狗。",
                "大桥在星期五晚上关闭，因为检查发现两根缆索有裂缝。修理至少需要四个月。",
            ],
        )
    ],
    "ko": [
        (
            "나룻배가 돌아왔다",
            [
                "월요일 아침 여섯 시 십 분, 다리가 개통된 뒤 처음으로 배가 강을 건넜다. 자동차 열한 대와 우유차 한 대, 개 한 마리가 타고 있었다.",
                "점검에서 케이블 두 개에 금이 간 것이 발견되어 금요일 밤 다리가 닫혔다. 공사는 적어도 넉 달이 걸린다.",
            ],
        )
    ],
    "nl": [
        (
            "Het pontje is terug",
            [
                "Maandagochtend om tien over zes stak het pontje voor het eerst sinds de opening van de brug de rivier over. Er gingen elf auto's mee, een melkwagen en een hond.",
                "De brug ging vrijdagavond dicht toen bij een inspectie scheuren in twee kabels werden gevonden. Het werk duurt minstens vier maanden.",
            ],
        )
    ],
    "it": [
        (
            "Torna il traghetto",
            [
                "Lunedì mattina alle sei e dieci il traghetto ha attraversato l'estuario per la prima volta da quando fu aperto il ponte. Portava undici auto, un camion del latte e un cane.",
                "Il ponte era stato chiuso venerdì sera dopo che un controllo aveva trovato crepe in due cavi. I lavori dureranno almeno quattro mesi.",
            ],
        )
    ],
    "sv": [
        (
            "Färjan är tillbaka",
            [
                "På måndagsmorgonen klockan tio över sex gick färjan över sundet för första gången sedan bron öppnades. Ombord fanns elva bilar, en mjölkbil och en hund.",
                "Bron stängdes på fredagskvällen sedan sprickor hittats i två kablar. Arbetet tar minst fyra månader.",
            ],
        )
    ],
    "ar": [
        (
            "عودة العبارة",
            [
                "في صباح يوم الاثنين عند السادسة وعشر دقائق عبرت العبارة النهر لأول مرة منذ افتتاح الجسر، وعلى متنها إحدى عشرة سيارة وشاحنة حليب وكلب.",
                "أغلق الجسر مساء الجمعة بعد أن كشف الفحص عن شقوق في اثنين من الحبال. وستستغرق الأعمال أربعة أشهر على الأقل.",
            ],
        )
    ],
    "hu": [
        (
            "Visszatért a komp",
            [
                "Hétfőn reggel hat óra tízkor a híd megnyitása óta először kelt át a komp a folyón. Tizenegy autót, egy tejesautót és egy kutyát vitt.",
                "A hidat péntek este zárták le, miután a vizsgálat két kábelben repedést talált. A munka legalább négy hónapig tart.",
            ],
        )
    ],
}
"""Titles and paragraphs of articles, by language."""
