/* Our files and our environment under a native C library (ld --wrap): what musl.c and process.c are for wasm. The names
 * that the build wraps stand in build/native.ts. */
#define _GNU_SOURCE
#include "host.h"
#include "memfs.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static int64_t
result_of(int64_t result)
{
    if (result >= 0)
        return result;
    errno = (int) -result;
    return -1;
}

/* --- descriptors --- */

int __wrap_open(const char *path, int flags, ...) { return (int) result_of(memfs_open(path, flags)); }
int __wrap_close(int fd) { return (int) result_of(memfs_close(fd)); }
ssize_t __wrap_read(int fd, void *to, size_t size) { return result_of(memfs_read(fd, to, (uint32_t) size)); }
ssize_t __wrap_write(int fd, const void *from, size_t size) { return result_of(memfs_write(fd, from, (uint32_t) size)); }
off_t __wrap_lseek(int fd, off_t offset, int whence) { return result_of(memfs_seek(fd, offset, whence)); }
int __wrap_unlink(const char *path) { return (int) result_of(memfs_unlink(path)); }
int __wrap_rename(const char *from, const char *to) { return (int) result_of(memfs_rename(from, to)); }
int __wrap_access(const char *path, int mode) { (void) mode; return memfs_size(path) < 0 ? (int) result_of(-ENOENT) : 0; }
int __wrap_fcntl(int fd, int command, ...) { (void) fd, (void) command; return 0; } /* locks: one owner */

int
__wrap_creat(const char *path, mode_t mode)
{
    (void) mode;
    return (int) result_of(memfs_open(path, O_CREAT | O_WRONLY | O_TRUNC));
}

/* --- streams; the cookie is the descriptor --- */

static ssize_t stream_read(void *cookie, char *to, size_t size) { return __wrap_read((int) (intptr_t) cookie, to, size); }

static ssize_t
stream_write(void *cookie, const char *from, size_t size)
{
    ssize_t done = __wrap_write((int) (intptr_t) cookie, from, size);

    return done < 0 ? 0 : done; /* as fopencookie wants it */
}

static int
stream_seek(void *cookie, off64_t *offset, int whence)
{
    off_t now = __wrap_lseek((int) (intptr_t) cookie, *offset, whence);

    *offset = now;
    return now < 0 ? -1 : 0;
}

static int stream_close(void *cookie) { return __wrap_close((int) (intptr_t) cookie); }

FILE *
__wrap_fdopen(int fd, const char *mode)
{
    static const cookie_io_functions_t calls = { stream_read, stream_write, stream_seek, stream_close };

    return fopencookie((void *) (intptr_t) fd, mode, calls);
}

FILE *
__wrap_fopen(const char *path, const char *mode)
{
    int both = strchr(mode, '+') != 0;
    int flags = *mode == 'r' ? (both ? O_RDWR : O_RDONLY)
                             : (both ? O_RDWR : O_WRONLY) | O_CREAT | (*mode == 'w' ? O_TRUNC : O_APPEND);
    int fd = __wrap_open(path, flags);

    return fd < 0 ? 0 : __wrap_fdopen(fd, mode);
}

/* --- process --- */

char *__wrap_getenv(const char *name) { return host_environment(name); }
pid_t __wrap_getpid(void) { return 1; }
uid_t __wrap_getuid(void) { return 0; }
unsigned __wrap_sleep(unsigned seconds) { (void) seconds; return 0; }

_Noreturn void
__wrap_exit(int status)
{
    (void) fflush(0);
    host_exit(status);
}

_Noreturn void
__wrap_abort(void)
{
    host_exit(HOST_ABORTED);
}
