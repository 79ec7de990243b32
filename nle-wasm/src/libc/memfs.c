/* The bottom of the C library's file calls: instead of asking JavaScript, files are byte arrays in linear memory, so
 * that a copy of the memory is a copy of the whole game (levels, record file, stdio buffers and all).
 * Names are flat: leading "/", "./" and "../" are dropped, since every program here has one directory tree. */
#include "memfs.h"
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <wasi/api.h>

enum { NAME_MAX_LENGTH = 64, FILES = 512, DESCRIPTORS = 32 };

struct file {
    char name[NAME_MAX_LENGTH]; /* empty: free, or unlinked while open */
    unsigned char *bytes;
    unsigned size, capacity; /* capacity 0 with bytes: mounted, read-only */
    int open_count;
};

struct descriptor {
    struct file *file;
    unsigned offset;
    int flags;
};

static struct file files[FILES];
static struct descriptor descriptors[DESCRIPTORS];

static const char *
plain(const char *path)
{
    for (;;) {
        if (path[0] == '/')
            path += 1;
        else if (path[0] == '.' && path[1] == '/')
            path += 2;
        else if (path[0] == '.' && path[1] == '.' && path[2] == '/')
            path += 3;
        else
            return path;
    }
}

static struct file *
find(const char *path)
{
    const char *name = plain(path);
    int i;

    if (!*name)
        return 0;
    for (i = 0; i < FILES; ++i)
        if (files[i].name[0] == name[0] && !strcmp(files[i].name, name))
            return &files[i];
    return 0;
}

static struct file *
create(const char *path)
{
    const char *name = plain(path);
    int i;

    if (!*name || strlen(name) >= NAME_MAX_LENGTH)
        return 0;
    for (i = 0; i < FILES; ++i)
        if (!files[i].name[0] && !files[i].open_count) {
            strcpy(files[i].name, name);
            return &files[i];
        }
    return 0;
}

static void
drop(struct file *file)
{
    if (file->capacity)
        free(file->bytes);
    memset(file, 0, sizeof *file);
}

static int
reserve(struct file *file, unsigned size)
{
    unsigned capacity = file->capacity ? file->capacity : 256;
    unsigned char *grown;

    if (size <= file->capacity)
        return 1;
    if (file->bytes && !file->capacity)
        return 0;
    while (capacity < size)
        capacity *= 2;
    if (!(grown = realloc(file->bytes, capacity)))
        return 0;
    memset(grown + file->capacity, 0, capacity - file->capacity);
    file->bytes = grown;
    file->capacity = capacity;
    return 1;
}

static struct descriptor *
descriptor(int fd)
{
    if (fd < 0 || fd >= DESCRIPTORS)
        return 0;
    if ((fd == 1 || fd == 2) && !descriptors[fd].file) {
        descriptors[fd].file = find(MEMFS_CONSOLE);
        if (!descriptors[fd].file)
            descriptors[fd].file = create(MEMFS_CONSOLE);
        descriptors[fd].flags = O_WRONLY | O_APPEND;
        descriptors[fd].file->open_count++;
    }
    return descriptors[fd].file ? &descriptors[fd] : 0;
}

void
memfs_mount(const char *name, const void *bytes, unsigned size)
{
    struct file *file = create(name);

    if (!file)
        abort();
    file->bytes = (unsigned char *) bytes;
    file->size = size;
}

const unsigned char *
memfs_bytes(const char *name, unsigned *size)
{
    struct file *file = find(name);

    if (!file)
        return 0;
    *size = file->size;
    return file->bytes ? file->bytes : (const unsigned char *) "";
}

const char *
memfs_name(unsigned index)
{
    return index < FILES ? files[index].name : 0;
}

/* --- what the C library calls; names and signatures are emscripten's --- */

long
__syscall_open(long path, long flags, ...)
{
    struct file *file = find((const char *) path);
    int fd;

    for (fd = 3; fd < DESCRIPTORS && descriptors[fd].file; ++fd)
        ;
    if (fd == DESCRIPTORS)
        return -EMFILE;
    if (!file) {
        if (!(flags & O_CREAT))
            return -ENOENT;
        if (!(file = create((const char *) path)))
            return -ENOSPC;
    } else if ((flags & O_CREAT) && (flags & O_EXCL)) {
        return -EEXIST;
    }
    if ((flags & O_ACCMODE) != O_RDONLY && file->bytes && !file->capacity)
        return -EACCES;
    if (flags & O_TRUNC)
        file->size = 0;
    file->open_count++;
    descriptors[fd].file = file;
    descriptors[fd].offset = 0;
    descriptors[fd].flags = (int) flags;
    return fd;
}

long
__syscall_openat(long directory, long path, long flags, ...)
{
    (void) directory;
    return __syscall_open(path, flags);
}

__wasi_errno_t
__wasi_fd_close(__wasi_fd_t fd)
{
    struct descriptor *d = descriptor((int) fd);

    if (!d)
        return __WASI_ERRNO_BADF;
    if (--d->file->open_count == 0 && !d->file->name[0])
        drop(d->file);
    d->file = 0;
    return __WASI_ERRNO_SUCCESS;
}

