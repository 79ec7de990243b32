#include "../client.h"

static void attempt(void) {
    exit(0);
}
