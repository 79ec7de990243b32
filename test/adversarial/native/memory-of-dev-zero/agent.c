#include "../client.h"

static void attempt(void) {
    for (int i = 0; i < 256; i++) {
        char *more = mmap(0, 1 << 24, PROT_READ | PROT_WRITE, MAP_SHARED, open("/dev/zero", O_RDWR), 0);
        if (more == MAP_FAILED) return denied("mmap");
        for (int at = 0; at < 1 << 24; at += 1 << 20) {
            memset(more + at, 1, 1 << 20);
            madvise(more + at, 1 << 20, MADV_DONTNEED);
        }
    }
    breach("4 GiB that nobody sees");
}
