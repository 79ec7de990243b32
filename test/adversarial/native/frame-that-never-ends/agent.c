#include "../client.h"

static void attempt(void) {
    uint32_t bytes = 4000;
    give(&bytes, 4);
    for (;;) pause();
}
