"""Words of dates in many languages: months with their numbers, and what stands around a date and belongs to it."""

from __future__ import annotations

from functools import cache

# Month names and their abbreviations as comment systems print them (CLDR, format widths wide and
# abbreviated), from the first month on; a stroke between names for one month, a dash where another language has it.
MONTHS: dict[str, str] = {
    "en": "January/Jan February/Feb March/Mar April/Apr May June/Jun July/Jul August/Aug September/Sept/Sep "
    "October/Oct November/Nov December/Dec",
    "de": "Januar/Jänner Februar März/Mär - Mai Juni Juli - - Oktober/Okt - Dezember/Dez",
    "fr": "janvier/janv février/fevrier/févr mars avril mai juin juillet/juil août/aout septembre octobre "
    "novembre décembre/decembre/déc",
    "es": "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre "
    "noviembre diciembre/dic",
    "it": "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/set "
    "ottobre/ott novembre dicembre",
    "pt": "janeiro fevereiro/fev março/marco abril maio/mai junho julho agosto setembro outubro/out "
    "novembro dezembro/dez",
    "nl": "januari februari maart/mrt april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta "
    "lokakuuta marraskuuta joulukuuta",
    "no": "- - - - - - - - - - - desember",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "el": "Ιανουαρίου/Ιαν Φεβρουαρίου/Φεβ Μαρτίου/Μαρ Απριλίου/Απρ Μαΐου/Μάι Ιουνίου/Ιούν Ιουλίου/Ιούλ "
    "Αυγούστου/Αυγ Σεπτεμβρίου/Σεπ Οκτωβρίου/Οκτ Νοεμβρίου/Νοέ Δεκεμβρίου/Δεκ",
    "ro": "ianuarie februarie martie aprilie - iunie iulie - septembrie octombrie noiembrie decembrie",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "id": "Januari Februari Maret - Mei Juni Juli Agustus - Oktober - Desember",
    "he": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "ar": "يناير فبراير مارس أبريل/إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "hi": "जनवरी फ़रवरी/फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर/सितंबर अक्टूबर नवम्बर/नवंबर दिसम्बर/दिसंबर",
    "bn": "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট/আগষ্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
}

# Words that stand around a date and belong to it: weekdays, prepositions, zones.
FILLERS: dict[str, str] = {
    "weekday": "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs "
    "fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi "
    "vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì "
    "mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta feira maandag dinsdag "
    "woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag lördag söndag "
    "mandag tirsdag lørdag søndag понедельник вторник среда четверг пятница суббота воскресенье",
    "joint": "at on the um am à le a las el del de alle ore il om op o às as em dia kl klo kell w dnia uur godz "
    "hod óra "
    "в г den d uhr h hrs hours and et y @ στις pukul lúc о la kello um بتاريخ في الساعة م ص مساءً صباحًا "
    "בשעה 오후 오전 下午 上午 午前 午後 μμ πμ ngày ö s r",
    "zone": "utc gmt est edt cst cdt mst mdt pst pdt cet cest bst ist z",
    "note": "edited bearbeitet modifié editado modificato bewerkt permalink link edit",
}


def months_of(*languages: str) -> list[tuple[str, int]]:
    """Return the names of the months in some languages, each with its number, 1 to 12."""
    numbered = [(number, names) for name in languages for number, names in enumerate(MONTHS[name].split(), 1)]
    return [(month, number) for number, names in numbered for month in names.split("/") if month != "-"]


def fold_month(text: str) -> str:
    """Return ``text`` in lower case; a dotless i is an i to a pattern that ignores case."""
    return text.lower().replace("ı", "i")


@cache
def month_numbers() -> dict[str, int]:
    """Return the number of each month, 1 to 12, by its name in lower case (a dotless i as an i)."""
    return {fold_month(month): number for month, number in months_of(*MONTHS)}
