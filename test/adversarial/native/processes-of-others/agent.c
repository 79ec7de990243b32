#include "../client.h"

static void attempt(void) {
    char path[64], text[4096];
    int seen = 0;
    for (int pid = 1; pid < 70000; pid++) {
        snprintf(path, sizeof path, "/proc/%d/environ", pid);
        int file = open(path, O_RDONLY);
        if (file < 0 && errno == ENOENT) continue;
        seen++;
        ssize_t n = read(file, text, sizeof text - 1);
        if (n > 0 && memmem(text, n, "ARENA", 5) != 0) breach("environment");
        snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
        n = read(open(path, O_RDONLY), text, sizeof text - 1);
        if (n > 0 && (memmem(text, n, "bwrap", 5) == 0) != (pid != 1)) breach("a stranger");
        if (n > 0 && memmem(text, n, "arena-", 6) != 0) breach("a path of the host");
    }
    if (seen > 3) breach("processes");
    denied("processes");
}
