/* QR codes: the outline covers just the dark modules, whose number and place a scanner confirms in
 * tests/cli/svg.bats. */
#include "../base/suite.h"
#include "base/mem.h"
#include "pdf/qr.h"

/* How often the outline winds round the middle of a module. */
static int winding(const bp_buf *verbs, const bp_buf *numbers, double x, double y)
{
    const double *n = BP_BUF_ITEMS(numbers, const double);
    double at[2] = {0, 0}, start[2] = {0, 0};
    int turns = 0;
    for (size_t i = 0; i < verbs->length; i++) {
        double to[2] = {start[0], start[1]};
        if (verbs->bytes[i] != 'Z') {
            memcpy(to, n, sizeof to);
            n += 2;
        }
        if (verbs->bytes[i] == 'M') {
            memcpy(start, to, sizeof start);
        } else if (at[0] > x && at[0] - to[0] < 0.5 && to[0] - at[0] < 0.5) {
            turns += at[1] < y && to[1] > y ? 1 : at[1] > y && to[1] < y ? -1 : 0;
        }
        memcpy(at, to, sizeof at);
    }
    return turns;
}

START_TEST(the_outline_winds_once_round_dark_modules)
{
    bp_buf verbs = {0}, numbers = {0};
    bp_error err = {0};
    int size = 0;
    ck_assert_msg(bp_qr_outline("https://example.org", 'M', &verbs, &numbers, &size, &err), "%s",
                  err.text);
    ck_assert_int_eq(size, 25);
    int dark = 0;
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            int turns = winding(&verbs, &numbers, x + 0.5, y + 0.5);
            ck_assert_int_ge(turns, 0);
            ck_assert_int_le(turns, 1);
            dark += turns;
            /* The finder in the corner: a ring of seven, a square of three. */
            bool is_finder = x < 8 && y < 8;
            bool is_ring = x < 7 && y < 7 && (x == 0 || y == 0 || x == 6 || y == 6);
            bool is_core = x >= 2 && x <= 4 && y >= 2 && y <= 4;
            ck_assert(!is_finder || turns == (is_ring || is_core));
        }
    ck_assert_int_gt(dark, 200);
    ck_assert_int_lt(dark, 425);
    bp_buf_clear(&verbs);
    bp_buf_clear(&numbers);
    ck_assert_int_eq(bp_mem.live, 0);
}
END_TEST

START_TEST(refused_blocks_are_an_error_and_leak_nothing)
{
    for (long n = 1;; n++) {
        bp_buf verbs = {0}, numbers = {0};
        bp_error err = {0};
        int size = 0;
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bool ok = bp_qr_outline("abc", 'H', &verbs, &numbers, &size, &err);
        bp_mem.fail_at = 0;
        bp_buf_clear(&verbs);
        bp_buf_clear(&numbers);
        ck_assert_int_eq(bp_mem.live, 0);
        ck_assert(ok == (bp_mem.refused == 0));
        if (ok)
            break;
        ck_assert_int_eq(err.code, BP_ERR_MEMORY);
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("qr");
    tcase_add_test(tests, the_outline_winds_once_round_dark_modules);
    tcase_add_test(tests, refused_blocks_are_an_error_and_leak_nothing);
    return run_suite("qr", tests);
}
