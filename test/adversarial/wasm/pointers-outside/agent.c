#include "../client.h"

/* Into memory that the module does not have: what WASI is told of must be looked at by the host. */
static void attempt(void) {
    const uint32_t end = (uint32_t)__builtin_wasm_memory_size(0) << 16;
    const uint32_t places[] = {end - 4, end, 0x7ffffff0, 0xfffffff0, 0xffffffff};
    for (int i = 0; i < 5; i++) {
        void *place = (void *)places[i];
        const __wasi_ciovec_t out = {place, 64};
        const __wasi_iovec_t in = {place, 64};
        __wasi_size_t bytes;
        __wasi_fd_t fd;
        must_fail("random_get", __wasi_random_get(place, 64));
        must_fail("clock_time_get", __wasi_clock_time_get(0, 0, place));
        must_fail("fd_write", __wasi_fd_write(2, &out, 1, &bytes));
        must_fail("fd_write of pieces", __wasi_fd_write(2, place, 16, &bytes));
        must_fail("fd_read", __wasi_fd_read(0, &in, 1, &bytes));
        must_fail("fd_prestat_dir_name", __wasi_fd_prestat_dir_name(3, place, 6));
        must_fail("poll_oneoff", __wasi_poll_oneoff(place, place, 100000000, &bytes));
        must_fail("fd_readdir", __wasi_fd_readdir(3, place, 4096, 0, &bytes));
    }
    denied("pointers");
}
