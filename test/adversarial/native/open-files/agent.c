#include "../client.h"

static void attempt(void) {
    int most = 0;
    while (open("/usr/bin/env", O_RDONLY) >= 0) most++;
    if (most > 256) breach("too many open files");
    denied("open files");
    for (int fd = 3; fd < 256; fd++) close(fd);
}
