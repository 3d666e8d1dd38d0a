/* Loading: the model, merging, and what is said of bad data. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "data/data.h"

static const char harbour[] =
    "{\n"
    "  \"dataset\": {\"id\": \"harbour\", \"title\": {\"en\": \"Harbour\", \"de\": \"Hafen\"},\n"
    "              \"languages\": [\"en\", \"de\"], \"published\": \"2025-03-01\"},\n"
    "  \"event\": {\"name\": \"Harbour day\", \"start\": \"2025-03-01\", \"end\": \"2025-03-02\", "
    "\"venue\": \"Pier 1\",\n"
    "            \"speakers\": [{\"name\": \"Ada\", \"role\": {\"en\": \"Warden\"}}], \"source\": "
    "\"office\"},\n"
    "  \"sources\": [{\"id\": \"office\", \"title\": \"Report\", \"url\": "
    "\"https://example.org/1\", \"date\": \"2025\"}],\n"
    "  \"themes\": [{\"id\": \"traffic\", \"title\": \"Traffic\"}],\n"
    "  \"indicators\": [\n"
    "    {\"id\": \"ships\", \"theme\": \"traffic\", \"label\": {\"en\": \"Ships\", \"de\": "
    "\"Schiffe\"},\n"
    "     \"unit\": {\"one\": {\"en\": \"ship\"}, \"other\": {\"en\": \"ships\"}}, \"source\": "
    "\"office\",\n"
    "     \"parts\": [\"ferries\", \"freighters\"], \"decimals\": 0,\n"
    "     \"observations\": [{\"period\": \"2024\", \"value\": 1200, \"locator\": \"page 4\"}, "
    "{\"period\": \"2023\", \"value\": 900}]},\n"
    "    {\"id\": \"ferries\", \"label\": \"Ferries\", \"period\": \"2024\", \"value\": 800, "
    "\"unit\": \"ferries\"},\n"
    "    {\"id\": \"freighters\", \"label\": \"Freighters\", \"period\": \"2024\", \"value\": "
    "400},\n"
    "    {\"id\": \"share\", \"label\": \"Share\", \"unit\": {\"symbol\": \"%\"}, \"source\": "
    "\"office\",\n"
    "     \"derive\": {\"expression\": \"ferries / ships * 100\", \"decimals\": 1}},\n"
    "    {\"id\": \"third\", \"label\": \"A third\", \"period\": \"2024\", \"value\": "
    "{\"fraction\": [1, 3]},\n"
    "     \"qualifier\": \"about\", \"status\": \"P\", \"wording\": \"one third\"}\n"
    "  ],\n"
    "  \"milestones\": [{\"id\": \"pier\", \"date\": \"2024-05\", \"title\": \"Third pier\", "
    "\"theme\": \"traffic\", \"source\": \"office\"}],\n"
    "  \"partners\": [{\"id\": \"city\", \"title\": \"The city\", \"role\": \"owner\"}],\n"
    "  \"checks\": [\"ships[2024] > ships[2023]\", {\"id\": \"all\", \"expression\": \"sum(parts "
    "of ships) == ships\", \"text\": \"All.\"}],\n"
    "  \"tables\": [{\"id\": \"piers\", \"columns\": [\"name\", {\"id\": \"length\", \"type\": "
    "\"number\", \"unit\": \"m\"}, \"open\", \"since\"],\n"
    "              \"rows\": [[{\"en\": \"North\", \"de\": \"Nord\"}, 210, true, \"2020-01-01\"], "
    "{\"name\": \"South\", \"length\": 180.5}]}]\n"
    "}\n";

static bp_data *parse(const char *json)
{
    bp_faults faults = {0};
    bp_error err = {0};
    bp_data *data = bp_data_parse("t.json", json, strlen(json), &faults, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    ck_assert_uint_eq(bp_faults_count(&faults), 0);
    return data;
}

START_TEST(the_model_says_what_the_file_says)
{
    bp_data *data = parse(harbour);
    const bp_dataset *dataset = bp_data_dataset(data);
    ck_assert_str_eq(dataset->id, "harbour");
    ck_assert_str_eq(bp_text_in(data, dataset->title, "de"), "Hafen");
    ck_assert_str_eq(bp_text_in(data, dataset->title, "de-CH"), "Hafen");
    ck_assert_str_eq(bp_text_in(data, dataset->title, "fr"), "Harbour");
    ck_assert(!bp_text_has(dataset->title, "fr"));
    ck_assert_uint_eq(dataset->language_count, 2);
    const bp_event *event = bp_data_event(data);
    ck_assert(event->is_given);
    ck_assert_str_eq(event->end, "2025-03-02");
    ck_assert_uint_eq(event->speaker_count, 1);
    ck_assert_str_eq(event->citation.source->id, "office");
    const bp_indicator *ships = bp_data_find_indicator(data, "ships");
    ck_assert_str_eq(ships->theme->id, "traffic");
    ck_assert_uint_eq(ships->observation_count, 2);
    ck_assert_str_eq(ships->observations[0].period, "2023");
    ck_assert_double_eq(ships->observations[1].value, 1200);
    ck_assert_str_eq(ships->observations[0].citation.source->id, "office");
    ck_assert_str_eq(bp_text_in(data, ships->observations[1].citation.locator, "en"), "page 4");
    ck_assert_uint_eq(ships->part_count, 2);
    ck_assert_ptr_eq(ships->parts[1], bp_data_find_indicator(data, "freighters"));
    ck_assert_str_eq(bp_text_in(data, ships->unit_one, "en"), "ship");
    ck_assert_int_eq(ships->decimals, 0);
    ck_assert_int_eq(ships->where.line, 9);
    ck_assert_int_eq(ships->where.column, 5);
    const bp_indicator *share = bp_data_find_indicator(data, "share");
    ck_assert_str_eq(share->derive, "ferries / ships * 100");
    ck_assert_uint_eq(share->input_count, 2);
    ck_assert_str_eq(share->inputs[0]->id, "ferries");
    ck_assert_double_eq_tol(share->observations[0].value, 66.6666666, 1e-6);
    ck_assert_int_eq(share->observations[0].status, 'A'); /* As its inputs are. */
    ck_assert_str_eq(share->observations[0].period, "2024");
    ck_assert_str_eq(share->observations[0].citation.source->id, "office");
    ck_assert_int_eq(share->decimals, 1);
    ck_assert_str_eq(bp_text_in(data, share->unit_symbol, "de"), "%");
    const bp_indicator *third = bp_data_find_indicator(data, "third");
    ck_assert_double_eq(third->observations[0].value, 1.0 / 3);
    ck_assert_int_eq(third->observations[0].qualifier, BP_ABOUT);
    ck_assert_int_eq(third->observations[0].status, 'P');
    ck_assert_str_eq(bp_data_statement(data, BP_MILESTONES, 0)->date, "2024-05");
    ck_assert_uint_eq(bp_data_statement_count(data, BP_POLICIES), 0);
    ck_assert_str_eq(bp_text_in(data, bp_data_statement(data, BP_PARTNERS, 0)->role, "en"),
                     "owner");
    ck_assert_uint_eq(bp_data_check_count(data), 2);
    ck_assert_str_eq(bp_data_check(data, 0)->id, "check 1");
    ck_assert_str_eq(bp_data_nearest_indicator(data, "shps"), "ships");
    ck_assert_ptr_null(bp_data_nearest_indicator(data, "aeroplanes"));
    ck_assert_ptr_null(bp_data_find_indicator(data, "Ships"));
    bp_data_free(data);
}
END_TEST

