/* Forced in front of every NetHack source of the native twin, which must not differ from the wasm engine. */
#ifndef ARENA_NATIVE_CONFIG_H
#define ARENA_NATIVE_CONFIG_H

/* config.h makes __warn_unused_result__ an empty macro; glibc's headers must have asked for the attribute before */
#include <sys/cdefs.h>

#include "nethack-config.h"

#undef DEV_RANDOM /* set where this machine is Linux; the version screen would tell */

#endif
