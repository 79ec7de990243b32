#include "../client.h"

static void attempt(void) {
    for (;;) __asm__ volatile("");
}
