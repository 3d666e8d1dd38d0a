/* The last pass: a linearized or encrypted PDF says the same, and what goes wrong is told. */
#include <sys/resource.h>
#include <sys/wait.h>

#include "../base/suite.h"
#include "paper.h"
#include "pdf/rewrite.h"

/* A report of three pages, then passed on; the PDF is that of `options`. */
static paper *make_report(const bp_rewrite_options *options)
{
    paper *p = paper_open_as(
        (bp_document_options){.title = "Twice", .language = "en", .deflate_level = 1}, true);
    const bp_style *style = paper_style(p, 9);
    for (int i = 0; i < 3; i++) {
        bp_page *page = paper_page(p);
        paper_text(p, page, style, 20, 40, "Words of a page");
        paper_ok(p, bp_page_link(page, 10, 30, 50, 10, "https://example.org", NULL, &p->err));
    }
    paper_save(p);
    bp_buf anew = {0};
    paper_ok(p, bp_rewrite(&p->pdf, options, &anew, &p->err));
    bp_buf_clear(&p->pdf);
    p->pdf = anew;
    return p;
}

START_TEST(a_linearized_pdf_is_the_same_each_time)
{
    const bp_rewrite_options options = {.is_linear = true};
    char out[4096];
    paper *first = make_report(&options);
    size_t length = first->pdf.length;
    char *bytes = malloc(length); /* Not ours, which paper_close counts. */
    ck_assert_ptr_nonnull(bytes);
    memcpy(bytes, first->pdf.bytes, length);
    paper_close(first);
    paper *p = make_report(&options);
    ck_assert_uint_eq(p->pdf.length, length);
    ck_assert_int_eq(memcmp(p->pdf.bytes, bytes, length), 0);
    ck_assert_int_eq(paper_run(p, "qpdf --check %s 2>&1", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "File is linearized"));
    ck_assert_ptr_nonnull(strstr(out, "PDF Version: 1.7\n"));
    ck_assert_int_eq(paper_run(p, "pdftotext %s -", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "Words of a page"));
    ck_assert_ptr_nonnull(memmem(bytes, length, "<x:xmpmeta", 10));
    free(bytes);
    paper_close(p);
}
END_TEST

/* Which password opens it, and as whom. */
START_TEST(an_encrypted_pdf_opens_for_those_who_may)
{
    const bp_encryption encryption = {"öffne dich", "boss", BP_PERMIT_PRINT};
    const bp_rewrite_options options = {.is_linear = _i != 0, .encryption = &encryption};
    paper *p = make_report(&options);
    char out[4096];
    ck_assert_int_ne(paper_run(p, "pdftotext %s - 2>&1", out, sizeof out), 0);
    ck_assert_ptr_null(strstr(out, "Words"));
    ck_assert_int_eq(paper_run(p, "qpdf --check --password='öffne dich' %s", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "Supplied password is user password"));
    ck_assert_ptr_nonnull(strstr(out, "extract for accessibility: allowed"));
    ck_assert_ptr_nonnull(strstr(out, "extract for any purpose: not allowed"));
    ck_assert_ptr_nonnull(strstr(out, "print high resolution: allowed"));
    ck_assert_ptr_nonnull(strstr(out, "modify anything: not allowed"));
    ck_assert_ptr_nonnull(strstr(out, "stream encryption method: AESv3"));
    ck_assert_ptr_nonnull(strstr(out, _i != 0 ? "is linearized" : "not linearized"));
    ck_assert_int_eq(paper_run(p, "qpdf --check --password=boss %s", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "Supplied password is owner password"));
    ck_assert_int_eq(paper_run(p, "pdftotext -upw 'öffne dich' %s -", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "Words of a page"));
    paper_close(p);
}
END_TEST

START_TEST(without_an_owner_nobody_lifts_the_bounds)
{
    const bp_encryption encryption = {"", "", BP_PERMIT_COPY | BP_PERMIT_ANNOTATE};
    const bp_encryption given = {"user", NULL, 0};
    bp_error err = {0};
    ck_assert(!bp_encryption_check(&encryption, &err));
    ck_assert_int_eq(err.code, BP_ERR_USAGE);
    paper *p = make_report(&(bp_rewrite_options){.encryption = &given});
    char out[4096];
    ck_assert_int_eq(paper_run(p, "qpdf --check --password=user %s", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "Supplied password is user password"));
    ck_assert_ptr_null(strstr(out, "owner password"));
    ck_assert_ptr_nonnull(strstr(out, "print low resolution: not allowed"));
    paper_close(p);
}
END_TEST

