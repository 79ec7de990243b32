#include "../client.h"

static const char *const PATHS[] = {
    "..", "../etc/passwd", "/etc/passwd", "../proc/self/environ", "/proc/self/environ", "../proc/1/environ", "../usr/bin/env",
    "/usr/bin/env", "agent.wasm/../../usr/bin/env", "./../usr/bin/env", "x/../../usr/bin/env", "/agent/../usr/bin/env",
    "../agent/../usr/bin/env", "../tmp", "/tmp", "../dev/shm", "//usr/bin/env", "../proc/self/root",
    "../proc/self/cwd/../usr/bin/env",
};

static void attempt(void) {
    const __wasi_rights_t all = ~(__wasi_rights_t)0, read = __WASI_RIGHTS_FD_READ;
    __wasi_fd_t fd;
    __wasi_prestat_t about;
    __wasi_filestat_t found;
    __wasi_size_t bytes;
    uint8_t target[256];
    /* Descriptor 3 is the agent's folder, and it is the only one. */
    if (__wasi_path_open(3, 0, "agent.wasm", 0, read, 0, 0, &fd) != 0) arena_fail("its own folder is not there");
    for (__wasi_fd_t dir = 4; dir < 64; dir++) must_fail("another folder", __wasi_fd_prestat_get(dir, &about));
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++) {
        const char *path = PATHS[i];
        for (__wasi_fd_t dir = 0; dir < 16; dir++) {
            must_fail(path, __wasi_path_open(dir, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, 0, read, all, 0, &fd));
            must_fail(path, __wasi_path_open(dir, 0, path, __WASI_OFLAGS_DIRECTORY, read, all, 0, &fd));
        }
        must_fail(path, __wasi_path_filestat_get(3, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, path, &found));
        must_fail(path, __wasi_path_readlink(3, path, target, sizeof target, &bytes));
        must_fail(path, __wasi_path_create_directory(3, path));
        must_fail(path, __wasi_path_unlink_file(3, path));
        must_fail(path, __wasi_path_link(3, 0, path, 3, "link"));
        must_fail(path, __wasi_path_rename(3, path, 3, "renamed"));
        must_fail(path, __wasi_path_symlink(path, 3, "symlink"));
    }
    must_fail("new", __wasi_path_open(3, 0, "new", __WASI_OFLAGS_CREAT, all, all, 0, &fd));
    must_fail("agent.wasm", __wasi_path_unlink_file(3, "agent.wasm"));
    denied("paths");
}
