#include "../client.h"

static void attempt(void) {
    setns(0, CLONE_NEWNET);
    breach("setns");
}
