/* The words that ties.c goes by. English stands in every language, for names and quotations; the
 * others are added to it in theirs. Lists are short: what stands beside figures in reports. */
#include <string.h>

#include "text/breaks_private.h"

const char bp_tie_units[] =
    " % ‰ ‱ ° °C °F ℃ ℉ ′ ″ mm cm dm m km nm µm μm mm² cm² dm² m² km² mm³ cm³ dm³ m³ km³ "
    "m2 km2 m3 ha in² ft yd mi lb oz mg µg μg g kg t kt Mt Gt mL ml cl dl L l hl ns µs μs "
    "ms s min h d Hz kHz MHz GHz THz mW W kW MW GW TW Wh kWh MWh GWh TWh mV V kV mA A mAh "
    "Ah Ω kΩ MΩ J kJ MJ GJ TJ kcal cal N kN Pa hPa kPa MPa bar K mol cd lm lx dB dBm Bq Gy "
    "Sv kPa bit kbit Mbit Gbit Tbit B kB KB MB GB TB PB KiB MiB GiB TiB kbit/s Mbit/s "
    "Gbit/s kbps Mbps Gbps MB/s GB/s m/s km/h mph rpm dpi ppi pt px ppm ppb tCO2 tCO₂ a.m. "
    "p.m. am pm AM PM BC AD BCE CE € $ £ ¥ ₩ ₽ ₹ ₺ kr zł Kč Ft USD EUR GBP CNY RMB "
    "JPY "
    "CHF "
    "HKD KRW ";

const bp_tie_words bp_tie_english = {
    .code = "en",
    .phrases = " per_cent per_mille ",
    .counts = " percent percentage pp million millions billion billions trillion "
              "trillions thousand hundred dozen mn mln bn bln tn yuan euro euros dollars "
              "pounds degrees ",
    .labels = " page pages line lines figure figures table tables chart charts box "
              "chapter chapters section sections part parts paragraph annex appendix "
              "article articles note notes volume number phase step stage tier item "
              "equation AD ",
    .abbreviations = " p. pp. no. nos. No. Nos. Nr. n° nº № fig. figs. Fig. Figs. eq. eqs. Eq. "
                     "Eqs. sec. secs. Sec. sect. ch. chap. Ch. vol. vols. Vol. art. arts. Art. "
                     "para. paras. tab. Tab. app. App. ca. c. approx. v. ",
    .months = " January February March April May June July August September October "
              "November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Jan. "
              "Feb. Mar. Apr. Jun. Jul. Aug. Sep. Sept. Oct. Nov. Dec. ",
    .titles = " Mr Mrs Ms Miss Mx Messrs Dr Drs Prof Sir Dame Lord Lady St Ste Mt Rev "
              "Hon Gen Col Maj Capt Lt Cmdr Sgt Gov Sen Rep ",
};

