/* Damages a PNG, always the same way for the same seed: mutate FILE SEED OUT. Says in a word what
 * it did. Where a check sum would only tell libpng that there is damage, it is set right again, so
 * that the damage reaches the decoder behind it. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEAD 8   /* Signature. */
#define FRAME 12 /* Length, type and check sum of a chunk. */

static uint64_t state;

/* splitmix64 */
static uint64_t draw(uint64_t below)
{
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return below ? (z ^ (z >> 31)) % below : 0;
}

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void put_big_endian(unsigned char *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

/* Sets the check sum of the chunk at `chunk` right. */
static void mend(unsigned char *chunk)
{
    uint32_t length = big_endian(chunk), sum = 0xFFFFFFFFu;
    for (uint32_t i = 4; i < length + 8; i++) {
        sum ^= chunk[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? sum >> 1 ^ 0xEDB88320u : sum >> 1;
    }
    put_big_endian(chunk + 8 + length, ~sum);
}

/* The places of all chunks. */
static size_t find_chunks(const unsigned char *bytes, size_t length, size_t *chunks, size_t most)
{
    size_t count = 0;
    for (size_t at = HEAD; at + FRAME <= length && count < most;) {
        chunks[count++] = at;
        at += FRAME + big_endian(bytes + at);
    }
    return count;
}

/* Changes the bytes in place; `*length` may shrink, or grow up to twice. Answers what it did. */
static const char *damage(unsigned char *bytes, size_t *length, int kind)
{
    size_t chunks[64], count = find_chunks(bytes, *length, chunks, 64);
    unsigned char *chunk = bytes + chunks[draw(count)];
    size_t size = FRAME + big_endian(chunk), at = draw(*length), part = 1 + draw(*length / 4);
    if (part > *length - at)
        part = *length - at;
    switch (kind) {
    case 0:
        bytes[at] ^= (unsigned char)(1u << draw(8));
        return "flipped";
    case 1:
        for (int i = 0; i < 6; i++)
            bytes[draw(*length)] = (unsigned char)draw(256);
        return "sprinkled";
    case 2:
        *length = at;
        return "cut";
    case 3:
        memmove(bytes + at, bytes + at + part, *length - at - part);
        *length -= part;
        return "shortened";
    case 4:
        memmove(bytes + at + part, bytes + at, *length - at);
        for (size_t i = 0; i < part; i++)
            bytes[at + i] = (unsigned char)draw(256);
        *length += part;
        return "widened";
    case 5:
        memset(bytes + at, 0, part);
        return "blanked";
    case 6: /* Image data that deflate or the filters stumble over. */
        for (size_t i = 0; i < count; i++)
            if (memcmp(bytes + chunks[i] + 4, "IDAT", 4) == 0)
                chunk = bytes + chunks[i];
        for (int i = 0; i < 3; i++)
            chunk[8 + draw(big_endian(chunk))] = (unsigned char)draw(256);
        mend(chunk);
        return "misled";
    case 7: { /* The header: sizes, depth, colour type, interlace. */
        static const uint32_t sizes[] = {0,       1,          7,           0xFFFF,
                                         0x10000, 0x7FFFFFFF, 0x80000000u, 0xFFFFFFFFu};
        chunk = bytes + HEAD;
        if (draw(2))
            put_big_endian(chunk + 8 + 4 * draw(2), sizes[draw(8)]);
        else
            chunk[16 + draw(5)] = (unsigned char)draw(20);
        mend(chunk);
        return "redeclared";
    }
    case 8:
        if (draw(2)) {
            memmove(chunk + size, chunk, *length - (size_t)(chunk - bytes));
            *length += size;
            return "doubled";
        }
        memmove(chunk, chunk + size, *length - (size_t)(chunk - bytes) - size);
        *length -= size;
        return "left out";
    default:
        put_big_endian(chunk, draw(2) ? (uint32_t)draw(64) : (uint32_t)draw(0xFFFFFFFFu));
        return "mismeasured";
    }
}

int main(int argc, char **argv)
{
    FILE *from = argc == 4 ? fopen(argv[1], "rb") : NULL;
    unsigned char *bytes = malloc(1 << 21);
    if (from == NULL || bytes == NULL) {
        fputs("usage: mutate FILE SEED OUT\n", stderr);
        return 64;
    }
    size_t length = fread(bytes, 1, 1 << 20, from);
    fclose(from);
    uint64_t seed = strtoull(argv[2], NULL, 10);
    state = seed;
    puts(damage(bytes, &length, (int)(seed % 10)));
    FILE *out = fopen(argv[3], "wb");
    int ok = out != NULL && fwrite(bytes, 1, length, out) == length;
    ok = out != NULL && fclose(out) == 0 && ok;
    free(bytes);
    return ok ? 0 : 74;
}
