/* Writes a book, the same for the same length:
 *
 *   gen_book csv|tex|typst WORDS
 *
 * Its words are drawn as those of a real book are: the commonest is one in twenty, the frequency of
 * the others falls with their rank (Zipf and Mandelbrot), and half of all different words come once
 * or twice. So a cache of words meets what it meets in a real book, and hyphenation has long words
 * to divide. Says on standard error how many words and how many different ones there are. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define WORDS_MOST 20000
#define SENTENCE_MOST 8000 /* Bytes. */

typedef enum { CSV, TEX, TYPST } format;

static char words[WORDS_MOST][32];
static uint64_t reach[WORDS_MOST]; /* Sums of the weights up to each word. */
static bool is_used[WORDS_MOST];
static size_t word_count;

static uint64_t state = UINT64_C(0x9e3779b97f4a7c15);

/* xorshift64*: the same numbers everywhere. */
static uint64_t random_below(uint64_t most)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return ((state * UINT64_C(2685821657736338717)) >> 16) % most;
}

static bool is_vowel(char c)
{
    return c != '\0' && strchr("aeiou", c) != NULL;
}

/* Puts a word together: "e" falls out before a vowel, "y" behind a consonant becomes "i". */
static void add_word(const char *beginning, const char *stem, const char *ending)
{
    char *word = words[word_count++];
    if (word_count == WORDS_MOST)
        exit(70);
    size_t length = strlen(beginning) + strlen(stem);
    snprintf(word, sizeof words[0], "%s%s", beginning, stem);
    char last = word[length - 1];
    if (last == 'e' && is_vowel(ending[0]))
        word[--length] = '\0';
    else if (last == 'y' && ending[0] != '\0' && ending[0] != 'i' && !is_vowel(word[length - 2]))
        word[length - 1] = 'i';
    if (last == 'y' && word[length - 1] == 'i' && strcmp(ending, "s") == 0)
        ending = "es";
    snprintf(word + length, sizeof words[0] - length, "%s", ending);
}

static void shuffle(size_t first)
{
    for (size_t i = word_count - 1; i > first; i--) {
        size_t other = first + (size_t)random_below(i - first + 1);
        char held[sizeof words[0]];
        memcpy(held, words[i], sizeof held);
        memcpy(words[i], words[other], sizeof held);
        memcpy(words[other], held, sizeof held);
    }
}

typedef struct {
    const char *const *stems, *const *beginnings, *const *endings;
    size_t stem_count, beginning_count, ending_count;
} family;

/* Common words first, then stems, then stems with endings, then those with beginnings too. */
static void make_words(void)
{
    static const char *const verb_beginnings[] = {"", "re", "mis", "over", "under", "pre"};
    static const char *const verb_endings[] = {"", "s", "ed", "ing", "er", "able"};
    static const char *const noun_beginnings[] = {"", "sub", "inter"};
    static const char *const noun_endings[] = {"", "s", "less", "like"};
    static const char *const adjective_beginnings[] = {"", "un", "semi", "super"};
    static const char *const adjective_endings[] = {"", "ly", "ness"};
    static const family families[] = {{verbs, verb_beginnings, verb_endings, COUNT(verbs),
                                       COUNT(verb_beginnings), COUNT(verb_endings)},
                                      {nouns, noun_beginnings, noun_endings, COUNT(nouns),
                                       COUNT(noun_beginnings), COUNT(noun_endings)},
                                      {adjectives, adjective_beginnings, adjective_endings,
                                       COUNT(adjectives), COUNT(adjective_beginnings),
                                       COUNT(adjective_endings)}};
    for (size_t i = 0; i < COUNT(common); i++)
        add_word("", common[i], "");
    for (int round = 0; round < 3; round++) {
        size_t first = word_count;
        for (size_t f = 0; f < COUNT(families); f++)
            for (size_t s = 0; s < families[f].stem_count; s++)
                for (size_t b = 0; b < families[f].beginning_count; b++)
                    for (size_t e = 0; e < families[f].ending_count; e++)
                        if (round == (b > 0 ? 2 : e > 0 ? 1 : 0))
                            add_word(families[f].beginnings[b], families[f].stems[s],
                                     families[f].endings[e]);
        shuffle(first);
    }
    uint64_t sum = 0;
    for (size_t i = 0; i < word_count; i++)
        reach[i] = sum += (UINT64_C(1) << 44) / ((i + 2) * (i + 8000)); /* Steeper in the end. */
}