START_TEST(passwords_are_utf8_and_not_too_long)
{
    char longest[129];
    memset(longest, 'a', 128);
    longest[128] = '\0';
    for (int i = 0; i < 4; i++) {
        bp_error err = {0};
        const char *wrong = i < 2 ? longest : "\xff";
        const bp_encryption e = {i % 2 ? wrong : "a", i % 2 ? "b" : wrong, 0};
        ck_assert(!bp_encryption_check(&e, &err));
        ck_assert_int_eq(err.code, BP_ERR_USAGE);
        ck_assert_ptr_nonnull(strstr(err.text, i % 2 ? "user" : "owner"));
    }
    bp_error err = {0};
    longest[127] = '\0';
    ck_assert(bp_encryption_check(&(bp_encryption){longest, NULL, 0}, &err));
}
END_TEST

START_TEST(a_damaged_pdf_is_an_error_and_adds_nothing)
{
    paper *p = paper_open(false);
    paper_page(p);
    paper_save(p);
    bp_buf out = {0};
    ck_assert(bp_buf_text(&out, "before"));
    for (size_t cut = 0; cut < p->pdf.length - 8; cut += p->pdf.length / 16) {
        bp_error err = {0};
        bp_buf part = p->pdf;
        part.length = cut;
        bool ok = bp_rewrite(&part, &(bp_rewrite_options){.is_linear = true}, &out, &err);
        ck_assert_msg(!ok && err.code == BP_ERR_INTERNAL, "%zu bytes: %d %s", cut, ok, err.text);
        ck_assert_ptr_nonnull(strstr(err.text, "libqpdf"));
        ck_assert_str_eq(out.bytes, "before");
    }
    bp_buf_clear(&out);
    paper_close(p);
}
END_TEST

START_TEST(refused_blocks_are_an_error)
{
    paper *p = make_report(&(bp_rewrite_options){.is_linear = true});
    for (long n = 1;; n++) {
        bp_buf out = {0};
        bp_error err = {0};
        long live = bp_mem.live;
        bp_mem.asked = bp_mem.refused = 0;
        bp_mem.fail_at = n;
        bool ok = bp_rewrite(&p->pdf, &(bp_rewrite_options){.is_linear = true}, &out, &err);
        bp_mem.fail_at = 0;
        ck_assert(ok || err.code == BP_ERR_MEMORY);
        bp_buf_clear(&out);
        ck_assert_int_eq(bp_mem.live, live);
        if (bp_mem.refused == 0)
            break;
    }
    paper_close(p);
}
END_TEST

#ifndef BP_SANITIZED /* The sanitizers map terabytes. */
/* libqpdf's own blocks: less and less address space, in a process for each size. Each ends well or
 * says that memory is short, and prints nothing. */
START_TEST(an_address_space_too_small_is_an_error)
{
    paper *p = make_report(&(bp_rewrite_options){.is_linear = true});
    int done = 0, refused = 0;
    for (rlim_t beside = 0; beside < 80; beside++) {
        int pipes[2];
        ck_assert_int_eq(pipe(pipes), 0);
        pid_t pid = fork();
        ck_assert_int_ge(pid, 0);
        if (pid == 0) {
            (void)dup2(pipes[1], STDERR_FILENO);
            FILE *statm = fopen("/proc/self/statm", "r");
            unsigned long now = 0;
            if (statm == NULL || fscanf(statm, "%lu", &now) != 1)
                _exit(9);
            (void)fclose(statm);
            rlim_t most = now * (rlim_t)sysconf(_SC_PAGESIZE) + (beside << 16);
            (void)setrlimit(RLIMIT_AS, &(struct rlimit){most, most});
            bp_buf out = {0};
            bp_error err = {0};
            bool ok = bp_rewrite(&p->pdf, &(bp_rewrite_options){.is_linear = true}, &out, &err);
            _exit(ok ? 0 : err.code == BP_ERR_MEMORY ? 1 : 2);
        }
        (void)close(pipes[1]);
        char printed[256];
        ck_assert_int_eq(read(pipes[0], printed, sizeof printed), 0);
        (void)close(pipes[0]);
        int status = 0;
        ck_assert_int_eq(waitpid(pid, &status, 0), pid);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) <= 1, "%lu: status %d",
                      (unsigned long)beside, status);
        done += WEXITSTATUS(status) == 0;
        refused += WEXITSTATUS(status) == 1;
    }
    ck_assert(done > 0 && refused > 0);
    paper_close(p);
}
END_TEST
#endif

int main(void)
{
    TCase *tests = tcase_create("rewrite");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_linearized_pdf_is_the_same_each_time);
    tcase_add_loop_test(tests, an_encrypted_pdf_opens_for_those_who_may, 0, 2);
    tcase_add_test(tests, without_an_owner_nobody_lifts_the_bounds);
    tcase_add_test(tests, passwords_are_utf8_and_not_too_long);
    tcase_add_test(tests, a_damaged_pdf_is_an_error_and_adds_nothing);
    tcase_add_test(tests, refused_blocks_are_an_error);
#ifndef BP_SANITIZED
    tcase_add_test(tests, an_address_space_too_small_is_an_error);
#endif
    return run_suite("rewrite", tests);
}
