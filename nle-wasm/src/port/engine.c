/* The engine's exports and its way in and out. */
#include "engine.h"
#include "host.h"
#include "memfs.h"
#include "observation.h"
#include <stdlib.h>
#include <string.h>

struct arena_settings arena_settings;
struct arena_status arena_status = { PHASE_NEW, -1, 0, "", "" };

extern void nethack_main(void);
extern const unsigned char license_start[], license_end[], symbols_start[], symbols_end[];

EXPORT(arena_interface_version) int32_t
arena_interface_version(void)
{
    return ARENA_INTERFACE_VERSION;
}

EXPORT(arena_settings) void *
arena_settings_address(void)
{
    return &arena_settings;
}

EXPORT(arena_status) void *
arena_status_address(void)
{
    return &arena_status;
}

EXPORT(arena_field) void *
arena_field_address(int32_t field)
{
    return observation_field(field);
}

/* A file's bytes: the name at the address arena_scratch gives, the size stored over its first four bytes. */
static char scratch[64];

EXPORT(arena_scratch) void *
arena_scratch(void)
{
    return scratch;
}

EXPORT(arena_file) const void *
arena_file(void)
{
    unsigned size = 0;
    const void *bytes = memfs_bytes(scratch, &size);

    memcpy(scratch, &size, sizeof size);
    return bytes;
}

/* Plays the whole game: keys come from arena_host_key. It never returns but by arena_leave (or, with asyncify, to
 * suspend). */
EXPORT(arena_run) void
arena_run(void)
{
    if (arena_status.phase == PHASE_NEW) {
        arena_construct();
        arena_status.phase = PHASE_RUNNING;
        arena_refuel(arena_settings.fuel);
        observation_start();
        memfs_mount("nhdat", nhdat_start, (unsigned) (nhdat_end - nhdat_start));
        memfs_mount("license", license_start, (unsigned) (license_end - license_start));
        memfs_mount("symbols", symbols_start, (unsigned) (symbols_end - symbols_start));
    }
    nethack_main();
    host_exit(0);
}

/* --- what the C library asks (libc/host.h) --- */

_Noreturn void
host_exit(int status)
{
    arena_status.phase = status == 0 ? PHASE_ENDED : PHASE_FAULT;
    arena_status.status = status;
    if (status == 0)
        observation_end();
    arena_leave();
}

char *
host_environment(const char *name)
{
    static char term[] = "ansi";

    if (!strcmp(name, "NETHACKOPTIONS"))
        return arena_settings.options;
    if (!strcmp(name, "TERM"))
        return term;
    return 0;
}

long host_time(void) { return arena_settings.clock; }
long host_utc_offset(void) { return arena_settings.utc_offset; }
