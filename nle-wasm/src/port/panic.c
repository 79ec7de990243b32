/* NetHack's own faults: the game ends here and now, and the host learns what NetHack said of it. Stock would show the
 * text, ask for more keys, and end with a score. */
#include "hack.h"
#include "engine.h"
#include "host.h"
#include <stdarg.h>

void
__wrap_panic(const char *format, ...)
{
    va_list rest;

    va_start(rest, format);
    (void) vsnprintf(arena_status.fault, sizeof arena_status.fault, format, rest);
    va_end(rest);
    host_exit(HOST_ABORTED);
}
