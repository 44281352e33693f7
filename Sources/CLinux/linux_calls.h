// Calls that Swift's Glibc module leaves out: GNU extensions, variadic functions, and the code between fork and exec,
// which must be C because nothing of the Swift runtime may run there.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// Declared by glibc only under _GNU_SOURCE, which the importer does not set.
extern int pthread_setname_np(pthread_t thread, const char *name);
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
extern int ppoll(struct pollfd *entries, nfds_t count, const struct timespec *timeout, const sigset_t *mask);
extern int pipe2(int descriptors[2], int flags);
extern const char *strerrordesc_np(int code);
extern void *memmem(const void *bytes, size_t count, const void *word, size_t length);
extern char **environ;

/// Lets a signal that is ignored have its default effect again; leaves a handler alone.
static inline void clinux_stop_ignoring(int number) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
        action.sa_handler = SIG_DFL;
        sigaction(number, &action, NULL);
    }
}

/// The environment of this process, for a child that inherits it.
static inline char *const *clinux_environment(void) {
    return environ;
}

/// The calling thread's kernel id.
static inline pid_t clinux_thread_id(void) {
    return (pid_t)syscall(SYS_gettid);
}

/// Sets the calling thread's timer slack; 0, or -1 with errno.
static inline int clinux_set_timer_slack(unsigned long nanoseconds) {
    return prctl(PR_SET_TIMERSLACK, nanoseconds, 0L, 0L, 0L);
}

/// How many processors the calling process may run on; 0 if the kernel does not say.
static inline int clinux_usable_processors(void) {
    unsigned long mask[1024];
    long bytes = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
    int count = 0;
    for (long word = 0; word < bytes / (long)sizeof mask[0]; word++) {
        count += __builtin_popcountl(mask[word]);
    }
    return count;
}

/// The number of a processor that the calling thread may run on, the index-th from 0; -1 if there are fewer.
static inline int clinux_usable_processor(int index) {
    unsigned long mask[1024];
    const int bits = 8 * (int)sizeof mask[0];
    long bytes = syscall(SYS_sched_getaffinity, 0, sizeof mask, mask);
    for (int number = 0; number < bytes * 8; number++) {
        if ((mask[number / bits] >> (number % bits) & 1) && index-- == 0) {
            return number;
        }
    }
    return -1;
}

/// Keeps the calling thread on one processor; 0, or -1 with errno.
static inline int clinux_pin_thread(int number) {
    unsigned long mask[1024] = {0};
    const int bits = 8 * (int)sizeof mask[0];
    mask[number / bits] = 1UL << (number % bits);
    return (int)syscall(SYS_sched_setaffinity, 0, sizeof mask, mask);
}

