#include "../client.h"

static void attempt(void) {
    sethostname("mine", 4);
    breach("sethostname");
}
