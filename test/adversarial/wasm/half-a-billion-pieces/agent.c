#include "../client.h"

/* Node makes room for as many pieces as it is told of before it looks where they are. */
static void attempt(void) {
    __wasi_size_t bytes;
    must_fail("fd_write", __wasi_fd_write(2, (void *)64, 0x1fffffff, &bytes));
    exit(1);
}
