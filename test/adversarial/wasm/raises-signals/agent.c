#include "../client.h"

__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_raise"))) int proc_raise(int signal);

/* Of its own process: SIGKILL is the ninth of WASI's, too. */
static void attempt(void) {
    proc_raise(9);
    for (;;);
}
