#include "../client.h"

static void attempt(void) {
    syscall(SYS_perf_event_open, 0, 0, -1, -1, 0);
    breach("perf-event");
}
