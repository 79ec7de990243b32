#include "../client.h"
#include <sys/uio.h>

static void attempt(void) {
    char byte = 0;
    struct iovec to = {&byte, 1};
    process_vm_writev(1, &to, 1, &to, 1, 0);
    breach("process-vm-writev");
}
