#include "../client.h"

static void attempt(void) {
    syscall(SYS_reboot, 0xfee1dead, 672274793, 0x4321fedc, 0);
    breach("reboot");
}
