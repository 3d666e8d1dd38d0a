/* Gives a fuzz target each file of the folders named, in the place of libFuzzer: the corpus is a
 * test everywhere. Fails when there is no file. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The bytes in a block of exactly their size, so that the sanitizer sees a step beyond. */
static int replay(const char *path, size_t length)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(length ? length : 1);
    if (!file || !bytes || fread(bytes, 1, length, file) != length) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(66);
    }
    fclose(file);
    int answer = LLVMFuzzerTestOneInput(bytes, length);
    free(bytes);
    return answer;
}

int main(int count, char **arguments)
{
    size_t files = 0;
    for (int i = 1; i < count; i++) {
        struct dirent **entries;
        int number = scandir(arguments[i], &entries, NULL, alphasort);
        for (int j = 0; j < number; j++) {
            char path[4096];
            struct stat status;
            snprintf(path, sizeof path, "%s/%s", arguments[i], entries[j]->d_name);
            free(entries[j]);
            if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
                continue;
            if (replay(path, (size_t)status.st_size) != 0)
                return 70;
            files++;
        }
        if (number >= 0)
            free(entries);
    }
    printf("%zu files\n", files);
    return files ? 0 : 66;
}