/// write(2) that never raises SIGPIPE, whatever its disposition: the signal is blocked in this thread around the call,
/// and the one that a broken pipe made pending is taken away again. One that was pending before stays.
static inline ssize_t clinux_write_without_signal(int descriptor, const void *bytes, size_t count) {
    sigset_t broken_pipe, pending, before;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    sigpending(&pending);
    int was_pending = sigismember(&pending, SIGPIPE);
    int code = pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
    if (code != 0) {
        errno = code;
        return -1;
    }
    ssize_t written = write(descriptor, bytes, count);
    int failure = errno;
    if (written < 0 && failure == EPIPE && !was_pending) {
        const struct timespec at_once = {0, 0};
        while (sigtimedwait(&broken_pipe, NULL, &at_once) == -1 && errno == EINTR) {
        }
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = failure;
    return written;
}

/// What the program holds from malloc, over all arenas and mappings, in bytes.
struct clinux_heap_usage {
    uint64_t in_use; // 0 if nothing was ever allocated
    uint64_t free;
    uint64_t mapped; // the part of in_use that has mappings of its own
};

static inline struct clinux_heap_usage clinux_heap_usage(void) {
    struct mallinfo2 info = mallinfo2();
    struct clinux_heap_usage usage = {info.uordblks + info.hblkhd, info.fordblks, info.hblkhd};
    return usage;
}

/// What a child gets: everything is prepared by the parent, because after fork only async-signal-safe calls are allowed.
struct clinux_child_plan {
    const char *executable;
    char *const *arguments;
    char *const *environment;
    const char *working_directory; // NULL: the parent's
    int standard_input;
    int standard_output;
    int standard_error;
};

/// Which step failed, sent by the child through the report pipe together with errno.
enum clinux_child_step {
    clinux_child_step_none = 0,
    clinux_child_step_setpgid = 1,
    clinux_child_step_prctl = 2,
    clinux_child_step_dup2 = 3,
    clinux_child_step_chdir = 4,
    clinux_child_step_execve = 5,
};

struct clinux_child_report {
    int step;
    int code;
};

/// Runs in the child: never returns. Only async-signal-safe calls.
__attribute__((noreturn)) static inline void clinux_child_main(
    const struct clinux_child_plan *plan, pid_t parent, int report_descriptor
) {
    struct clinux_child_report report = {clinux_child_step_none, 0};
    if (report_descriptor <= 2) {
        // The parent has closed one of its standard streams: keep clear of the numbers that dup2 fills below.
        report_descriptor = fcntl(report_descriptor, F_DUPFD_CLOEXEC, 3);
    }

    // Own process group: a terminal's SIGINT goes to the foreground group only.
    if (setpgid(0, 0) != 0) {
        report.step = clinux_child_step_setpgid;
        goto failed;
    }
    // Dies with the thread that forked it. If that is gone already, the request came too late.
    if (prctl(PR_SET_PDEATHSIG, (unsigned long)SIGKILL, 0L, 0L, 0L) != 0) {
        report.step = clinux_child_step_prctl;
        goto failed;
    }
    if (getppid() != parent) {
        _exit(127);
    }

    // exec resets handlers but keeps ignored signals and the mask.
    struct sigaction standard;
    __builtin_memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; number++) {
        sigaction(number, &standard, NULL);
    }

    // Descriptors above 2 first, so that dup2 cannot overwrite one that is still needed, nor be a no-op that leaves
    // close-on-exec set.
    int wanted[3] = {plan->standard_input, plan->standard_output, plan->standard_error};
    for (int target = 0; target < 3; target++) {
        if (wanted[target] <= 2 && wanted[target] != target) {
            wanted[target] = fcntl(wanted[target], F_DUPFD_CLOEXEC, 3);
            if (wanted[target] < 0) {
                report.step = clinux_child_step_dup2;
                goto failed;
            }
        }
    }
    for (int target = 0; target < 3; target++) {
        int outcome;
        if (wanted[target] == target) {
            outcome = fcntl(target, F_SETFD, 0);
        } else {
            do {
                outcome = dup2(wanted[target], target);
            } while (outcome < 0 && errno == EINTR);
        }
        if (outcome < 0) {
            report.step = clinux_child_step_dup2;
            goto failed;
        }
    }
#ifdef SYS_close_range
    // Whatever the parent inherited without close-on-exec stays behind. 4 is CLOSE_RANGE_CLOEXEC; kernels before 5.11
    // refuse, and then only the parent's own habit of close-on-exec protects.
    (void)syscall(SYS_close_range, 3U, ~0U, 4U);
#endif
    if (plan->working_directory != NULL && chdir(plan->working_directory) != 0) {
        report.step = clinux_child_step_chdir;
        goto failed;
    }

    sigset_t nothing;
    sigemptyset(&nothing);
    sigprocmask(SIG_SETMASK, &nothing, NULL);
    execve(plan->executable, plan->arguments, plan->environment);
    report.step = clinux_child_step_execve;

failed:
    report.code = errno;
    while (write(report_descriptor, &report, sizeof report) < 0 && errno == EINTR) {
    }
    _exit(127);
}

/// Forks and executes; the child's pid, or -1 with errno if fork failed. A later failure of the child arrives on the
/// other end of `report_descriptor`, which must be close-on-exec: end of file without a report means success.
static inline pid_t clinux_start_child(const struct clinux_child_plan *plan, int report_descriptor) {
    // No handler of ours may run in the child.
    sigset_t everything, before;
    sigfillset(&everything);
    int code = pthread_sigmask(SIG_SETMASK, &everything, &before);
    if (code != 0) {
        errno = code;
        return -1;
    }
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        clinux_child_main(plan, parent, report_descriptor);
    }
    int failure = errno;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = failure;
    return child;
}
