/* Runs a command and prints what it took: wall time, user and system time in microseconds, peak memory in KiB, page faults.
 *
 * A program of its own because the kernel counts the memory of the process that calls exec into the peak of the program that it
 * becomes: the parent has to be small. The clock runs from before fork to after wait, as a build tool would see it.
 *
 *   measure [-q] COMMAND [ARGUMENT...]        -q: the command's output goes to /dev/null; exit code is the command's */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv)
{
    int quiet = argc > 1 && strcmp(argv[1], "-q") == 0;
    char **command = argv + 1 + quiet;
    if (command[0] == NULL)
        return 2;

    long long start = now();
    pid_t child = vfork();
    if (child == 0) {
        if (quiet) {
            int null = open("/dev/null", O_WRONLY);
            dup2(null, 1);
            dup2(null, 2);
        }
        execv(command[0], command);
        _exit(127);
    }

    int status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) < 0)
        return 2;
    long long end = now();
    printf("%lld %lld %lld %ld %ld\n", (end - start) / 1000,
           used.ru_utime.tv_sec * 1000000LL + used.ru_utime.tv_usec,
           used.ru_stime.tv_sec * 1000000LL + used.ru_stime.tv_usec,
           used.ru_maxrss, used.ru_minflt + used.ru_majflt);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}
