#include "../client.h"

/* Other hosts of WASI have these. */
#define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(name)))
WASI("sock_open") int sock_open(int family, int kind, int *fd);
WASI("sock_connect") int sock_connect(int fd, const void *address, int port);

static void attempt(void) {
    int fd;
    must_fail("sock_open", sock_open(1, 1, &fd));
    must_fail("sock_connect", sock_connect(fd, "\x7f\0\0\x01", 5432));
}
