/* Ties: what stays together, what would rather, and what does not. "|" is a free line end; ¹
 * slight, ² mild, ³ poor, ⁴ bad; where nothing stands a line never ends. */
#include "breaks_shown.h"

static const struct {
    const char *language, *shown;
} cases[] = {
    /* Figures and units. */
    {"en", "34.8 % |or |5 km, |20 °C, |12 m² |and |3 kWh.|"},
    {"en", "34.8 ⁴percent |of |5 ⁴per ⁴cent, |3 ⁴million |or |2 ⁴bn|"},
    {"en", "1,748 ¹enterprises |in |2022 |grew|"},
    {"en", "8 a.m. |or |9 pm|"},
    {"en", "20 € |and |5 USD|"},
    {"en", "10\u2009km |of |5\u00a0km|"},
    {"de", "34,8 ⁴Prozent, |5 ⁴Mio. |Euro |um |9 ⁴Uhr|"},
    {"fr", "34,8 ⁴pour ⁴cent |de |3 ⁴millions|"},
    {"es", "34,8 ⁴por ⁴ciento|"},
    {"pl", "5 ⁴tys. |w ⁴2022 ⁴r.|"},
    {"ru", "5 ⁴млн |рублей |в ⁴2022 ⁴году|"},
    {"ar", "34.8 % |من |5 ⁴مليون|"},
    {"hi", "34.8 ⁴प्रतिशत |की|"},
    {"cs", "2022 |s ⁴panem|"}, /* No seconds. */
    /* Signs and labels before figures. */
    {"en", "US$ 5, |€ 20, |USD 5, |§ 7, |# 3, |± 2 |and |≈ 5|"},
    {"en", "p. 12, |No. 5, |Fig. 3, |pp. 12–⁴15 |and |ca. 1900|"},
    {"en", "Chapter ⁴4, |tables ⁴2 |and |3|"},
    {"de", "S. 12, |Nr. 5, |Kapitel ⁴3|"},
    {"fr", "n° 5, |p. 12|"},
    {"en", "to |5 |or |then |7|"},
    /* Figures in parts. */
    {"en", "12 ⁴345 ⁴678 ¹items |of |10 × 20 |or |2017–⁴2022|"},
    {"en", "in |2022 |300 ¹people|"},
    /* Dates. */
    {"en", "3 ⁴September ²2022, |Sept ³2022 |and |September ⁴3, ²2022|"},
    {"en", "3rd ⁴September |of |May|"},
    {"de", "am |3. ⁴September ²2022|"},
    {"fr", "le |1er ⁴septembre ²2022|"},
    {"es", "el |3 ⁴de |septiembre |de |2022|"},
    {"cs", "3. ⁴září ²2022|"},
    {"ru", "3 ⁴сентября ²2022 ⁴г.|"},
    {"zh", "2022年³9月³3日|"},
    {"ja", "2022年³9月³3日、|"},
    /* Names. */
    {"en", "Mr ⁴Guo, |Dr. ⁴Who, |J. ⁴R. ³Tolkien |and |J.-P. ³Sartre|"},
    {"en", "Louis ⁴XIV |and |John |Smith ⁴Jr.|"},
    {"de", "Herr ⁴Müller |und |Prof. ⁴Maier|"},
    {"fr", "M. ⁴Dupont |et |Mme ⁴Curie|"},
    {"en", "so |did |the |Mr|"},
    /* Short words. */
    {"de", "z. B. |in |d. h.|"},
    {"en", "Smith |et ⁴al. |on |R ⁴& ⁴D |or |R&D|"},
    {"cs", "v ⁴roce |k ⁴nim |a ⁴dál|"},
    {"pl", "w ⁴domu |i ⁴ogrodzie|"},
    {"en", "a |house |I |saw|"},
    /* Hyphens, dashes, slashes. */
    {"en", "X-ray, |e-mail, |vitamin-C, |5G |and |well-¹known|"},
    {"en", "the |10-³year |COVID-19 |plan |--if-¹changed |(-x)|"},
    {"en", "plan—|a |long |one—|was|"},
    {"en", "said ³– |or |not ³— |so|"},
    {"es", "dijo |—así— |y|"},
    {"en", "A–B |and |north–|south|"},
    {"en", "and/²or |km/h |I/O |usr/²share|"},
    {"zh", "和/²或|"},
    {"zh", "北|京—|天|津|——|新|"},
    /* Addresses. */
    {"en", "see |https://²www.²example.²org/²path-to/²2022.|"},
    {"en", "(mail |john.²smith@²example.²com)|"},
    {"en", "at |example.²org/²deep |not |example.org |or |3.5/7|"},
    {"en", "doi |10.²1000/²182|"},
    {"zh", "见|https://²a.²example.²cn/²x12。|"},
    /* Quotes and marks. */
    {"fr", "dit |« oui » |et |(« non »)|"},
    {"de", "»ja« |sagt |er|"},
    {"en", "well … |so |…and|"},
    {"hi", "हुई । |फिर|"},
    {"th", "มาก ๆ |ครับ|"},
    {"zh", "卡|尔·|马|克|思|"},
    {"zh", "2017～⁴2022年|"},
    /* Han. */
    {"zh", "3000万³元，|3 ⁴000 万³元，|1748³家|企|业|"},
    {"zh", "第³1³家，|增|长|34.8%，|20℃|"},
    {"zh", "“中|关|村”|（５０％）|１２．５|"},
    {"ja", "第³1³回|「ニュー|ス」|は|3³つ、|ちょっ|と|3ヶ|月・|12³人|"},
    {"ja", "「あ」、|ア—|イ々ゝ|"},
    /* Korean. */
    {"ko", "2022년 |9월, |한²국²어 |조²판²에²서²는 |34.8%²의 |AI²기²술|"},
    {"zh", "韩|语|（한²국）|是|"},
    /* The author's own. */
    {"en", "5\u200b|km |co\u00ad|op |12\u2060-\u2060x|"},
};

