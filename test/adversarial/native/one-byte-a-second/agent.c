#include "../client.h"

static void attempt(void) {
    answer();
    for (;;) {
        sleep(1);
        give("\x28", 1);
    }
}
