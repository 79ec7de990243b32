#include "../client.h"

enum { WISHED = 400000 };

static void attempt(void) {
    char path[64];
    for (int i = 0; i < WISHED; i++) {
        snprintf(path, sizeof path, "/tmp/%d", i);
        int file = open(path, O_WRONLY | O_CREAT, 0600);
        if (file < 0) {
            denied("inodes");
            return;
        }
        close(file);
    }
    breach("as many files as wished");
}
