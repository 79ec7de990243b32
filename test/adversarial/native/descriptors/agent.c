#include "../client.h"

static void attempt(void) {
    for (int fd = 3; fd < 1024; fd++)
        if (fcntl(fd, F_GETFD) >= 0) breach("a descriptor");
    struct stat found;
    for (int fd = 0; fd < 3; fd++)
        if (fstat(fd, &found) != 0 || !S_ISFIFO(found.st_mode)) breach("no pipe");
    denied("descriptors");
}
