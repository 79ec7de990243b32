/* Our files under emscripten's C library (musl): the calls that would ask JavaScript. Names and signatures are
 * emscripten's. */
#include "memfs.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <wasi/api.h>

/* emscripten numbers its errors as WASI does */
static __wasi_errno_t
wasi_error(int64_t result)
{
    return (__wasi_errno_t) -result;
}

long
__syscall_open(long path, long flags, ...)
{
    return memfs_open((const char *) path, (int) flags);
}

long
__syscall_openat(long directory, long path, long flags, ...)
{
    (void) directory;
    return memfs_open((const char *) path, (int) flags);
}

__wasi_errno_t
__wasi_fd_close(__wasi_fd_t fd)
{
    int result = memfs_close((int) fd);

    return result < 0 ? wasi_error(result) : __WASI_ERRNO_SUCCESS;
}

__wasi_errno_t
__wasi_fd_read(__wasi_fd_t fd, const __wasi_iovec_t *parts, size_t count, __wasi_size_t *done)
{
    size_t i;

    *done = 0;
    for (i = 0; i < count; ++i) {
        int32_t part = memfs_read((int) fd, parts[i].buf, parts[i].buf_len);

        if (part < 0)
            return wasi_error(part);
        *done += (__wasi_size_t) part;
        if ((size_t) part < parts[i].buf_len)
            break;
    }
    return __WASI_ERRNO_SUCCESS;
}

__wasi_errno_t
__wasi_fd_write(__wasi_fd_t fd, const __wasi_ciovec_t *parts, size_t count, __wasi_size_t *done)
{
    size_t i;

    *done = 0;
    for (i = 0; i < count; ++i) {
        int32_t part = memfs_write((int) fd, parts[i].buf, parts[i].buf_len);

        if (part < 0)
            return wasi_error(part);
        *done += (__wasi_size_t) part;
    }
    return __WASI_ERRNO_SUCCESS;
}

__wasi_errno_t
__wasi_fd_seek(__wasi_fd_t fd, __wasi_filedelta_t offset, __wasi_whence_t whence, __wasi_filesize_t *now)
{
    int64_t result = memfs_seek((int) fd, offset, whence); /* WASI's three are POSIX's */

    if (result < 0)
        return wasi_error(result);
    *now = (__wasi_filesize_t) result;
    return __WASI_ERRNO_SUCCESS;
}

long
__syscall_dup3(long from, long to, long flags)
{
    (void) flags;
    return memfs_duplicate((int) from, (int) to);
}

long __syscall_unlink(long path) { return memfs_unlink((const char *) path); }

long
__syscall_unlinkat(long directory, long path, long flags)
{
    (void) directory, (void) flags;
    return memfs_unlink((const char *) path);
}

long
__syscall_rename(long from, long to)
{
    return memfs_rename((const char *) from, (const char *) to);
}

long
__syscall_faccessat(long directory, long path, long mode, long flags)
{
    (void) directory, (void) mode, (void) flags;
    return memfs_size((const char *) path) < 0 ? -ENOENT : 0;
}

long
__syscall_access(long path, long mode)
{
    return __syscall_faccessat(0, path, mode, 0);
}

static long
status_of(int64_t size, struct stat *out)
{
    if (size < 0)
        return (long) size;
    memset(out, 0, sizeof *out);
    out->st_mode = S_IFREG | 0600;
    out->st_nlink = 1;
    out->st_size = size;
    return 0;
}

long
__syscall_stat64(long path, long out)
{
    return status_of(memfs_size((const char *) path), (struct stat *) out);
}

long
__syscall_fstat64(long fd, long out)
{
    return status_of(memfs_size_open((int) fd), (struct stat *) out);
}

long
__syscall_fcntl64(long fd, long command, ...)
{
    int flags = memfs_flags((int) fd);

    if (flags < 0 || command == F_GETFL)
        return flags;
    if (command == F_SETFL) {
        va_list rest;

        va_start(rest, command);
        flags = va_arg(rest, int);
        va_end(rest);
        return memfs_set_flags((int) fd, flags);
    }
    return 0; /* locks: one program, one owner */
}

long
__syscall_ioctl(long fd, long request, ...)
{
    (void) fd, (void) request;
    return -ENOTTY;
}

long __syscall_chmod(long path, long mode) { (void) path, (void) mode; return 0; }
long __syscall_fchmod(long fd, long mode) { (void) fd, (void) mode; return 0; }
long __syscall_umask(long mask) { (void) mask; return 0; }
long __syscall_chdir(long path) { (void) path; return 0; }

/* Hard links serve as locks in NetHack; nobody else is here to hold one. */
long __syscall_link(long from, long to) { (void) from, (void) to; return 0; }
