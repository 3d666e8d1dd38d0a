/* Writing roff for man(1), on standard output: text becomes itself on the page, whatever signs are
 * in it. Of macros only those that groff and mandoc both know are used. */
#ifndef BP_CLI_ROFF_H
#define BP_CLI_ROFF_H

/* A font of the page; each call below begins and ends in the plain one. */
typedef enum { BP_ROFF_PLAIN, BP_ROFF_BOLD, BP_ROFF_ITALIC } bp_roff_font;

/* Words that run on: prose. Hyphens in what somebody types (options, names of files) are those of
 * the keyboard, in words they are hyphens. */
void bp_roff_text(bp_roff_font font, const char *text);
/* To be copied: every sign is that of the keyboard. */
void bp_roff_code(bp_roff_font font, const char *text);
/* Ends the line of input. */
void bp_roff_end_line(void);
/* Lines as they are, each ended by a newline, in a block of their own. */
void bp_roff_listing(const char *lines);
/* The head of a section, and of one within it. */
void bp_roff_section(const char *title);
void bp_roff_subsection(const char *title);

#endif
