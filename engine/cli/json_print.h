/* Members of JSON objects on standard output, for listings that are objects. */
#ifndef BP_CLI_JSON_PRINT_H
#define BP_CLI_JSON_PRINT_H

/* Prints a comma, and the member with its text. */
void bp_json_print(const char *name, const char *text);

#endif
