#include "../client.h"
#include <mqueue.h>

static void attempt(void) {
    must_fail("mq_open", mq_open("/arena", O_RDWR | O_CREAT, 0600, 0));
}
