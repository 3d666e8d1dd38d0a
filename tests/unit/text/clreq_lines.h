/* Lines from the text and the examples of the Requirements for Chinese Text Layout (W3C Group Note,
 * https://www.w3.org/TR/clreq/), each with the section it belongs to (the last part of its address)
 * and the rule it shows. Where the glyphs stand is worked out from the rule, by hand.
 *
 * `lines` has a part for each line, with "/" between them. A part is a list of "distance|text": the
 * first distance is from the left end of the measure to the left edge of the square of the first
 * character; others are from the left edge of the square of the last character before to that of
 * the first behind ("=" in front: from its right end, where Latin ends). Within a text, full-width
 * characters are an em apart and Latin is as its font has it. "$" is where the line's ink ends. All
 * in ems. The square of a mark is its full one, also where half of it is given up. */
#ifndef BP_TESTS_TEXT_CLREQ_LINES_H
#define BP_TESTS_TEXT_CLREQ_LINES_H

typedef struct {
    const char *section, *rule, *text;
    double width;      /* Ems; and what `latin` takes by itself. */
    const char *latin; /* Words. NULL: none. */
    const char *lines;
    bool is_justified;
    double indent, hang;  /* Ems; 1: marks hang. */
    const char *language; /* NULL: "zh". */
} clreq_line;