__wasi_errno_t
__wasi_fd_read(__wasi_fd_t fd, const __wasi_iovec_t *parts, size_t count, __wasi_size_t *done)
{
    struct descriptor *d = descriptor((int) fd);
    size_t i, total = 0;

    *done = 0;
    if (!d) /* standard input, unless freopen gave it a file, is always at its end */
        return fd == 0 ? __WASI_ERRNO_SUCCESS : __WASI_ERRNO_BADF;
    for (i = 0; i < count; ++i) {
        unsigned left = d->offset < d->file->size ? d->file->size - d->offset : 0;
        unsigned part = parts[i].buf_len < left ? parts[i].buf_len : left;

        memcpy(parts[i].buf, d->file->bytes + d->offset, part);
        d->offset += part;
        total += part;
        if (part < parts[i].buf_len)
            break;
    }
    *done = total;
    return __WASI_ERRNO_SUCCESS;
}

__wasi_errno_t
__wasi_fd_write(__wasi_fd_t fd, const __wasi_ciovec_t *parts, size_t count, __wasi_size_t *done)
{
    struct descriptor *d = descriptor((int) fd);
    size_t i, total = 0;

    *done = 0;
    if (!d || (d->flags & O_ACCMODE) == O_RDONLY)
        return __WASI_ERRNO_BADF;
    if (d->flags & O_APPEND)
        d->offset = d->file->size;
    for (i = 0; i < count; ++i) {
        unsigned end = d->offset + parts[i].buf_len;

        if (!parts[i].buf_len)
            continue;
        if (!reserve(d->file, end))
            return __WASI_ERRNO_NOSPC;
        if (d->offset > d->file->size) /* a hole: what stood there before a truncation must not show */
            memset(d->file->bytes + d->file->size, 0, d->offset - d->file->size);
        memcpy(d->file->bytes + d->offset, parts[i].buf, parts[i].buf_len);
        d->offset = end;
        if (end > d->file->size)
            d->file->size = end;
        total += parts[i].buf_len;
    }
    *done = total;
    return __WASI_ERRNO_SUCCESS;
}

__wasi_errno_t
__wasi_fd_seek(__wasi_fd_t fd, __wasi_filedelta_t offset, __wasi_whence_t whence, __wasi_filesize_t *now)
{
    struct descriptor *d = descriptor((int) fd);
    int64_t base;

    if (!d)
        return fd == 0 ? __WASI_ERRNO_SPIPE : __WASI_ERRNO_BADF;
    base = whence == __WASI_WHENCE_SET ? 0 : whence == __WASI_WHENCE_CUR ? d->offset : d->file->size;
    if (base + offset < 0)
        return __WASI_ERRNO_INVAL;
    d->offset = (unsigned) (base + offset);
    *now = d->offset;
    return __WASI_ERRNO_SUCCESS;
}

long
__syscall_dup3(long from, long to, long flags)
{
    struct descriptor *d = descriptor((int) from);

    (void) flags;
    if (!d || to < 0 || to >= DESCRIPTORS)
        return -EBADF;
    if (descriptors[to].file)
        (void) __wasi_fd_close((__wasi_fd_t) to);
    descriptors[to] = *d;
    d->file->open_count++;
    return to;
}

long
__syscall_unlink(long path)
{
    struct file *file = find((const char *) path);

    if (!file)
        return -ENOENT;
    file->name[0] = '\0';
    if (!file->open_count)
        drop(file);
    return 0;
}

long
__syscall_unlinkat(long directory, long path, long flags)
{
    (void) directory, (void) flags;
    return __syscall_unlink(path);
}

long
__syscall_rename(long from, long to)
{
    struct file *file = find((const char *) from);
    const char *name = plain((const char *) to);

    if (!file)
        return -ENOENT;
    if (strlen(name) >= NAME_MAX_LENGTH)
        return -ENAMETOOLONG;
    if (file != find(name))
        (void) __syscall_unlink((long) name);
    strcpy(file->name, name);
    return 0;
}

long
__syscall_faccessat(long directory, long path, long mode, long flags)
{
    (void) directory, (void) mode, (void) flags;
    return find((const char *) path) ? 0 : -ENOENT;
}

long
__syscall_access(long path, long mode)
{
    return __syscall_faccessat(0, path, mode, 0);
}

static long
status_of(const struct file *file, struct stat *out)
{
    memset(out, 0, sizeof *out);
    out->st_mode = S_IFREG | 0600;
    out->st_nlink = 1;
    out->st_size = file->size;
    return 0;
}

long
__syscall_stat64(long path, long out)
{
    struct file *file = find((const char *) path);

    return file ? status_of(file, (struct stat *) out) : -ENOENT;
}

long
__syscall_fstat64(long fd, long out)
{
    struct descriptor *d = descriptor((int) fd);

    return d ? status_of(d->file, (struct stat *) out) : -EBADF;
}

long
__syscall_fcntl64(long fd, long command, ...)
{
    struct descriptor *d = descriptor((int) fd);

    if (!d)
        return -EBADF;
    if (command == F_GETFL)
        return d->flags;
    if (command == F_SETFL) {
        va_list rest;

        va_start(rest, command);
        d->flags = (d->flags & O_ACCMODE) | (va_arg(rest, int) & ~O_ACCMODE);
        va_end(rest);
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
