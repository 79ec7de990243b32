#include "../client.h"

/* Node 24 takes what it has for a pipe for a socket, and follows a null pointer: its process is the agent's alone. */
static void attempt(void) {
    static uint8_t byte;
    const __wasi_ciovec_t out = {&byte, 1};
    __wasi_size_t bytes;
    must_fail("sock_send", __wasi_sock_send(1, &out, 1, 0, &bytes));
    exit(1);
}