START_TEST(cells_come_typed_and_in_the_language)
{
    bp_data *data = parse(harbour);
    const bp_table *piers = bp_data_find_table(data, "piers");
    const char *text = NULL;
    double number = 0;
    ck_assert_uint_eq(bp_table_row_count(piers), 2);
    ck_assert_uint_eq(bp_table_column_count(piers), 4);
    ck_assert_int_eq(bp_table_column(piers, 2)->type, BP_COLUMN_BOOLEAN);
    ck_assert_int_eq(bp_table_column(piers, 3)->type, BP_COLUMN_DATE);
    ck_assert(bp_table_cell(piers, 0, 0, "de", &text, NULL));
    ck_assert_str_eq(text, "Nord");
    ck_assert(bp_table_cell(piers, 0, 0, NULL, &text, NULL));
    ck_assert_str_eq(text, "North");
    ck_assert(bp_table_cell(piers, 1, 1, NULL, NULL, &number));
    ck_assert_double_eq(number, 180.5);
    ck_assert(bp_table_cell(piers, 0, 2, NULL, NULL, &number));
    ck_assert_double_eq(number, 1);
    ck_assert(!bp_table_cell(piers, 1, 2, NULL, NULL, &number));
    ck_assert(!bp_table_cell(piers, 1, 3, NULL, &text, NULL));
    ck_assert(!bp_table_cell(piers, 2, 0, NULL, &text, NULL));
    ck_assert(!bp_table_cell(piers, 0, 4, NULL, &text, NULL));
    bp_data_free(data);
}
END_TEST

