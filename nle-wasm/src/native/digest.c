#include "digest.h"
#include "engine.h"
#include "grid.h"
#include "observation.h"
#include <string.h>

/* eight tables, eight bytes a round: the descriptions alone are 130 kB an observation */
static uint32_t table[8][256];

static void
fill_tables(void)
{
    uint32_t i, j;

    for (i = 0; i < 256; ++i) {
        uint32_t crc = i;

        for (j = 0; j < 8; ++j)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
        table[0][i] = crc;
    }
    for (i = 0; i < 256; ++i)
        for (j = 1; j < 8; ++j)
            table[j][i] = table[j - 1][i] >> 8 ^ table[0][table[j - 1][i] & 0xff];
}

static uint32_t
crc32(uint32_t before, const void *bytes, size_t size)
{
    const unsigned char *from = bytes;
    uint32_t crc = ~before;

    if (!table[0][1])
        fill_tables();
    for (; size >= 8; size -= 8, from += 8) {
        uint32_t low, high;

        memcpy(&low, from, 4);
        memcpy(&high, from + 4, 4);
        low ^= crc;
        crc = table[7][low & 0xff] ^ table[6][low >> 8 & 0xff] ^ table[5][low >> 16 & 0xff] ^ table[4][low >> 24]
              ^ table[3][high & 0xff] ^ table[2][high >> 8 & 0xff] ^ table[1][high >> 16 & 0xff] ^ table[0][high >> 24];
    }
    while (size--)
        crc = crc >> 8 ^ table[0][(crc ^ *from++) & 0xff];
    return ~crc;
}

static const size_t sizes[FIELD_COUNT] = {
    sizeof obs_glyphs,        sizeof obs_chars,       sizeof obs_colors,
    sizeof obs_specials,      sizeof obs_blstats,     sizeof obs_message,
    sizeof obs_program_state, sizeof obs_internal,    sizeof obs_inv_glyphs,
    sizeof obs_inv_letters,   sizeof obs_inv_oclasses, sizeof obs_inv_strs,
    sizeof obs_screen_descriptions, sizeof obs_tty_chars, sizeof obs_tty_colors,
    sizeof obs_tty_cursor,    sizeof obs_misc
};

uint32_t
digest_observation(uint32_t before, uint32_t fields)
{
    uint32_t crcs[FIELD_COUNT], count = 0, step;
    int field;

    for (field = 0; field < FIELD_COUNT; ++field)
        if (fields >> field & 1)
            crcs[count++] = crc32(0, observation_field(field), sizes[field]);
    step = crc32(0, crcs, count * sizeof *crcs);
    return crc32(before, &step, sizeof step);
}
