/* Runs one of NetHack's build programs (makedefs, lev_comp, dgn_comp, dlb) as wasm32 over files in memory: the host
 * puts files and arguments in, runs it, and takes files out. They must be wasm32 programs, since what they write holds
 * structs of the machine they run on. */
#include "build-date.h"
#include "host.h"
#include "memfs.h"
#include <stdlib.h>
#include <string.h>

#define EXPORT(name) __attribute__((export_name(#name)))

enum { ARGUMENTS = 200 };
static char *arguments[ARGUMENTS + 1];
static int argument_count;
static int exit_status;

extern int tool_main(int argc, char **argv);
extern void __wasm_call_ctors(void);

EXPORT(tool_allocate) void *tool_allocate(unsigned size) { return malloc(size ? size : 1); }

EXPORT(tool_put) void
tool_put(const char *name, const void *bytes, unsigned size)
{
    memfs_mount(name, bytes, size);
}

EXPORT(tool_argument) void
tool_argument(char *text)
{
    if (argument_count == ARGUMENTS)
        abort();
    arguments[argument_count++] = text;
}

EXPORT(tool_run) void
tool_run(void)
{
    __wasm_call_ctors();
    exit(tool_main(argument_count, arguments));
}

EXPORT(tool_status) int tool_status(void) { return exit_status; }
EXPORT(tool_file_name) const char *tool_file_name(unsigned index) { return memfs_name(index); }

EXPORT(tool_file_size) unsigned
tool_file_size(const char *name)
{
    unsigned size = 0;

    return memfs_bytes(name, &size) ? size : 0;
}

EXPORT(tool_file_bytes) const void *
tool_file_bytes(const char *name)
{
    unsigned size;

    return memfs_bytes(name, &size);
}

_Noreturn void
host_exit(int status)
{
    exit_status = status;
    __builtin_trap();
}

char *host_environment(const char *name) { (void) name; return 0; }

long host_time(void) { return BUILD_DATE_SECONDS; }
long host_utc_offset(void) { return 0; }
