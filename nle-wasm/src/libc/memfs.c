/* Files as byte arrays in the program's own memory, so that a copy of a game's linear memory is a copy of the whole game
 * (levels, record file, stdio buffers and all). musl.c puts them under the C library.
 * Names are flat: leading "/", "./" and "../" are dropped, since every program here has one directory tree. */
#include "memfs.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME_MAX_LENGTH = 64, FILES = 512, DESCRIPTORS = 32 };

/* A quarter of what an offset can say: doubling a capacity and adding a size to an offset never overflow. */
#define LARGEST_FILE (1u << 30)

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
    if (size > LARGEST_FILE || (file->bytes && !file->capacity))
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

/* Standard output and error go to the console's file, made when it is first written to; there may be no place for it. */
static struct descriptor *
descriptor(int fd)
{
    if (fd < 0 || fd >= DESCRIPTORS)
        return 0;
    if ((fd == 1 || fd == 2) && !descriptors[fd].file) {
        struct file *console = find(MEMFS_CONSOLE);

        if (!console && !(console = create(MEMFS_CONSOLE)))
            return 0;
        console->open_count++;
        descriptors[fd].file = console;
        descriptors[fd].flags = O_WRONLY | O_APPEND;
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

/* --- calls on files --- */

int
memfs_open(const char *path, int flags)
{
    struct file *file = find(path);
    int fd;

    for (fd = 3; fd < DESCRIPTORS && descriptors[fd].file; ++fd)
        ;
    if (fd == DESCRIPTORS)
        return -EMFILE;
    if (!file) {
        if (!(flags & O_CREAT))
            return -ENOENT;
        if (!(file = create(path)))
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
    descriptors[fd].flags = flags;
    return fd;
}

int
memfs_close(int fd)
{
    struct descriptor *d = descriptor(fd);

    if (!d)
        return -EBADF;
    if (--d->file->open_count == 0 && !d->file->name[0])
        drop(d->file);
    d->file = 0;
    return 0;
}

int32_t
memfs_read(int fd, void *bytes, uint32_t size)
{
    struct descriptor *d = descriptor(fd);
    unsigned left;

    if (!d) /* standard input, unless freopen gave it a file, is always at its end */
        return fd == 0 ? 0 : -EBADF;
    left = d->offset < d->file->size ? d->file->size - d->offset : 0;
    if (size > left)
        size = left;
    if (size)
        memcpy(bytes, d->file->bytes + d->offset, size);
    d->offset += size;
    return (int32_t) size;
}

int32_t
memfs_write(int fd, const void *bytes, uint32_t size)
{
    struct descriptor *d = descriptor(fd);
    unsigned end;

    if (!d || (d->flags & O_ACCMODE) == O_RDONLY)
        return -EBADF;
    if (!size)
        return 0;
    if (d->flags & O_APPEND)
        d->offset = d->file->size;
    if (size > LARGEST_FILE || d->offset > LARGEST_FILE - size)
        return -EFBIG;
    end = d->offset + size;
    if (!reserve(d->file, end))
        return -ENOSPC;
    if (d->offset > d->file->size) /* a hole: what stood there before a truncation must not show */
        memset(d->file->bytes + d->file->size, 0, d->offset - d->file->size);
    memcpy(d->file->bytes + d->offset, bytes, size);
    d->offset = end;
    if (end > d->file->size)
        d->file->size = end;
    return (int32_t) size;
}

int64_t
memfs_seek(int fd, int64_t offset, int whence)
{
    struct descriptor *d = descriptor(fd);
    int64_t base;

    if (!d)
        return fd == 0 ? -ESPIPE : -EBADF;
    base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? d->offset : d->file->size;
    if (offset < -base || offset > (int64_t) LARGEST_FILE - base)
        return -EINVAL;
    d->offset = (unsigned) (base + offset);
    return d->offset;
}

int
memfs_duplicate(int from, int to)
{
    struct descriptor *d = descriptor(from);

    if (!d || to < 0 || to >= DESCRIPTORS)
        return -EBADF;
    if (to == from)
        return to;
    if (descriptors[to].file)
        (void) memfs_close(to);
    descriptors[to] = *d;
    d->file->open_count++;
    return to;
}

int
memfs_unlink(const char *path)
{
    struct file *file = find(path);

    if (!file)
        return -ENOENT;
    file->name[0] = '\0';
    if (!file->open_count)
        drop(file);
    return 0;
}

int
memfs_rename(const char *from, const char *to)
{
    struct file *file = find(from);
    const char *name = plain(to);

    if (!file || !*name)
        return -ENOENT;
    if (strlen(name) >= NAME_MAX_LENGTH)
        return -ENAMETOOLONG;
    if (file != find(name))
        (void) memfs_unlink(name);
    strcpy(file->name, name);
    return 0;
}

int64_t
memfs_size(const char *path)
{
    const struct file *file = find(path);

    return file ? (int64_t) file->size : -ENOENT;
}

int64_t
memfs_size_open(int fd)
{
    const struct descriptor *d = descriptor(fd);

    return d ? (int64_t) d->file->size : -EBADF;
}

int
memfs_flags(int fd)
{
    const struct descriptor *d = descriptor(fd);

    return d ? d->flags : -EBADF;
}

int
memfs_set_flags(int fd, int flags)
{
    struct descriptor *d = descriptor(fd);

    if (!d)
        return -EBADF;
    d->flags = (d->flags & O_ACCMODE) | (flags & ~O_ACCMODE);
    return 0;
}
