#include "../client.h"

static void attempt(void) {
    /* Pages that stay though no process has them mapped. */
    for (int i = 0; i < 256; i++) {
        char *more = mmap(0, 1 << 24, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (more == MAP_FAILED) return denied("mmap");
        for (int at = 0; at < 1 << 24; at += 1 << 20) {
            memset(more + at, 1, 1 << 20);
            madvise(more + at, 1 << 20, MADV_DONTNEED);
        }
    }
    breach("4 GiB that nobody sees");
}