/* Indicators a, b, c of 2021, 1, 2 and 3, then the case's own in the list, then the rest of its
 * members. */
#define I(id, rest) "{\"id\":\"" id "\",\"label\":\"x\"," rest "}"
#define V(id, value) I(id, "\"period\":\"2021\",\"value\":" value)
#define ABC V("a", "1") "," V("b", "2") "," V("c", "3")

static const struct {
    const char *json;
    const char *faults; /* Each line one; without "f:". */
} bad_cases[] = {
    {"[]", "1:1: $: expected an object, found a list"},
    {"{\"indicators\": {}}", "1:16: $.indicators: expected a list, found an object"},
    {"{\"indicators\": [1]}", "1:17: $.indicators[0]: expected an object, found a number"},
    {"{\"indicatrs\": []}", "1:2: $.indicatrs: unknown member; did you mean \"indicators\"?"},
    {"{\"zebra\": []}",
     "1:2: $.zebra: unknown member; known are dataset, event, sources, themes, indicators, "
     "milestones, policies, partners, checks, tables"},
    {"{\"indicators\": [{}]}", "1:17: $.indicators[0]: \"id\" is missing"},
    {"{\"indicators\": [{\"id\": 1}]}", "1:24: $.indicators[0].id: expected an id, found a number"},
    {"{\"indicators\": [" I("2a", "\"period\":\"2021\",\"value\":1") "]}",
     "1:23: $.indicators[0].id: expected an id of letters, digits and _ that begins with no digit, "
     "found \"2a\""},
    {"{\"indicators\": [" I("and", "\"period\":\"2021\",\"value\":1") "]}",
     "1:23: $.indicators[0].id: expected an id of letters, digits and _ that begins with no digit, "
     "found \"and\""},
    {"{\"indicators\": [\n " V("a", "1") ",\n " V("a", "2") "]}",
     "3:2: $.indicators[1]: the id \"a\" is given twice; first in line 2"},
    {"{\"indicators\": [{\"id\":\"a\",\"period\":\"2021\",\"value\":1}]}",
     "1:17: $.indicators[0]: \"label\" is missing"},
    {"{\"indicators\": [{\"id\":\"a\",\"label\":\"\",\"period\":\"2021\",\"value\":1}]}",
     "1:17: $.indicators[0]: \"label\" is empty"},
    {"{\"indicators\": [\n {\"id\":\"a\",\"label\":\"x\",\n  \"period\":\"2021\", \"value\": "
     "\"1\"}]}",
     "3:29: $.indicators[0].value: expected a number, found a string\n"
     "2:2: $.indicators[0]: the indicator \"a\" has no value: expected \"value\", \"observations\" "
     "or \"derive\""},
    {"{\"indicators\": [" I("a", "\"value\":1") "]}",
     "1:17: $.indicators[0]: \"period\" is missing, the time the value is of\n"
     "1:17: $.indicators[0]: the indicator \"a\" has no value: expected \"value\", "
     "\"observations\" or \"derive\""},
    {"{\"indicators\": [" I("a", "\"derive\":\"1\",\"status\":\"A\"") "]}",
     "1:52: $.indicators[0].status: belongs to a value, and the indicator has none beside it\n"
     "1:48: $.indicators[0].derive: the expression names no indicator; say its time with "
     "\"period\""},
    {"{\"indicators\": [" I("a", "\"period\":\"2021-13\",\"value\":1") "]}",
     "1:48: $.indicators[0].period: expected a period such as \"2021\", \"2021-Q3\", "
     "\"2021-12-31\" or "
     "\"2017/2022\", found \"2021-13\"\n"
     "1:17: $.indicators[0]: the indicator \"a\" has no value: expected \"value\", "
     "\"observations\" or \"derive\""},
    {"{\"indicators\": [" I("a", "\"observations\":[]") "]}",
     "1:54: $.indicators[0].observations: expected at least one observation\n"
     "1:17: $.indicators[0]: the indicator \"a\" has no value: expected \"value\", "
     "\"observations\" or \"derive\""},
    {"{\"indicators\": [" I(
         "a",
         "\"observations\":[{\"value\":1},{\"period\":\"2021\",\"value\":2,\"statu\":\"A\"}]") "]}",
     "1:55: $.indicators[0].observations[0]: \"period\" is missing\n"
     "1:94: $.indicators[0].observations[1].statu: unknown member; did you mean \"status\"?"},
    {"{\"indicators\": [" I("a", "\"observations\":[{\"period\":\"2021\",\"value\":1},{\"period\":"
                                 "\"2021\",\"value\":2}]") "]}",
     "1:83: $.indicators[0].observations[1]: the period 2021 of \"a\" is given twice; first in "
     "line 1"},
    {"{\"indicators\": [" V("a", "{\"fraction\":[1,0]}") "]}",
     "1:75: $.indicators[0].value.fraction: a fraction cannot be over zero\n"
     "1:17: $.indicators[0]: the indicator \"a\" has no value: expected \"value\", "
     "\"observations\" or \"derive\""},
    {"{\"indicators\": [" V("a", "1,\"status\":\"X\",\"qualifier\":\"over\",\"decimals\":10") "]}",
     "1:108: $.indicators[0].decimals: expected a whole number from 0 to 9\n"
     "1:90: $.indicators[0].qualifier: expected exact, more_than, at_least or about, found "
     "\"over\"\n"
     "1:74: $.indicators[0].status: expected A (normal), E (estimated) or P (provisional), found "
     "\"X\""},
    {"{\"indicators\": [" V(
         "a", "1,\"source\":\"ofice\"") "], \"sources\": [{\"id\":\"office\",\"title\":\"t\"}]}",
     "1:74: $.indicators[0].source: no source \"ofice\"; did you mean \"office\"?"},
    {"{\"indicators\": [" V("a", "1,\"theme\":\"t\"") "]}",
     "1:73: $.indicators[0].theme: no theme \"t\""},
    {"{\"indicators\": [" V("a", "1,\"parts\":[\"a\"]") "]}",
     "1:74: $.indicators[0].parts[0]: \"a\" cannot be a part of itself"},
    {"{\"indicators\": [" ABC "," V("d", "4,\"parts\":[\"a\",\"b\"]") "]}",
     "1:220: $.indicators[3].parts: the parts do not sum in 2021: a + b is 3, d is 4"},
    {"{\"indicators\": [" V("a", "1,\"parts\":[\"b\"]") "," V("b", "1,\"parts\":[\"a\"]") "]}",
     "1:136: $.indicators[1].parts: the parts go in a circle: \"a\" is a part of \"b\", and the "
     "other way round"},
    {"{\"indicators\": [" I("a", "\"derive\":\"b\"") "," I("b", "\"derive\":\"a + 1\"") "]}",
     "1:48: $.indicators[0].derive: the derivation goes in a circle: a -> b -> a"},
    {"{\"indicators\": [" V("a", "1") "," I("b", "\"derive\":\"a + aa\"") "]}",
     "1:97: $.indicators[1].derive: at character 5: no indicator \"aa\"; did you mean \"a\"?"},
    {"{\"indicators\": [" V("a", "1") "," I("b", "\"derive\":\"a[2020]\"") "]}",
     "1:97: $.indicators[1].derive: at character 1: \"a\" has no value for \"2020\"; it has 2021"},
    {"{\"indicators\": [" V("a", "1") "," I("b", "\"derive\":\"a > 1\"") "]}",
     "1:97: $.indicators[1].derive: expected a number, found a comparison"},
    {"{\"indicators\": [" V("a", "1") "," I("b", "\"period\":\"2022\",\"value\":1") "," I(
         "c", "\"derive\":\"a + b\"") "]}",
     "1:146: $.indicators[2].derive: the values are of different times (2021 and 2022); say which "
     "with \"period\""},
    {"{\"indicators\": [" ABC
     "], \"checks\": [\"a + b == c\", \"a + b + 0.5 == c\", \"c\", \"a < b <\"]}",
     "1:191: $.checks[1]: check \"a + b + 0.5 == c\" does not hold: a + b + 0.5 is 3.5, c is 3\n"
     "1:211: $.checks[2]: expected a comparison, found a number\n"
     "1:216: $.checks[3]: at character 7: comparisons do not chain; join two of them with \"and\""},
    {"{\"indicators\": [" ABC
     "], \"checks\": [{\"expression\":\"c > 100\",\"text\":\"Large.\"}, {}]}",
     "1:219: $.checks[1]: \"expression\" is missing\n"
     "1:177: $.checks[0]: check \"c > 100\" does not hold: c is 3 (Large.)"},
    {"{\"dataset\":{\"title\":\"x\",\"languages\":[\"en\"]}, \"indicators\": [" V(
         "a", "1,\"note\":{\"zh\":\"y\"}") "]}",
     "1:12: $.dataset: \"id\" is missing\n"
     "1:122: $.indicators[0].note.zh: the language \"zh\" is not one of dataset.languages"},
    {"{\"dataset\":{\"id\":\"x\",\"title\":{\"English\":\"x\"}}}",
     "1:31: $.dataset.title.English: expected a language such as en, zh or de-CH\n"
     "1:12: $.dataset: \"title\" is missing"},
    {"{\"dataset\":{\"id\":\"x\",\"title\":{\"en\":1},\"published\":\"2022-02-30\"}}",
     "1:36: $.dataset.title.en: expected a text, found a number\n"
     "1:51: $.dataset.published: expected a day such as 2022-09-03, found \"2022-02-30\"\n"
     "1:12: $.dataset: \"title\" is missing"},
    {"{\"dataset\":{\"id\":\"x y\",\"title\":[],\"languages\":[]}}",
     "1:18: $.dataset.id: expected an id of letters, digits, _ . and -, found \"x y\"\n"
     "1:32: $.dataset.title: expected a text or a map from language to text, found a list\n"
     "1:47: $.dataset.languages: expected at least one language\n"
     "1:12: $.dataset: \"id\" is missing\n1:12: $.dataset: \"title\" is missing"},
    {"{\"event\":{\"name\":\"x\",\"start\":\"2022-09-03\",\"end\":\"2022-09-01\"}}",
     "1:10: $.event.end: the event ends (2022-09-01) before it starts (2022-09-03)"},
    {"{\"sources\":[{\"id\":\"a\",\"title\":\"t\",\"url\":\"example.org\"}]}",
     "1:41: $.sources[0].url: expected an address such as https://example.org, found "
     "\"example.org\""},
    {"{\"tables\":[{\"id\":\"t\",\"rows\":[[1]]}]}",
     "1:30: $.tables[0].rows[0]: rows that are lists need \"columns\""},
    {"{\"tables\":[{\"id\":\"t\",\"columns\":[\"a\",\"b\"],\"rows\":[[1]]}]}",
     "1:50: $.tables[0].rows[0]: expected 2 cells, found 1"},
    {"{\"tables\":[{\"id\":\"t\",\"rows\":[{\"a\":1},{\"a\":\"x\"},{\"a\":[]}]}]}",
     "1:43: $.tables[0].rows[1].a: expected a number as in the rows before, found a string\n"
     "1:53: $.tables[0].rows[2].a: expected a cell, found a list"},
    {"{\"tables\":[{\"id\":\"t\",\"columns\":[\"name\"],\"rows\":[{\"nmae\":1}]}]}",
     "1:50: $.tables[0].rows[0].nmae: the table \"t\" has no column \"nmae\"; did you mean "
     "\"name\"?"},
    {"{\"tables\":[{\"id\":\"t\",\"columns\":[{\"id\":\"a\",\"type\":\"int\"},\"a\"],\"rows\":[]}]"
     "}",
     "1:50: $.tables[0].columns[0].type: expected text, number, date or boolean, found \"int\"\n"
     "1:57: $.tables[0].columns[1]: the column \"a\" is listed twice"},
    {"{\"indicators\": [,]}", "1:17: expected a value, found ','"},
};

