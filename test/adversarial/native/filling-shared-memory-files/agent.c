#include "../client.h"

static void attempt(void) {
    static char block[1 << 20];
    long written = 0;
    for (int i = 0; i < 64; i++) {
        char path[32];
        snprintf(path, sizeof path, "/dev/shm/%d", i);
        ssize_t n = write(open(path, O_WRONLY | O_CREAT, 0600), block, sizeof block);
        if (n > 0) written += n;
    }
    if (written > 4 << 20) breach("more than /dev/shm holds");
    denied("shm");
}
