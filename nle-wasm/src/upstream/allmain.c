/* src/allmain.c with random monster generation as a setting. With it off the move loop's test must not draw a number
 * either; among the file's calls of rn2 only that one's argument starts with "u.uevent". */
#include "hack.h"
#include "engine.h"

#define is_spawn_test(text) ((text)[0] == 'u' && (text)[1] == '.' && (text)[2] == 'u' && (text)[3] == 'e')
#define rn2(x) (is_spawn_test(#x) && !arena_settings.spawn_monsters ? 1 : (rn2)(x))

#include "../src/allmain.c"
