#include "../client.h"
#include <time.h>

static void attempt(void) {
    struct timespec t = {0, 0};
    clock_settime(CLOCK_REALTIME, &t);
    breach("clock-settime");
}