static size_t draw(void)
{
    uint64_t at = random_below(reach[word_count - 1]);
    size_t low = 0, high = word_count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (reach[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    is_used[low] = true;
    return low;
}

static char text[SENTENCE_MOST];
static size_t text_length;

static void put(const char *bytes)
{
    size_t length = strlen(bytes);
    if (text_length + length + 1 > sizeof text)
        exit(70);
    memcpy(text + text_length, bytes, length + 1);
    text_length += length;
}

static void put_capital(const char *word)
{
    size_t at = text_length;
    put(word);
    text[at] = (char)(text[at] - 'a' + 'A');
}

/* One sentence of `length` words. Now and then there is emphasis, speech, a number, a compound. */
static void put_sentence(size_t length, format out)
{
    static const char *const opens[] = {[CSV] = "*", [TEX] = "\\emph{", [TYPST] = "_"};
    static const char *const closes[] = {[CSV] = "*", [TEX] = "}", [TYPST] = "_"};
    bool is_speech = random_below(9) == 0;
    size_t emphasis = random_below(25) == 0 ? random_below(length) : length;
    if (is_speech)
        put("\u201c");
    for (size_t i = 0; i < length; i++) {
        const char *word = words[draw()];
        if (i == emphasis)
            put(opens[out]);
        if (i == 0)
            put_capital(word);
        else
            put(word);
        if (i == emphasis)
            put(closes[out]);
        if (i + 1 == length)
            break;
        uint64_t turn = random_below(400);
        if (turn < 36 && i > 1)
            put(", ");
        else if (turn < 40 && i > 1)
            put("; ");
        else if (turn < 43)
            put(" \u2013 ");
        else if (turn < 46)
            put("-");
        else if (turn < 49)
            put("\u2019s ");
        else if (turn < 52) {
            char number[16];
            snprintf(number, sizeof number, " %u ", (unsigned)(1 + random_below(1999)));
            put(number);
        } else
            put(" ");
    }
    put(random_below(14) == 0 ? "?" : ".");
    if (is_speech)
        put("\u201d");
}

static void put_title(void)
{
    size_t length = 2 + (size_t)random_below(4);
    for (size_t i = 0; i < length; i++) {
        if (i > 0)
            put(" ");
        /* From the stems: a title has more to say than a sentence. */
        const char *word = words[COUNT(common) + (size_t)random_below(600)];
        if (i == 0)
            put_capital(word);
        else
            put(word);
    }
}

/* Writes what was put together as a paragraph or a title, and begins anew. */
static void end_block(format out, const char *kind)
{
    bool is_chapter = strcmp(kind, "chapter") == 0, is_text = strcmp(kind, "text") == 0;
    if (out == CSV)
        printf("%s,\"%s\"\n", kind, text);
    else if (is_text)
        printf("%s\n\n", text);
    else if (out == TEX)
        printf("\\%s{%s}\n\n", kind, text);
    else
        printf("%s %s\n\n", is_chapter ? "=" : "==", text);
    text_length = 0;
    text[0] = '\0';
}

/* A paragraph of some sentences; answers its words. */
static size_t write_paragraph(format out)
{
    size_t sentences = 2 + (size_t)random_below(6), total = 0;
    for (size_t i = 0; i < sentences; i++) {
        size_t length = 4 + (size_t)random_below(14) + (size_t)random_below(14);
        if (i > 0)
            put(" ");
        put_sentence(length, out);
        total += length;
    }
    end_block(out, "text");
    return total;
}

int main(int count, char **arguments)
{
    static const char *const formats[] = {[CSV] = "csv", [TEX] = "tex", [TYPST] = "typst"};
    long wanted = count == 3 ? strtol(arguments[2], NULL, 10) : 0;
    size_t out = 0;
    while (count == 3 && out < COUNT(formats) && strcmp(arguments[1], formats[out]) != 0)
        out++;
    if (wanted <= 0 || out == COUNT(formats)) {
        fprintf(stderr, "usage: %s csv|tex|typst WORDS\n", arguments[0]);
        return 64;
    }
    make_words();
    if (out == CSV)
        printf("kind,text\n");
    size_t total = 0, different = 0;
    for (size_t chapter_ends = 0, section_ends = 0; total < (size_t)wanted;) {
        if (total >= chapter_ends) {
            put_title();
            end_block((format)out, "chapter");
            chapter_ends = total + 5000 + (size_t)random_below(5000);
            section_ends = total + 500;
        } else if (total >= section_ends) {
            put_title();
            end_block((format)out, "section");
            section_ends = total + 800 + (size_t)random_below(1200);
        }
        total += write_paragraph((format)out);
    }
    for (size_t i = 0; i < word_count; i++)
        different += is_used[i];
    fprintf(stderr, "%zu words, %zu different ones of %zu\n", total, different, word_count);
    return ferror(stdout) || fflush(stdout) ? 74 : 0;
}
