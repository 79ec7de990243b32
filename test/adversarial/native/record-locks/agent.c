#include "../client.h"

static void attempt(void) {
    struct flock lock = {.l_type = F_RDLCK};
    int file = open("/usr/bin/env", O_RDONLY);
    must_fail("F_SETLK", fcntl(file, F_SETLK, &lock));
    must_fail("F_GETLK", fcntl(file, F_GETLK, &lock));
    must_fail("F_OFD_SETLK", fcntl(file, F_OFD_SETLK, &lock));
    must_fail("F_SETLEASE", fcntl(file, F_SETLEASE, F_RDLCK));
    must_fail("F_NOTIFY", fcntl(open("/usr/bin", O_RDONLY), F_NOTIFY, DN_ACCESS));
}
