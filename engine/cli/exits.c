/* The exit codes: see exits.h. 1 is never used: the shell uses it. */
#include "cli/exits.h"

const bp_exit bp_exits[] = {
    {0, "done, or nothing to do"},
    {64, "the command line is wrong"},
    {65, "the data is wrong"},
    {66, "an input cannot be read, or the data has not come"},
    {69, "a font or an image is missing or damaged"},
    {70, "our own fault, or the worker died"},
    {71, "the system refused memory, processes or descriptors"},
    {73, "the output cannot be created"},
    {74, "writing failed"},
    {75, "another run holds the output; try later"},
    {76, "a limit was reached: time, memory, pages or size"},
    {77, "a file outside the allowed folders"},
    {78, "the layout failed"},
    {79, "check or verify found something"},
};
const size_t bp_exit_count = sizeof bp_exits / sizeof bp_exits[0];
