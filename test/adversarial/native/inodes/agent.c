#include "../client.h"

static void attempt(void) {
    char path[64];
    for (int i = 0; i < 400000; i++) {
        snprintf(path, sizeof path, "/tmp/%d", i);
        int file = open(path, O_WRONLY | O_CREAT, 0600);
        if (file < 0) break;
        close(file);
    }
    denied("inodes");
}
