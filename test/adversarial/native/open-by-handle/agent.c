#include "../client.h"

static void attempt(void) {
    syscall(SYS_open_by_handle_at, 3, 0, 0);
    breach("open-by-handle");
}