static const clreq_line clreq_lines[] = {
    /* Line edges. */
    {"h-compression_of_punctuation_marks_at_line_start",
     "an opening bracket at a line's start gives up the half em before it", "（行首）可以缩减", 20,
     NULL, "-0.5|（ 1|行首 1|） 1|可以缩减 1|$", .is_justified = false},
    {"h-compression_of_punctuation_marks_at_line_start",
     "so it does where a later line begins with it", "当行首出现《开始》符", 5, NULL,
     "0|当行首出现 1|$/-0.5|《 1|开始 1|》 1|符 1|$", .is_justified = true},
    {"h-compression_of_punctuation_marks_at_line_start",
     "a first line with an indent of two ems that begins with an opening bracket gives it up too",
     "（段首）缩进", 20, NULL, "1.5|（ 1|段首 1|） 1|缩进 1|$", .indent = 2},
    {"h-compression_of_punctuation_marks_at_line_start",
     "a full-width mark at a line's end is half as wide (GB/T 15834, 5.1.10)",
     "应缩减空白，更紧凑。", 5.5, NULL, "0|应缩减空白 1|， 0.5|$/0|更紧凑 1|。 0.5|$",
     .is_justified = true},
    {"h-compression_of_punctuation_marks_at_line_start",
     "both edges of a line at once, so that the text fills the measure between them",
     "（行尾）“行首”", 3, NULL, "-0.5|（ 1|行尾 1|） 0.5|$/-0.5|“ 1|行首 1|” 0.5|$",
     .is_justified = true},
    /* Adjacent marks. */
    {"h-adjustment_of_adjacent_punctuation_marks",
     "closing and pause or stop marks: two of them take an em and a half", "采用弯引号”。旧", 20,
     NULL, "0|采用弯引号 1|” 0.5|。 1|旧 1|$", .is_justified = false},
    {"h-adjustment_of_adjacent_punctuation_marks",
     "two opening brackets: the second stays close to what it encloses", "见“《标点符号用法》”一节",
     20, NULL, "0|见 1|“ 0.5|《 1|标点符号用法 1|》 0.5|” 1|一节 1|$", .is_justified = false},
    {"h-adjustment_of_adjacent_punctuation_marks",
     "closing, pause and opening mark: three squares take two ems", "如“比尔·盖茨”、“Ｂ．盖茨”", 20,
     NULL, "0|如 1|“ 1|比尔 0.75|· 0.75|盖茨 1|” 0.5|、 0.5|“ 1|Ｂ．盖茨 1|” 0.5|$",
     .is_justified = false},
    {"h-adjustment_of_adjacent_punctuation_marks",
     "closing and opening bracket: an em and a half between them", "标题《开始》《结束》后", 20,
     NULL, "0|标题 1|《 1|开始 1|》 0.5|《 1|结束 1|》 1|后 1|$", .is_justified = false},
    {"h-adjustment_of_adjacent_punctuation_marks",
     "a question mark gives its half up for a bracket, not for an exclamation mark",
     "是吗？”对吗？！好", 20, NULL, "0|是吗 1|？ 0.5|” 1|对吗 1|？ 1|！ 1|好 1|$",
     .is_justified = false},
    /* Marks that are one. */
    {"h-unbreakable_marks_punctuation", "a dash takes two ems and is not divided", "破折号——占两",
     4, NULL, "0|破折号 1|$/0|— 2|占两 1|$", .is_justified = false},
    {"h-unbreakable_marks_punctuation", "an ellipsis takes two ems and is not divided",
     "省略号……占两字", 4, NULL, "0|省略 1|$/0|号…… 1|占 1|$/0|两字 1|$", .is_justified = false},
    {"procedures_for_inter-character_space_expansion",
     "no space is added inside of an ellipsis; the others take equal shares",
     "省略……号占两个汉字空间", 6.4, NULL, "0|省 1.1|略 1.1|…… 1.1|号 1.1|占 1|$/0|两个汉字空间 1|$",
     .is_justified = true},
    {"glyphs_sizes_and_positions_in_character_faces_of_punctuation_marks",
     "in the mainland a middle dot takes half an em", "外国人名比尔·盖茨", 20, NULL,
     "0|外国人名比尔 0.75|· 0.75|盖茨 1|$", .is_justified = false},
    /* What may not begin or end a line. */
    {"prohibition_rules_for_line_start_end",
     "no pause mark begins a line: a character goes with it, and the line before is spread evenly",
     "采用先双、后单的体例", 4, NULL, "0|采 1.5|用 1.5|先 1|$/0|双 1|、 1|后单 1|$/0|的体例 1|$",
     .is_justified = true},
    {"prohibition_rules_for_line_start_end", "no opening bracket ends a line", "包含引号（夹注号）",
     5, NULL, "0|包含引号 1|$/-0.5|（ 1|夹注号 1|） 0.5|$", .is_justified = false},
    {"prohibition_rules_for_line_start_end", "three closing marks stay with what they belong to",
     "结束夹注。”）后面文字", 6, NULL, "0|结束夹注 1|。 0.5|” 0.5|） 0.5|$/0|后面文字 1|$",
     .is_justified = false},
    {"h-digits_and_their_prefix_and_suffix", "a figure is not parted from its sign",
     "增长34.8%的企业", 4.3, NULL, "0|增长 1|$/0|34.8% =0.25|的 1|$/0|企业 1|$",
     .is_justified = false},
    /* Latin and figures. */
    {"mixed_text_composition_in_horizontal_writing_mode",
     "a quarter em between Han and Latin or figures", "在5G时代有1748家企业", 30, NULL,
     "0|在 1.25|5G =0.25|时代有 1.25|1748 =0.25|家企业 1|$", .is_justified = false},
    {"mixed_text_composition_in_horizontal_writing_mode", "none at a line's edges", "5G时代与5G",
     20, NULL, "0|5G =0.25|时代与 1.25|5G =0|$", .is_justified = false},
    {"handling_western_text_in_chinese_text_using_proportional_western_fonts",
     "none beside pause marks and inside of brackets", "用“GDP”、（AI）等", 20, NULL,
     "0|用 1|“ 1|GDP =0|” 0.5|、 0.5|（ 1|AI =0|） 1|等 1|$", .is_justified = false},
    {"mixed_text_composition_in_horizontal_writing_mode",
     "none where a word space was typed instead", "在 5G 时代", 20, NULL,
     "0|在 =0|␣5G␣ =0|时代 1|$", .is_justified = false},
    /* Lines that are too long. */
    {"procedures_for_inter-character_spacing_reduction", "brackets give way first, all alike",
     "见（例）后，文字。", 8, NULL, "0|见 0.75|（ 1|例 1|） 0.75|后 1|， 1|文字 1|。 0.5|$",
     .is_justified = true},
    {"procedures_for_inter-character_spacing_reduction", "then pause marks, down to half an em",
     "见（例）后，文字。", 7.3, NULL, "0|见 0.5|（ 1|例 1|） 0.5|后 1|， 0.8|文字 1|。 0.5|$",
     .is_justified = true},
    {"procedures_for_inter-character_spacing_reduction",
     "then gaps beside Latin, down to an eighth of an em; a full stop last of all",
     "用5G时，好。再用", 6.9, "5G", "0|用 1.2|5G =0.2|时 1|， 0.5|好 1|。 1|再用 1|$",
     .is_justified = true},
    {"procedures_for_inter-character_spacing_reduction", "a full stop when nothing else is left",
     "用5G时，好。好！", 6.05, "5G", "0|用 1.125|5G =0.125|时 1|， 0.5|好 1|。 0.8|好 1|！ 0.5|$",
     .is_justified = true},
    {"procedures_for_inter-character_spacing_reduction",
     "word spaces give way before pause marks, down to a quarter em", "由Guo Meng说，等等。", 5.9,
     "Guo Meng", "0|由 1.25|Guo =0|␣ 0.25|Meng =0.25|说 1|， 0.65|等等 1|。 0.5|$",
     .is_justified = true},
    /* Lines that are too short. */
    {"procedures_for_inter-character_space_expansion",
     "gaps beside Latin grow first, alike, to a third of an em", "在5G时代发展产业", 3.6, "5G",
     "0|在 1.3|5G =0.3|时代 1|$/0|发展产业 1|$", .is_justified = true},
    {"procedures_for_inter-character_space_expansion",
     "then all else, evenly; marks keep their distance from Latin", "在5G时代，AI与产业发展生态",
     6.05, "5G AI",
     "0|在 1.3333|5G =0.3333|时 1.025|代 1.025|， 1|AI =0.3333|与 1|$/0|产业发展生态 1|$",
     .is_justified = true},
    /* Hanging marks. */
    {"hanging_punctuation_marks_at_line_end",
     "a pause or stop mark hangs out of the measure where the style asks for it",
     "采用先双，后单的体例", 4, NULL, "0|采用先双 1|， 0.5|$/0|后单的体 1|$/0|例 1|$",
     .is_justified = true, .hang = 1},
    {"hanging_punctuation_marks_at_line_end", "not where it follows another mark",
     "采用先双”，后单的", 5, NULL, "0|采用先双 1|” 0.5|， 0.5|$/0|后单的 1|$", .is_justified = true,
     .hang = 1},
    /* Other places. */
    {"h-punctuation_adjustment_space",
     "where marks stand in the middle of their squares they give up as much on both sides",
     "使用頓號，等等", 4.75, "", "0|使用頓號 1|， 0.75|$/0|等等 1|$", .is_justified = false,
     .language = "zh-Hant"},
};

#endif
