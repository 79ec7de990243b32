#include "../client.h"

static void attempt(void) {
    static uint8_t byte;
    const __wasi_iovec_t in = {&byte, 1};
    const __wasi_ciovec_t out = {&byte, 1};
    __wasi_fd_t accepted;
    __wasi_size_t bytes;
    __wasi_roflags_t flags;
    for (__wasi_fd_t fd = 3; fd < 64; fd++) {
        must_fail("sock_accept", __wasi_sock_accept(fd, 0, &accepted));
        must_fail("sock_recv", __wasi_sock_recv(fd, &in, 1, 0, &bytes, &flags));
        must_fail("sock_send", __wasi_sock_send(fd, &out, 1, 0, &bytes));
        must_fail("sock_shutdown", __wasi_sock_shutdown(fd, __WASI_SDFLAGS_RD | __WASI_SDFLAGS_WR));
    }
    denied("sockets");
}
