/* Holds memfs.c to what it promises when places and memory run out: an error number, and every file as it was. Built with
 * the sanitizers beside the twin; `realloc` goes through here first (ld --wrap) and fails when told to. It says what broke
 * on standard error, whose descriptor is the system's: nothing here goes through our files but by their own calls. */
#include "memfs.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__real_realloc(void *bytes, size_t size);
static int allocations_left = -1; /* -1: any number */

void *
__wrap_realloc(void *bytes, size_t size)
{
    if (allocations_left == 0)
        return 0;
    if (allocations_left > 0)
        --allocations_left;
    return __real_realloc(bytes, size);
}

static int broken;

static void
expect(int holds, const char *what)
{
    if (holds)
        return;
    (void) fprintf(stderr, "memfs-check: %s\n", what);
    broken = 1;
}

/* Memory that runs out at the n-th growth leaves the file as it was, and the next write goes on. */
static void
check_memory(void)
{
    char text[1000], seen[1000];
    int growth, fd;

    (void) memset(text, 'x', sizeof text);
    for (growth = 0; growth < 4; ++growth) {
        int32_t written = 0, done;

        fd = memfs_open("growing", O_CREAT | O_RDWR | O_TRUNC);
        expect(fd >= 0, "a file can be made");
        (void) memfs_unlink("growing");
        allocations_left = growth;
        while ((done = memfs_write(fd, text, 100)) > 0 && written < 100000)
            written += done;
        expect(done == -ENOSPC, "a write without memory says ENOSPC");
        expect(memfs_size_open(fd) == written, "a failed write leaves the size");
        allocations_left = -1;
        expect(memfs_seek(fd, 0, SEEK_SET) == 0, "a file can be read after a failed write");
        expect(memfs_read(fd, seen, sizeof seen) == (written < 1000 ? written : 1000), "it has what was written");
        expect(!memcmp(seen, text, written < 1000 ? (size_t) written : 1000), "its bytes are those that were written");
        expect(memfs_seek(fd, 0, SEEK_END) == written && memfs_write(fd, text, 100) == 100,
               "with memory it can be written again");
        expect(memfs_close(fd) == 0, "it can be closed");
    }
}

/* Sizes and offsets that do not fit are refused, before anything is asked for. */
static void
check_sizes(void)
{
    int fd = memfs_open("large", O_CREAT | O_RDWR);

    expect(memfs_write(fd, "x", 0xffffffffu) == -EFBIG, "a write of 4 GiB is too large");
    expect(memfs_seek(fd, (int64_t) 1 << 40, SEEK_SET) == -EINVAL, "an offset of 1 TiB is refused");
    expect(memfs_seek(fd, INT64_MAX, SEEK_END) == -EINVAL, "the largest offset is refused");
    expect(memfs_seek(fd, INT64_MIN, SEEK_CUR) == -EINVAL, "the smallest offset is refused");
    expect(memfs_seek(fd, 1 << 30, SEEK_SET) == 1 << 30 && memfs_write(fd, "x", 1) == -EFBIG,
           "nothing is written behind the largest file");
    expect(memfs_duplicate(fd, fd) == fd && memfs_size_open(fd) == 0, "a descriptor can be its own duplicate");
    expect(memfs_rename("large", "") == -ENOENT, "no file is renamed to nothing");
    expect(memfs_close(fd) == 0 && memfs_unlink("large") == 0, "the file can be closed and unlinked");
}

/* All places taken: there is none for the console, and none for a new file. */
static void
check_places(void)
{
    char name[16];
    int count = 0, fd;

    for (;;) {
        (void) snprintf(name, sizeof name, "file-%d", count);
        fd = memfs_open(name, O_CREAT | O_WRONLY);
        if (fd < 0)
            break;
        expect(memfs_close(fd) == 0, "a file can be closed");
        ++count;
    }
    expect(fd == -ENOSPC, "a file without a place says ENOSPC");
    expect(memfs_write(1, "lost", 4) == -EBADF, "standard output without a place says EBADF");
    expect(memfs_write(2, "lost", 4) == -EBADF, "standard error without a place says EBADF");
    expect(memfs_flags(1) == -EBADF && memfs_size_open(2) == -EBADF, "it has neither flags nor a size");
    expect(memfs_duplicate(1, 5) == -EBADF && memfs_close(1) == -EBADF, "it is neither duplicated nor closed");
    while (count > 0) {
        (void) snprintf(name, sizeof name, "file-%d", --count);
        expect(memfs_unlink(name) == 0, "a file can be unlinked");
    }
    expect(memfs_write(1, "kept", 4) == 4, "with a place standard output is kept");
    expect(memfs_size(MEMFS_CONSOLE) == 4, "in the console's file");
}

int
main(void)
{
    check_memory();
    check_sizes();
    check_places();
    return broken;
}
