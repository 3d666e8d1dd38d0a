/* What the kernel takes away from a worker: see sandbox.h. Landlock refuses every way of changing
 * the file system, seccomp refuses sockets, programs and signals to other processes. Descriptors
 * that are open already go on working, so the answer still reaches the parent. Reading stays: which
 * files a layout may read is the script room's rule, by name. */
#include "job/sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef BP_SANITIZED /* A sanitizer's report needs a symbolizer, which is a program. */

static void refuse_changes(void)
{
    struct landlock_ruleset_attr rules = {
        .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                             LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                             LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                             LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                             LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
                             LANDLOCK_ACCESS_FS_MAKE_SYM};
    long set = syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (set < 0)
        return;
    (void)syscall(SYS_landlock_restrict_self, (int)set, 0);
    close((int)set);
}

#if defined __x86_64__
#define THIS_MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define THIS_MACHINE AUDIT_ARCH_AARCH64
#endif

static void refuse_calls(void)
{
#ifdef THIS_MACHINE
    static const uint32_t refused[] = {SYS_socket,
                                       SYS_socketpair,
                                       SYS_connect,
                                       SYS_bind,
                                       SYS_listen,
                                       SYS_execve,
                                       SYS_execveat,
                                       SYS_ptrace,
                                       SYS_kill,
                                       SYS_tkill,
                                       SYS_rt_sigqueueinfo,
                                       SYS_rt_tgsigqueueinfo,
                                       SYS_pidfd_open,
                                       SYS_pidfd_send_signal,
                                       SYS_process_vm_readv,
                                       SYS_process_vm_writev,
                                       SYS_io_uring_setup,
                                       SYS_setsid,
                                       SYS_setpgid,
                                       SYS_mount,
                                       SYS_unshare,
                                       SYS_setns,
                                       SYS_bpf,
                                       SYS_perf_event_open,
                                       SYS_add_key,
                                       SYS_request_key,
                                       SYS_keyctl,
                                       SYS_fchmod,
                                       SYS_fchown};
    enum { COUNT = sizeof refused / sizeof refused[0], MOST = 2 * COUNT + 12 };
    struct sock_filter code[MOST];
    unsigned n = 0;
    code[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_MACHINE, 1, 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    code[n++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    /* The x32 numbers are a second door to the same calls. */
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000u, 0, 1);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
#endif
    for (unsigned i = 0; i < COUNT; i++) {
        code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, refused[i], 0, 1);
        code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    }
    /* abort() signals itself, and nobody else. */
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
                                             offsetof(struct seccomp_data, args[0]));
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid(), 1, 0);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {.len = (unsigned short)n, .filter = code};
    (void)prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
#endif
}

void bp_sandbox_enter(void)
{
    refuse_changes();
    refuse_calls();
}

const char *bp_sandbox_describe(void)
{
    bool has_landlock =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
    bool has_seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
    if (has_landlock && has_seccomp)
        return "worker: behind Landlock and seccomp";
    if (has_seccomp)
        return "worker: behind seccomp; this kernel has no Landlock";
    return has_landlock ? "worker: behind Landlock; this kernel has no seccomp"
                        : "worker: this kernel has neither Landlock nor seccomp";
}

#else

void bp_sandbox_enter(void)
{
}

const char *bp_sandbox_describe(void)
{
    return "worker: no sandbox, for this build has sanitizers";
}

#endif
