#include "../client.h"

static void attempt(void) {
    for (int i = 0; i < 256; i++) {
        char *more = mmap(0, 1 << 24, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (more == MAP_FAILED) return denied("mmap");
        memset(more, 1, 1 << 24);
    }
    breach("4 GiB of shared memory");
}