START_TEST(readers_find_together_what_belongs_together)
{
    char text[512] = "";
    size_t length = 0;
    for (const char *at = cases[_i].shown; *at != '\0';) { /* The text is what is no sign. */
        static const char *const signs[] = {"|", "¹", "²", "³", "⁴"};
        size_t sign = 0;
        while (sign < 5 && strncmp(at, signs[sign], strlen(signs[sign])) != 0)
            sign++;
        bool is_unit = sign == 2 && at > cases[_i].shown && at[-1] == 'm'; /* m² */
        if (sign < 5 && !is_unit)
            at += strlen(signs[sign]);
        else
            text[length++] = *at++;
    }
    text[length] = '\0';
    bp_breaks *breaks = bp_breaks_new();
    bp_buf shown = {0};
    breaks_show(breaks, text, cases[_i].language, &shown);
    ck_assert(bp_buf_char(&shown, '|'));
    ck_assert_str_eq(shown.bytes, cases[_i].shown);
    bp_buf_clear(&shown);
    bp_breaks_free(breaks);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

static const struct {
    const char *word;
    bool is_address;
} words[] = {
    {"https://example.org", true},
    {"ftp://x.y", true},
    {"www.example.org", true},
    {"a@b.org", true},
    {"example.org/x", true},
    {"10.1000/182", true},
    {"example.org", false},
    {"and/or", false},
    {"1.5/2.0", false},
    {"U.S./China", false},
    {"e.g./i.e.", false},
    {"@home", false},
    {"://", false},
    {"www.", false},
    {"", false},
    {"a@b", false},
    {"data/x.json", false},
    {"/", false},
};

START_TEST(addresses_are_told_from_words)
{
    ck_assert_int_eq(bp_breaks_is_address(words[_i].word, strlen(words[_i].word)),
                     words[_i].is_address);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("ties");
    tcase_add_loop_test(tests, readers_find_together_what_belongs_together, 0,
                        sizeof cases / sizeof *cases);
    tcase_add_loop_test(tests, addresses_are_told_from_words, 0, sizeof words / sizeof *words);
    return stage_run("ties", tests);
}
