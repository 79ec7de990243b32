#include "../client.h"

static void attempt(void) {
    memset(frame, 120, 65536);
    for (int i = 0; i < 300; i++) write(2, frame, 65536);
    memset(frame + 8, 0, 2);
    exit(4);
}
