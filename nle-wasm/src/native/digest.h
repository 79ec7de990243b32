/* What the golden games are compared by: CRC-32 (zlib's) of the CRC-32s of an observation's fields. */
#ifndef ARENA_DIGEST_H
#define ARENA_DIGEST_H

#include <stdint.h>

/* The digest of all observations so far and this one's; bit n of `fields`: field n counts. */
uint32_t digest_observation(uint32_t before, uint32_t fields);

#endif
