/* A program that prints reports by libbriefpress: once to memory, as a server would, and once to a
 * file, as a job would. What is wrong is told as the program `briefpress` tells it, and its exit
 * codes are handed on.
 *
 *     embed [LAYOUT [DATA [OUTPUT.pdf]]] */
#include <briefpress.h>
#include <stdio.h>

/* Each fault of the data, finding and warning; the last error is in briefpress_error too. */
static void report(void *owner, int code, const char *place, const char *message)
{
    int *count = owner;
    ++*count;
    fprintf(stderr, "%s%s%s%s\n", code == 0 ? "warning: " : "", place, place[0] ? ": " : "",
            message);
}

static int fail(const char *what, const briefpress_error *error)
{
    fprintf(stderr, "%s: %s%s%s (%s)\n", what, error->place, error->place[0] ? ": " : "",
            error->message, error->name);
    if (error->excerpt[0] != '\0')
        fprintf(stderr, "%s\n", error->excerpt);
    return error->code;
}

int main(int argc, char **argv)
{
    int told = 0;
    briefpress_error error;
    briefpress_input input = {.path = argc > 2 ? argv[2] : "figures.json"};
    briefpress_parameter reader = {"reader", "the board"};
    briefpress_options options;
    briefpress_options_init(&options);
    options.layout = argc > 1 ? argv[1] : "layout.lua";
    options.inputs = &input;
    options.input_count = 1;
    options.parameters = &reader;
    options.parameter_count = 1;
    options.max_seconds = 10;
    options.report = report;
    options.owner = &told;

    /* All that can be found wrong without writing anything. */
    if (!briefpress_check(&options, &error))
        return fail("check", &error);

    unsigned char *pdf;
    size_t length;
    if (!briefpress_render_memory(&options, &pdf, &length, &error))
        return fail("render to memory", &error);
    printf("%zu bytes in memory, of briefpress %s\n", length, briefpress_version());
    briefpress_free(pdf);

    /* Whole or not at all; the file of before stays until then. */
    const char *output = argc > 3 ? argv[3] : "report.pdf";
    if (!briefpress_render_file(&options, output, &error))
        return fail("render to a file", &error);
    printf("%s, %d things told\n", output, told);
    return 0;
}
