/* All of a program's files, in linear memory. */
#ifndef ARENA_MEMFS_H
#define ARENA_MEMFS_H

/* A read-only file over bytes that outlive it; no copy is made. */
void memfs_mount(const char *name, const void *bytes, unsigned size);

/* Bytes of a file, or 0; valid until the file is written again. */
const unsigned char *memfs_bytes(const char *name, unsigned *size);

/* The file in place `index` of the table: its name ("" for a free place), or 0 behind the last place. */
const char *memfs_name(unsigned index);

/* What was written to descriptors 1 and 2. */
#define MEMFS_CONSOLE "console"

#endif