static const bp_tie_words languages[] = {
    {.code = "de",
     .counts = " Prozent Prozentpunkt Prozentpunkte Prozentpunkten Million Millionen "
               "Milliarde Milliarden Billion Billionen Mio. Mrd. Tsd. Tausend Euro Grad "
               "Uhr ",
     .labels = " Seite Seiten Abbildung Abbildungen Tabelle Tabellen Kapitel Abschnitt "
               "Teil Band Artikel Absatz Anhang Nummer Ziffer ",
     .abbreviations = " S. Nr. Nrn. Abb. Tab. Kap. Abs. Art. Bd. Bde. Ziff. Rn. Rdnr. Anm. Fn. ",
     .months = " Januar Jänner Februar März April Mai Juni Juli August September Oktober "
               "November Dezember Jan. Feb. Apr. Aug. Sept. Okt. Nov. Dez. ",
     .titles = " Herr Herrn Frau Dr Prof Ing Mag St "},
    {.code = "fr",
     .phrases = " pour_cent pour_mille ",
     .counts = " million millions milliard milliards mille cent cents euro euros francs "
               "heures ",
     .labels = " page pages figure figures tableau tableaux chapitre section article "
               "articles annexe numéro tome partie ",
     .abbreviations = " p. pp. n° no fig. tabl. chap. art. vol. t. ",
     .months = " janvier février mars avril mai juin juillet août septembre octobre "
               "novembre décembre janv. févr. avr. juill. sept. oct. nov. déc. ",
     .titles = " M MM Mme Mmes Mlle Mlles Dr Pr Me Mgr "},
    {.code = "es",
     .phrases = " por_ciento por_mil ",
     .counts = " millón millones billón billones mil cientos euro euros pesos dólares ",
     .labels = " página páginas figura figuras tabla tablas cuadro capítulo sección "
               "artículo anexo número tomo parte ",
     .abbreviations = " p. pp. pág. págs. núm. n.º fig. cap. art. vol. ",
     .months = " enero febrero marzo abril mayo junio julio agosto septiembre octubre "
               "noviembre diciembre ",
     .titles = " Sr Sra Srta Sres Dr Dra D Dña Don Doña "},
    {.code = "it",
     .phrases = " per_cento per_mille ",
     .counts = " milione milioni miliardo miliardi mila euro ",
     .labels = " pagina pagine figura tabella capitolo sezione articolo allegato numero "
               "volume ",
     .abbreviations = " p. pp. pag. pagg. n. fig. tab. cap. art. vol. ",
     .months = " gennaio febbraio marzo aprile maggio giugno luglio agosto settembre "
               "ottobre novembre dicembre ",
     .titles = " Sig Sigg Dott Dr Prof Ing Avv Don "},
    {.code = "pt",
     .phrases = " por_cento por_mil ",
     .counts = " milhão milhões bilhão bilhões mil euro euros reais ",
     .labels = " página páginas figura tabela quadro capítulo seção secção artigo anexo "
               "número ",
     .abbreviations = " p. pp. pág. págs. n.º fig. cap. art. vol. ",
     .months = " janeiro fevereiro março abril maio junho julho agosto setembro outubro "
               "novembro dezembro ",
     .titles = " Sr Sra Dr Dra D Dom Dona "},
    {.code = "nl",
     .counts = " procent procentpunten miljoen miljard duizend euro uur ",
     .labels = " pagina figuur tabel hoofdstuk paragraaf deel artikel bijlage nummer ",
     .abbreviations = " p. blz. nr. fig. tab. hfst. art. dl. ",
     .months = " januari februari maart april mei juni juli augustus september oktober "
               "november december ",
     .titles = " Dhr dhr Mevr mevr Mw mw Dr dr Drs drs Ir ir Prof prof "},
    {.code = "cs",
     .counts = " procent procenta procento tisíc tisíce milion miliony milionu milionů "
               "miliarda miliardy miliard korun eur ",
     .labels = " strana strany obrázek tabulka kapitola část článek příloha číslo ",
     .abbreviations = " s. str. č. čís. obr. tab. kap. čl. odst. ",
     .months = " ledna února března dubna května června července srpna září října "
               "listopadu prosince ",
     .titles = " pan pana paní p Ing Mgr MUDr JUDr Dr Prof ",
     .letters = " k s v z o u a i K S V Z O U A I "},
    {.code = "sk",
     .counts = " percent percenta percentá tisíc milión milióny miliónov miliarda miliárd "
               "eur ",
     .labels = " strana obrázok tabuľka kapitola časť článok príloha číslo ",
     .abbreviations = " s. str. č. obr. tab. kap. čl. ods. ",
     .months = " januára februára marca apríla mája júna júla augusta septembra októbra "
               "novembra decembra ",
     .titles = " pán pána pani Ing Mgr Dr Prof ",
     .letters = " k s v z o u a i K S V Z O U A I "},
    {.code = "pl",
     .counts = " procent procenta tysiąc tysiące tysięcy tys. milion miliony milionów mln "
               "miliard miliardy miliardów mld zł złotych euro r. w. ",
     .labels = " strona strony rysunek tabela rozdział część artykuł załącznik numer ",
     .abbreviations = " s. str. nr rys. tab. rozdz. art. ust. pkt t. ",
     .months = " stycznia lutego marca kwietnia maja czerwca lipca sierpnia września "
               "października listopada grudnia ",
     .titles = " pan pana pani Pan Pani dr prof inż mgr ks św ",
     .letters = " a i o u w z A I O U W Z "},
    {.code = "ru",
     .counts = " процент процента процентов тысяча тысячи тысяч тыс. миллион миллиона "
               "миллионов млн миллиард миллиарда миллиардов млрд трлн рубль рубля рублей "
               "руб. год года году годов г. гг. век века в. вв. ",
     .labels = " страница страницы рисунок таблица глава раздел часть статья приложение "
               "номер ",
     .abbreviations = " с. стр. рис. табл. гл. разд. ст. п. пп. т. вып. № ",
     .months = " января февраля марта апреля мая июня июля августа сентября октября "
               "ноября декабря ",
     .titles = " г-н г-на г-жа г-жи тов гр им проф акад д-р ",
     .letters = " в к с о у и а я В К С О У И А Я "},
    {.code = "uk",
     .counts = " відсоток відсотка відсотків тисяча тисячі тисяч тис. мільйон мільйони "
               "мільйонів млн мільярд мільярди мільярдів млрд гривень грн рік року р. рр. "
               "ст. ",
     .labels = " сторінка рисунок таблиця глава розділ частина стаття додаток номер ",
     .abbreviations = " с. стор. рис. табл. гл. розд. ст. п. т. № ",
     .months = " січня лютого березня квітня травня червня липня серпня вересня жовтня "
               "листопада грудня ",
     .titles = " пан пані проф акад д-р ",
     .letters = " в з у і й а о В З У І Й А О "},
    {.code = "ar",
     .phrases = " في_المئة في_المائة ",
     .counts = " مليون مليونا ملايين مليار مليارات تريليون ألف ألفا آلاف بالمئة بالمائة "
               "دولار يورو درهم ريال جنيه ",
     .labels = " صفحة الصفحة جدول الجدول شكل الشكل رقم فصل الفصل مادة المادة ",
     .months = " يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر "
               "نوفمبر ديسمبر ",
     .titles = " السيد السيدة الدكتور الدكتورة "},
    {.code = "he",
     .counts = " אחוז אחוזים מיליון מיליוני מיליארד מיליארדי אלף אלפים דולר יורו שקל "
               "שקלים ",
     .labels = " עמוד טבלה איור פרק סעיף מספר ",
     .months = " ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר "
               "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר "
               "בנובמבר בדצמבר ",
     .titles = " מר גב׳ ד״ר פרופ׳ "},
    {.code = "hi",
     .counts = " प्रतिशत फीसदी फ़ीसदी हजार हज़ार लाख करोड़ अरब मिलियन बिलियन रुपये डॉलर ",
     .labels = " पृष्ठ तालिका चित्र अध्याय भाग अनुच्छेद संख्या ",
     .months = " जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर "
               "अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर ",
     .titles = " श्री श्रीमती सुश्री डॉ "},
};

const bp_tie_words *bp_tie_words_find(const char *language)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (strncmp(languages[i].code, language, 2) == 0 &&
            (language[2] == '\0' || language[2] == '-' || language[2] == '_'))
            return &languages[i];
    return NULL;
}