START_TEST(bad_data_names_its_place)
{
    bp_faults faults = {0};
    bp_error err = {0};
    bp_buf found = {0};
    const char *json = bad_cases[_i].json;
    bp_data *data = bp_data_parse("f", json, strlen(json), &faults, &err);
    ck_assert_msg(data == NULL, "taken: %s", json);
    for (size_t i = 0; i < bp_faults_count(&faults); i++)
        ck_assert(bp_buf_format(&found, "%s%s: %s", i ? "\n" : "",
                                bp_faults_at(&faults, i)->place + 2,
                                bp_faults_at(&faults, i)->text));
    ck_assert_str_eq(found.bytes ? found.bytes : "", bad_cases[_i].faults);
    ck_assert_int_eq(err.code, BP_ERR_DATA);
    bp_buf_clear(&found);
    bp_faults_clear(&faults);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(one_fault_is_the_error_many_are_counted)
{
    bp_error err = {0};
    ck_assert_ptr_null(bp_data_parse("f", "{\"a\":1}", 7, NULL, &err));
    ck_assert_str_eq(err.place, "f:1:2");
    err = (bp_error){0};
    ck_assert_ptr_null(bp_data_parse("f", "{\"a\":1,\"b\":2}", 13, NULL, &err));
    ck_assert_str_eq(err.text, "2 faults in the data");
}
END_TEST

START_TEST(a_million_faults_are_not_kept)
{
    bp_buf json = {0};
    bp_faults faults = {0};
    bp_error err = {0};
    ck_assert(bp_buf_text(&json, "{\"x\":1"));
    for (int i = 0; i < 20000; i++)
        ck_assert(bp_buf_format(&json, ",\"m%d\":1", i));
    ck_assert(bp_buf_text(&json, "}"));
    ck_assert_ptr_null(bp_data_parse("f", json.bytes, json.length, &faults, &err));
    ck_assert_uint_eq(bp_faults_count(&faults), BP_FAULTS_MOST);
    ck_assert_str_eq(err.text, "20001 faults in the data");
    bp_faults_clear(&faults);
    bp_buf_clear(&json);
}
END_TEST

/* Files in a folder of the test's own. */
static char folder[] = "/tmp/bp-data-XXXXXX";
static char paths[8][64];

static const char *put_file(int n, const char *name, const char *bytes)
{
    snprintf(paths[n], sizeof paths[n], "%s/%s", folder, name);
    FILE *file = fopen(paths[n], "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
    ck_assert_int_eq(fclose(file), 0);
    return paths[n];
}

static void make_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void drop_folder(void)
{
    for (int i = 0; i < 8; i++)
        if (paths[i][0] != '\0')
            unlink(paths[i]);
    rmdir(folder);
}

START_TEST(later_inputs_win_by_id_and_period)
{
    bp_data_input inputs[] = {
        {.path = put_file(0, "a.json", harbour)},
        {.path = put_file(
             1, "b.json",
             "{\"dataset\":{\"published\":\"2026-01-01\"},\"indicators\":[{\"id\":\"ferries\","
             "\"label\":\"Boats\"},{\"id\":\"ships\",\"decimals\":2,\"observations\":[{\"period\":"
             "\"2023\",\"value\":950},{\"period\":\"2022\",\"value\":7}]}],\"themes\":[{\"id\":"
             "\"air\",\"title\":\"Air\"}],\"checks\":[{\"id\":\"all\",\"expression\":\"1 == "
             "1\"}]}")},
        {.path = put_file(2, "c.csv",
                          "id,value,period,status,source,locator,qualifier\r\nships,960,2023,P,"
                          "office,\"p. 1, \"\"x\"\"\",about\r\n")},
    };
    bp_error err = {0};
    bp_data *data = bp_data_load(inputs, 3, NULL, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    ck_assert_str_eq(bp_data_dataset(data)->published, "2026-01-01");
    ck_assert_str_eq(bp_data_dataset(data)->id, "harbour");
    ck_assert_str_eq(bp_text_in(data, bp_data_find_indicator(data, "ferries")->label, "en"),
                     "Boats");
    ck_assert_double_eq(bp_data_find_indicator(data, "ferries")->observations[0].value, 800);
    const bp_indicator *ships = bp_data_find_indicator(data, "ships");
    ck_assert_str_eq(bp_text_in(data, ships->label, "de"), "Schiffe");
    ck_assert_int_eq(ships->decimals, 2);
    ck_assert_uint_eq(ships->observation_count, 3);
    ck_assert_double_eq(ships->observations[0].value, 7);
    ck_assert_double_eq(ships->observations[1].value, 960);
    ck_assert_int_eq(ships->observations[1].status, 'P');
    ck_assert_int_eq(ships->observations[1].qualifier, BP_ABOUT);
    ck_assert_str_eq(bp_text_in(data, ships->observations[1].citation.locator, "en"),
                     "p. 1, \"x\"");
    ck_assert_double_eq(ships->observations[2].value, 1200);
    ck_assert_uint_eq(bp_data_theme_count(data), 2);
    ck_assert_uint_eq(bp_data_check_count(data), 2);
    ck_assert_uint_eq(bp_data_indicator_count(data), 5);
    bp_data_free(data);
}
END_TEST

START_TEST(a_later_value_takes_the_place_of_a_computed_one)
{
    bp_data_input inputs[] = {{.path = put_file(0, "a.json", harbour)},
                              {.path = put_file(1, "b.csv", "id,period,value\nshare,2024,70\n")}};
    bp_error err = {0};
    bp_data *data = bp_data_load(inputs, 2, NULL, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    const bp_indicator *share = bp_data_find_indicator(data, "share");
    ck_assert_uint_eq(share->observation_count, 1);
    ck_assert_double_eq(share->observations[0].value, 70);
    ck_assert_ptr_null(share->derive);
    bp_data_free(data);
}
END_TEST

START_TEST(every_input_is_read_for_its_faults)
{
    bp_faults faults = {0};
    bp_data_input inputs[] = {{.path = put_file(0, "a.json", "{")},
                              {.path = "/nonexistent/x.json"},
                              {.path = put_file(1, "b.json", "{\"x\": 1}")}};
    bp_error err = {0};
    ck_assert_ptr_null(bp_data_load(inputs, 3, &faults, &err));
    ck_assert_uint_eq(bp_faults_count(&faults), 3);
    ck_assert_int_eq(bp_faults_at(&faults, 0)->code, BP_ERR_NO_DATA);
    bp_faults_clear(&faults);
}
END_TEST

START_TEST(standard_input_is_read_once)
{
    bp_data_input inputs[] = {{.path = "-"}, {.table = "t", .path = "-"}};
    bp_error err = {0};
    ck_assert_ptr_null(bp_data_load(inputs, 2, NULL, &err));
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
}
END_TEST

START_TEST(chains_of_derivations_may_be_long)
{
    bp_buf json = {0};
    bp_error err = {0};
    ck_assert(bp_buf_text(&json, "{\"indicators\":["));
    for (int i = 20000; i > 0; i--)
        ck_assert(bp_buf_format(&json, "{\"id\":\"i%d\",\"label\":\"x\",\"derive\":\"i%d + 1\"},",
                                i, i - 1));
    ck_assert(
        bp_buf_text(&json, "{\"id\":\"i0\",\"label\":\"x\",\"period\":\"2021\",\"value\":1}]}"));
    bp_data *data = bp_data_parse("f", json.bytes, json.length, NULL, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    ck_assert_double_eq(bp_data_find_indicator(data, "i20000")->observations[0].value, 20001);
    bp_data_free(data);
    bp_buf_clear(&json);
}
END_TEST

START_TEST(hostile_sizes_take_no_hostile_time)
{
    bp_buf json = {0};
    bp_error err = {0};
    ck_assert(bp_buf_text(&json, "{\"indicators\":["));
    for (int i = 0; i < 30000; i++)
        ck_assert(bp_buf_format(
            &json, "{\"id\":\"i%d\",\"label\":\"x\",\"period\":\"2021\",\"value\":1},", i));
    ck_assert(bp_buf_text(&json, "{\"id\":\"all\",\"label\":\"x\",\"derive\":\"sum(parts of "
                                 "all[2020])\",\"parts\":[\"i0\""));
    for (int i = 1; i < 30000; i++)
        ck_assert(bp_buf_format(&json, ",\"i%d\"", i));
    ck_assert(bp_buf_text(&json, "]},{\"id\":\"long\",\"label\":\"x\",\"observations\":["));
    for (int i = 0; i < 30000; i++)
        ck_assert(bp_buf_format(&json, "%s{\"period\":\"%04d-%02d-%02d\",\"value\":1}",
                                i ? "," : "", 1900 + i / 336, i / 28 % 12 + 1, i % 28 + 1));
    ck_assert(bp_buf_text(&json, "],\"parts\":[\"copy\"]},{\"id\":\"copy\",\"label\":\"x\","
                                 "\"derive\":\"long[1900-01-01]\"}]}"));
    bp_data *data = bp_data_parse("f", json.bytes, json.length, NULL, &err);
    ck_assert_ptr_null(data); /* No part has a value for 2020. */
    ck_assert_ptr_nonnull(strstr(err.text, "has no value for \"2020\"; it has 2021"));
    bp_buf_clear(&json);
}
END_TEST

START_TEST(a_budget_ends_loading_with_the_limit)
{
    bp_error err = {0};
    bp_mem.budget = 8 << 10;
    bp_data *data = bp_data_parse("f", harbour, strlen(harbour), NULL, &err);
    bp_mem.budget = 0;
    bp_mem.over_budget = false;
    ck_assert_ptr_null(data);
    ck_assert_int_eq(err.code, BP_ERR_LIMIT);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(refused_memory_is_an_error_and_leaks_nothing)
{
    const char *bad = "{\"x\":1,\"indicators\":[" I("a", "\"derive\":\"b\"") "," I(
        "b", "\"derive\":\"a\",\"theme\":\"q\"") "]}";
    const char *texts[] = {harbour, bad};
    for (int t = 0; t < 2; t++)
        for (int sticks = 0; sticks < 2; sticks++)
            for (long n = 1;; n++) {
                bp_error err = {0};
                bp_faults faults = {0};
                bp_mem = (bp_mem_probe){.fail_at = n, .fail_on = sticks};
                bp_data *data = bp_data_parse("f", texts[t], strlen(texts[t]), &faults, &err);
                bp_data_free(data);
                bp_faults_clear(&faults);
                ck_assert_int_eq(bp_mem.live, 0);
                if (bp_mem.refused == 0)
                    break;
                ck_assert_msg(err.code == BP_ERR_MEMORY, "block %ld: %s", n, err.text);
                ck_assert_ptr_null(data);
            }
    bp_mem = (bp_mem_probe){0};
}
END_TEST

START_TEST(the_flagship_data_loads)
{
    char path[512];
    bp_error err = {0};
    snprintf(path, sizeof path, "%s/data/etown-2022.json", TEST_SOURCE_DIR);
    if (access(path, R_OK) != 0)
        return;
    bp_data_input input = {.path = path};
    bp_data *data = bp_data_load(&input, 1, NULL, &err);
    ck_assert_msg(data != NULL, "%s: %s", err.place, err.text);
    ck_assert_uint_gt(bp_data_indicator_count(data), 10);
    bp_data_free(data);
}
END_TEST

#define COUNT(list) (int)(sizeof(list) / sizeof((list)[0]))

int main(void)
{
    Suite *suite = suite_create("data");
    TCase *tests = tcase_create("data");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, make_folder, drop_folder);
    tcase_add_test(tests, the_model_says_what_the_file_says);
    tcase_add_test(tests, cells_come_typed_and_in_the_language);
    tcase_add_loop_test(tests, bad_data_names_its_place, 0, COUNT(bad_cases));
    tcase_add_test(tests, one_fault_is_the_error_many_are_counted);
    tcase_add_test(tests, a_million_faults_are_not_kept);
    tcase_add_test(tests, later_inputs_win_by_id_and_period);
    tcase_add_test(tests, a_later_value_takes_the_place_of_a_computed_one);
    tcase_add_test(tests, every_input_is_read_for_its_faults);
    tcase_add_test(tests, standard_input_is_read_once);
    tcase_add_test(tests, chains_of_derivations_may_be_long);
    tcase_add_test(tests, hostile_sizes_take_no_hostile_time);
    tcase_add_test(tests, a_budget_ends_loading_with_the_limit);
    tcase_add_test(tests, refused_memory_is_an_error_and_leaks_nothing);
    tcase_add_test(tests, the_flagship_data_loads);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
