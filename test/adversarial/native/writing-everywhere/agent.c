#include "../client.h"

static void attempt(void) {
    const char *places[] = {"/x", "/usr/x", "/usr/lib/x", "/usr/bin/env", "/bin/x", "/dev/x", "/agent/x", "/agent/agent", "/proc/sys/kernel/core_pattern",
                            "/proc/sysrq-trigger", "/proc/self/oom_score_adj_", "/sys/x", "/etc/x", "/run/x", "/var/x"};
    for (unsigned i = 0; i < sizeof places / sizeof *places; i++) must_fail(places[i], open(places[i], O_WRONLY | O_CREAT, 0666));
    must_fail("chmod", chmod("/agent/agent", 0777));
    must_fail("unlink", unlink("/agent/agent"));
}
