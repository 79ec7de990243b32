/* All of a program's files, in its own memory. */
#ifndef ARENA_MEMFS_H
#define ARENA_MEMFS_H

#include <stdint.h>

/* A read-only file over bytes that outlive it; no copy is made. */
void memfs_mount(const char *name, const void *bytes, unsigned size);

/* Bytes of a file, or 0; valid until the file is written again. */
const unsigned char *memfs_bytes(const char *name, unsigned *size);

/* The file in place `index` of the table: its name ("" for a free place), or 0 behind the last place. */
const char *memfs_name(unsigned index);

/* What was written to descriptors 1 and 2. */
#define MEMFS_CONSOLE "console"

/* The POSIX calls of like names; a negative result is an error number. */
int memfs_open(const char *path, int flags);
int memfs_close(int fd);
int32_t memfs_read(int fd, void *bytes, uint32_t size);
int32_t memfs_write(int fd, const void *bytes, uint32_t size);
int64_t memfs_seek(int fd, int64_t offset, int whence);
int memfs_duplicate(int from, int to);
int memfs_unlink(const char *path);
int memfs_rename(const char *from, const char *to);
int64_t memfs_size(const char *path);
int64_t memfs_size_open(int fd);
int memfs_flags(int fd);
int memfs_set_flags(int fd, int flags);

#endif
