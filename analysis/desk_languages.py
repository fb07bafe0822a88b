"""What speaks to the newsroom in German, French, Spanish and Russian: fewer rules than in English, each with its case.

Only wordings that name the article, its makers or the writer's own presence are taken, so most is missed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.desk_rules import DeskRule

if TYPE_CHECKING:
    from analysis.desk_rules import Kind, Reach

# Name, kind and reach of a rule, and how sure its wording is.
_NAMED: dict[str, tuple[Kind, float, Reach]] = {
    "a correction by name": ("correction", 0.9, "no reply"),
    "a typing error": ("correction", 0.9, "no reply"),
    "an error of the article": ("correction", 0.8, "any comment"),
    "a question to the paper": ("question", 0.9, "no reply"),
    "what the article leaves out": ("tip", 0.7, "any comment"),
    "was there": ("account", 0.8, "any comment"),
    "works or worked in it": ("account", 0.7, "any comment"),
    "lives there": ("account", 0.5, "any comment"),
}


def _rules(language: str, **rows: tuple[str, str]) -> tuple[DeskRule, ...]:
    """Rules of a language from pairs of pattern and case, by the names above with underscores."""
    return tuple(
        DeskRule(
            name=f"{name}, {language}",
            kind=kind,
            score=score,
            pattern=re.compile(pattern, re.IGNORECASE),
            case=case,
            reach=reach,
            language=language,
        )
        for key, (pattern, case) in rows.items()
        for name in [key.replace("_", " ")]
        for kind, score, reach in [_NAMED[name]]
    )


GERMAN = _rules(
    "de",
    a_correction_by_name=(
        r"^(?:kleine |eine |kurze )*(?:korrektur|richtigstellung|berichtigung)\s*:"
        r"|\bbitte\b(?!.*\bmich\b).{0,40}\b(?:korrigieren|berichtigen)\b",
        "Korrektur: Die Brücke wurde 1987 eröffnet, nicht 1978.",
    ),
    a_typing_error=(
        r"^(?=.*\b(?:tipp|schreib|rechtschreib|druck)fehler\b)"
        r"(?=.*\b(?:artikel|text|überschrift|titel|absatz|zeile|beitrag|bildunterschrift)\b)",
        "Im dritten Absatz ist ein Tippfehler.",
    ),
    an_error_of_the_article=(
        r"\b(?:der|dieser|ihr|im|in diesem|in ihrem) (?:artikel|beitrag|bericht)\b.{0,40}?\b(?:falsch|"
        r"stimmt (?:so )?nicht|"
        r"irrt|unrichtig|fehlerhaft|(?:ist|sind|enthält) (?:\w+ ){0,2}fehler)\b"
        r"|\b(?:sachlicher )?fehler (?:im|in (?:diesem|ihrem)) (?:artikel|beitrag|bericht)\b",
        "Im Artikel ist ein sachlicher Fehler: Der Vertrag ist von 1974.",
    ),
    a_question_to_the_paper=(
        r"^(?!.*\b(?:lies|liest|lesen|gelesen)\b).*?\b(?:warum|wieso|weshalb|wann|wer|was|wie|wo|könnten?|kann|"
        r"würden?)\b"
        r".{0,120}?\b(?:der|die|den|dieser|ihr|ihre|im|in diesem|dem) "
        r"(?:artikel|beitrag|redaktion|autor(?:in)?|redakteur(?:in)?|verfasser(?:in)?)\b.{0,160}\?$",
        "Warum erwähnt der Artikel nicht, wer die Studie bezahlt hat?",
    ),
    what_the_article_leaves_out=(
        r"\b(?:der|dieser|ihr) (?:artikel|beitrag|bericht|autor)\b.{0,20}?\b(?:verschweigt|unterschlägt|vergisst|"
        r"erwähnt\b.{0,60}?\bnicht|lässt\b.{0,60}?\b(?:aus|weg|unerwähnt))\b"
        r"|\bim (?:artikel|beitrag|bericht) (?:fehlt|steht nichts (?:davon|darüber|von|über))\b",
        "Der Artikel verschweigt, dass der Bürgermeister im Aufsichtsrat saß.",
    ),
    was_there=(
        r"\bich war (?:selbst |persönlich |auch )*(?:dabei|vor ort|anwesend|"
        r"(?:bei|auf|in) der (?:sitzung|versammlung|demo|demonstration|kundgebung|anhörung))\b"
        r"|\bich habe es (?:selbst|mit eigenen augen) (?:gesehen|erlebt)\b",
        "Ich war selbst dabei, und niemand hat dagegen gestimmt.",
    ),
    works_or_worked_in_it=(
        r"\bich (?:habe|hab)\b.{0,40}?\b(?:als|bei|beim|im|in (?:dem|der|einem|einer|diesem|"
        r"dieser))\b.{0,40}?\bgearbeitet\b"
        r"|\bich arbeite (?:seit \S+ jahren |selbst )?(?:als|bei|beim|im|in (?:dem|der|einem|einer))\b"
        r"|\bich bin (?:selbst |seit \S+ jahren )?(?:krankenschwester|pfleger(?:in)?|arzt|ärztin|lehrer(?:in)?|"
        r"ingenieur(?:in)?|landwirt(?:in)?|polizist(?:in)?|anwalt|anwältin|apotheker(?:in)?|feuerwehrmann)\b",
        "Ich habe elf Jahre in dem Werk gearbeitet, das Sie beschreiben.",
    ),
    lives_there=(
        r"\bich (?:wohne|lebe) (?:selbst |hier |dort |schon )*seit \S+ jahren\b",
        "Ich wohne seit zwanzig Jahren an der Kreuzung.",
    ),
)
FRENCH = _rules(
    "fr",
    a_correction_by_name=(
        r"^(?:petite |une )*(?:correction|rectification|erratum)\s*:|\bmerci de (?:corriger|rectifier)\b(?!-moi)"
        r"|\b(?:veuillez|pourriez-vous) (?:corriger|rectifier)\b",
        "Rectification : le pont a été ouvert en 1987, et non en 1978.",
    ),
    a_typing_error=(
        r"^(?=.*\b(?:coquille|faute (?:de frappe|d['’]orthographe))\b)"
        r"(?=.*\b(?:article|titre|paragraphe|texte|légende)\b)",
        "Il y a une coquille dans le troisième paragraphe.",
    ),
    an_error_of_the_article=(
        r"\b(?:l['’]|cet |votre )article\b.{0,40}?\b(?:est (?:faux|inexact|erroné)|se trompe|"
        r"(?:contient|comporte) (?:une|des|plusieurs) (?:erreurs?|inexactitudes?))\b"
        r"|\b(?:erreurs?|inexactitudes?) dans (?:l['’]|cet |votre )article\b",
        "L’article se trompe sur la date du traité.",
    ),
    a_question_to_the_paper=(
        r"^(?!.*\b(?:lu|lue|lire|lis|lisez)\b).*?\b(?:pourquoi|quand|qui|quel(?:le)?s?|comment|où|est-ce que|pourriez|"
        r"pourrait)\b.{0,120}?\b(?:(?:l['’]|cet |votre )article|l['’]auteure?|(?:la|votre) rédaction|votre journal)\b"
        r".{0,160}\?$",
        "Pourquoi l’article ne dit-il pas qui a payé l’étude ?",
    ),
    what_the_article_leaves_out=(
        r"\b(?:l['’]|cet |votre )(?:article|auteure?)\b.{0,20}?\b(?:oublie de|omet|passe sous silence|"
        r"ne (?:mentionne|précise) (?:pas|même pas|rien))\b",
        "L’article oublie de dire que le maire siégeait au conseil de la société.",
    ),
    was_there=(
        r"\bj['’](?:y )?étais (?:moi-même |aussi )?(?:là|sur place|présente?|dans la salle|à la (?:réunion|"
        r"manifestation))\b"
        r"|\bje l['’]ai vue? de mes (?:propres )?yeux\b",
        "J’étais à la réunion, et personne n’a voté contre.",
    ),
    works_or_worked_in_it=(
        r"\bj['’]ai (?:travaillé|enseigné)\b.{0,30}?\b(?:dans|pour|à|chez|comme|au|en tant que)\b"
        r"|\bje travaille (?:depuis \S+ ans )?(?:dans|pour|à|chez|comme|au)\b"
        r"|\bje suis (?:moi-même )?(?:infirmi(?:er|ère)|médecin|professeure?|enseignante?|ingénieure?|agriculteur|"
        r"agricultrice|avocate?|pharmacien(?:ne)?|policier|pompier)\b",
        "J’ai travaillé onze ans dans l’usine que vous décrivez.",
    ),
    lives_there=(
        r"\b(?:j['’]habite|je vis) (?:ici |là |moi-même )?depuis \S+ ans\b",
        "J’habite depuis vingt ans près du carrefour.",
    ),
)
SPANISH = _rules(
    "es",
    a_correction_by_name=(
        r"^(?:una |pequeña )*(?:corrección|rectificación|fe de erratas)\s*:"
        r"|\bpor favor,? (?:corrijan?|rectifiquen?)\b",
        "Corrección: el puente se abrió en 1987, no en 1978.",
    ),
    a_typing_error=(
        r"^(?=.*\b(?:errata|error tipográfico|falta de ortografía|error ortográfico)\b)"
        r"(?=.*\b(?:artículo|titular|párrafo|texto|noticia|pie de foto)\b)",
        "Hay una errata en el tercer párrafo.",
    ),
    an_error_of_the_article=(
        r"\b(?:el|este|su) (?:artículo|reportaje)\b.{0,40}?\b(?:está equivocado|es falso|se equivoca|"
        r"contiene (?:un|varios) error(?:es)?)\b|\b(?:error(?:es)?|inexactitud(?:es)?) en (?:el|este|"
        r"su) (?:artículo|reportaje)\b",
        "El artículo se equivoca en la fecha del tratado.",
    ),
    a_question_to_the_paper=(
        r"^(?!.*\b(?:leíste|leer|leído|lees|leyó)\b).*?\b(?:por qué|cuándo|quién(?:es)?|cómo|qué|dónde|"
        r"podrían?)\b.{0,120}?"
        r"\b(?:(?:el|este|su) (?:artículo|reportaje)|su (?:periódico|diario)|el autor|la autora|"
        r"la redacción)\b.{0,160}\?$",
        "¿Por qué el artículo no menciona quién pagó el estudio?",
    ),
    what_the_article_leaves_out=(
        r"\b(?:el|este|su) (?:artículo|reportaje|autor)\b.{0,20}?\b(?:omite|olvida (?:decir|mencionar)|"
        r"no (?:menciona|aclara)|no dice nada|pasa por alto)\b",
        "El artículo omite que el alcalde estaba en el consejo de la empresa.",
    ),
    was_there=(
        r"\b(?:yo )?estuve (?:también |yo )?(?:allí|ahí|presente|en la (?:reunión|manifestación|sala|audiencia))\b"
        r"|\byo estaba (?:allí|ahí|presente)\b|\blo vi con mis propios ojos\b",
        "Estuve en la reunión y nadie votó en contra.",
    ),
    works_or_worked_in_it=(
        r"\b(?:trabajé|he trabajado) (?:\w+ ){0,3}?(?:en|para|como)\b|\btrabajo desde hace \S+ años (?:en|como)\b"
        r"|(?<!no )\bsoy (?:médic[oa]|enfermer[oa]|profesora?|maestr[oa]|ingenier[oa]|abogad[oa]|agricultora?|"
        r"bomber[oa]|"
        r"farmacéutic[oa])\b",
        "Trabajé once años en la fábrica que describen.",
    ),
    lives_there=(
        r"\bvivo\b.{0,30}?\b(?:desde hace|hace) \S+ años\b|\bllevo \S+ años viviendo\b",
        "Vivo desde hace veinte años cerca del cruce.",
    ),
)
RUSSIAN = _rules(
    "ru",
    a_correction_by_name=(
        r"^(?:небольшая |маленькая )?(?:поправка|исправление|уточнение)\s*:"
        r"|\b(?:исправьте,? пожалуйста|пожалуйста,? исправьте)\b(?!.*\bменя\b)",
        "Поправка: мост открыли в 1987 году, а не в 1978-м.",
    ),
    a_typing_error=(
        r"^(?=.*\b(?:опечатк\w+|орфографическ\w+ ошибк\w+)\b)(?=.*\b(?:стать\w+|заголовк\w+|абзац\w*|текст\w*|"
        r"подпис\w+)\b)",
        "В третьем абзаце опечатка.",
    ),
    an_error_of_the_article=(
        r"\bв (?:этой |вашей )?статье\b.{0,30}?\b(?:ошибк\w+|неточност\w+|неверно (?:указан\w*|написано))\b"
        r"|\bавтор(?: статьи)? (?:ошибается|ошибся|путает)\b",
        "В статье ошибка: договор подписали в марте.",
    ),
    a_question_to_the_paper=(
        r"^(?!.*\b(?:читал\w*|прочита\w+|читать)\b).*?\b(?:почему|когда|кто|что|как|где|зачем)\b.{0,120}?"
        r"\b(?:в (?:этой |вашей )?статье|автор(?:ы|а|у)?(?: статьи)?|редакци\w+|ваш\w* (?:газет\w+|"
        r"журналист\w*))\b.{0,160}\?$",
        "Почему в статье не сказано, кто оплатил исследование?",
    ),
    what_the_article_leaves_out=(
        r"\bв (?:этой |вашей )?статье\b.{0,20}?\b(?:не (?:сказано|упомянут\w*|упоминается|указано)|ни слова)\b"
        r"|\bавтор(?: статьи)? (?:умалчивает|умолчал|не упоминает|забыл (?:сказать|упомянуть))\b",
        "Автор умалчивает, что мэр входил в совет этой компании.",
    ),
    was_there=(
        r"\bя (?:сам |сама |лично |тоже )*(?:был|была) (?:там|свидетелем|на (?:собрании|митинге|месте|встрече|"
        r"заседании))\b"
        r"|\bвидела? (?:это )?(?:своими|собственными) глазами\b",
        "Я была на собрании, и никто не голосовал против.",
    ),
    works_or_worked_in_it=(
        r"\bя (?:сам |сама )?(?:работаю|работала?|проработала?|служил|преподавала?|преподаю)\b.{0,30}?\b(?:в|на|врачом|"
        r"учителем|инженером)\b|\bя (?:сам |сама )?(?:врач|медсестра|учитель|учительница|инженер|юрист|адвокат|фермер|"
        r"пожарный|фельдшер|преподаватель)\b",
        "Я проработал одиннадцать лет на заводе, о котором вы пишете.",
    ),
    lives_there=(
        r"\bя (?:уже )?(?:\S+ (?:лет|года?) )?живу (?:уже )?(?:здесь|рядом|неподалёку|в этом|на этой|\S+ (?:лет|"
        r"года?))\b",
        "Я живу двадцать лет рядом с перекрёстком.",
    ),
)
OTHERS: tuple[DeskRule, ...] = (*GERMAN, *FRENCH, *SPANISH, *RUSSIAN)
