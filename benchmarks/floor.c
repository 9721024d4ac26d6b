/* What no linker can do without: reading its inputs once, or writing its output once, as fast as this machine's kernel does it.
 *
 *   floor read FILE...              reads the files into one buffer
 *   floor write FILE BYTES THREADS  makes a file as our linker does: nameless, space reserved, chunks written by threads, then renamed
 *                                   over FILE
 *
 * Prints microseconds of wall time and of processor time. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 512 << 10, MOST_THREADS = 64 };

static int file;
static long long size, next;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static long long busy(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void read_once(int count, char **paths)
{
    char *buffer = malloc(CHUNK);
    for (int i = 0; i < count; i++) {
        int input = open(paths[i], O_RDONLY | O_CLOEXEC);
        ssize_t got;
        if (input < 0)
            fail(paths[i]);
        while ((got = read(input, buffer, CHUNK)) > 0)
            continue;
        if (got < 0)
            fail(paths[i]);
        close(input);
    }
    free(buffer);
}

static void *write_chunks(void *unused)
{
    char *buffer = malloc(CHUNK);
    (void)unused;
    memset(buffer, 0x90, CHUNK);
    for (;;) {
        long long at = __atomic_fetch_add(&next, CHUNK, __ATOMIC_RELAXED);
        if (at >= size)
            break;
        long long length = size - at < CHUNK ? size - at : CHUNK;
        if (pwrite(file, buffer, length, at) != length)
            fail("write");
    }
    free(buffer);
    return NULL;
}

static void write_once(const char *path, int threads)
{
    char folder[4096], linked[4096], itself[64];
    pthread_t others[MOST_THREADS];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1, slash ? path : ".");
    snprintf(linked, sizeof linked, "%s.tmp", path);
    file = open(folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0755);
    if (file < 0)
        fail(folder);
    if (fallocate(file, 0, 0, size) != 0)
        fail("fallocate");
    for (int i = 1; i < threads; i++)
        pthread_create(&others[i], NULL, write_chunks, NULL);
    write_chunks(NULL);
    for (int i = 1; i < threads; i++)
        pthread_join(others[i], NULL);
    snprintf(itself, sizeof itself, "/proc/self/fd/%d", file);
    if (linkat(AT_FDCWD, itself, AT_FDCWD, linked, AT_SYMLINK_FOLLOW) != 0 || rename(linked, path) != 0)
        fail(path);
    close(file);
}

int main(int argc, char **argv)
{
    long long start = now();
    if (argc > 2 && strcmp(argv[1], "read") == 0) {
        read_once(argc - 2, argv + 2);
    } else if (argc == 5 && strcmp(argv[1], "write") == 0 && atoi(argv[4]) > 0 && atoi(argv[4]) <= MOST_THREADS) {
        size = atoll(argv[3]);
        write_once(argv[2], atoi(argv[4]));
    } else {
        fprintf(stderr, "usage: floor read FILE... | floor write FILE BYTES THREADS\n");
        return 2;
    }
    printf("%lld %lld\n", now() - start, busy());
    return 0;
}
