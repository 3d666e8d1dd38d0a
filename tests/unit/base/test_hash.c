/* SHA-256 against the vectors of FIPS 180-4, however the bytes are cut; FNV-1a against its
 * published values. */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "suite.h"

static const struct {
    const char *text;
    const char *sum;
} vectors[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnop"
     "qrsmnopqrstnopqrs"
     "tu",
     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

static void sum_of(const char *bytes, size_t length, size_t cut, char out[65])
{
    bp_hash hash;
    unsigned char raw[32];
    bp_hash_init(&hash);
    for (size_t at = 0; at < length; at += cut)
        bp_hash_add(&hash, bytes + at, length - at < cut ? length - at : cut);
    bp_hash_end(&hash, raw);
    for (int i = 0; i < 32; i++)
        (void)snprintf(out + 2 * i, 3, "%02x", raw[i]);
}

START_TEST(sums_match_the_standard)
{
    char sum[65];
    size_t length = strlen(vectors[_i].text);
    for (size_t cut = 1; cut <= length + 1; cut++) {
        sum_of(vectors[_i].text, length, cut, sum);
        ck_assert_str_eq(sum, vectors[_i].sum);
    }
}
END_TEST

START_TEST(a_million_letters_match_the_standard)
{
    static char text[1000000];
    memset(text, 'a', sizeof text);
    char sum[65];
    sum_of(text, sizeof text, 977, sum);
    ck_assert_str_eq(sum, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

START_TEST(padding_is_right_at_every_length)
{
    /* Lengths around the block's end differ in how they are padded; each must differ from its
     * neighbours and not depend on the cut. */
    char text[200], last[65] = "", whole[65], cut[65];
    memset(text, 'x', sizeof text);
    for (size_t length = 0; length < sizeof text; length++) {
        sum_of(text, length, sizeof text, whole);
        sum_of(text, length, 7, cut);
        ck_assert_str_eq(whole, cut);
        ck_assert_str_ne(whole, last);
        memcpy(last, whole, sizeof last);
    }
}
END_TEST

/* All of the above, without the processor's own instructions, which may have done it. */
START_TEST(both_ways_give_one_sum)
{
    static unsigned char bytes[3000];
    char one[65], other[65];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * i >> 3);
    for (size_t length = 0; length < sizeof bytes; length += 13) {
        (void)bp_hash_use_instructions(true);
        sum_of((const char *)bytes, length, 500, one);
        ck_assert(!bp_hash_use_instructions(false));
        sum_of((const char *)bytes, length, 500, other);
        ck_assert_str_eq(one, other);
    }
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        sum_of(vectors[i].text, strlen(vectors[i].text), 100, other);
        ck_assert_str_eq(other, vectors[i].sum);
    }
    (void)bp_hash_use_instructions(true);
}
END_TEST

START_TEST(quick_hash_is_fnv_1a)
{
    ck_assert_uint_eq(bp_hash_quick("", 0), 0xcbf29ce484222325u);
    ck_assert_uint_eq(bp_hash_quick("a", 1), 0xaf63dc4c8601ec8cu);
    ck_assert_uint_eq(bp_hash_quick("foobar", 6), 0x85944171f73967e8u);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("hash");
    tcase_add_loop_test(tests, sums_match_the_standard, 0,
                        (int)(sizeof vectors / sizeof vectors[0]));
    tcase_add_test(tests, a_million_letters_match_the_standard);
    tcase_add_test(tests, padding_is_right_at_every_length);
    tcase_add_test(tests, both_ways_give_one_sum);
    tcase_add_test(tests, quick_hash_is_fnv_1a);
    return run_suite("hash", tests);
}
