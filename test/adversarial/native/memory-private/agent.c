#include "../client.h"

static void attempt(void) {
    for (;;) {
        char *more = mmap(0, 1 << 24, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (more == MAP_FAILED) continue;
        memset(more, 1, 1 << 24);
    }
}
