/* The build id: see build.h. It is in a note of the program's own head, which is in memory; reading
 * all of a program with its libraries inside would take longer than a rendering. */
#include "job/build.h"

#include <linux/elf.h>
#include <stdint.h>
#include <string.h>

#define NOTE_BUILD_ID 3 /* NT_GNU_BUILD_ID. */

/* The linker sets it to the head of the program or shared library that this file is in. */
extern const unsigned char __ehdr_start[] __attribute__((weak, visibility("hidden")));

static size_t padded(size_t length)
{
    return (length + 3) & ~(size_t)3;
}

/* The id among the notes of a segment; NULL where it is not there. */
static const unsigned char *find_id(const unsigned char *at, size_t size, size_t *length)
{
    const size_t head = sizeof(Elf64_Nhdr);
    while (size >= head) {
        Elf64_Nhdr note;
        memcpy(&note, at, head);
        size_t name = padded(note.n_namesz), content = padded(note.n_descsz);
        if (name > size - head || content > size - head - name)
            return NULL;
        if (note.n_type == NOTE_BUILD_ID && note.n_namesz == 4 &&
            memcmp(at + head, "GNU", 4) == 0) {
            *length = note.n_descsz;
            return at + head + name;
        }
        at += head + name + content;
        size -= head + name + content;
    }
    return NULL;
}

static const unsigned char *find(size_t *length)
{
    const unsigned char *start = __ehdr_start, *found = NULL;
    Elf64_Ehdr head;
    if (start == NULL || memcmp(start, ELFMAG, SELFMAG) != 0 || start[EI_CLASS] != ELFCLASS64)
        return NULL;
    memcpy(&head, start, sizeof head);
    for (size_t i = 0; found == NULL && i < head.e_phnum; i++) {
        Elf64_Phdr segment;
        memcpy(&segment, start + head.e_phoff + i * sizeof segment, sizeof segment);
        /* Notes stand right behind the head, where places in the file are places in memory. */
        if (segment.p_type == PT_NOTE)
            found = find_id(start + segment.p_offset, segment.p_filesz, length);
    }
    return found;
}

bool bp_build_put(bp_buf *out, bool *is_known)
{
    size_t length = 0;
    const unsigned char *id = find(&length);
    bool ok = true;
    *is_known = id != NULL && length != 0;
    if (!*is_known)
        return true;
    ok = bp_buf_text(out, "build ");
    for (size_t i = 0; ok && i < length; i++)
        ok = bp_buf_format(out, "%02x", id[i]);
    return ok && bp_buf_char(out, '\n');
}
