#include "../client.h"

static void attempt(void) {
    char path[64], line[4096];
    for (int pid = 1; pid < 1000; pid++) {
        snprintf(path, sizeof path, "/proc/%d/maps", pid);
        FILE *maps = fopen(path, "r");
        if (maps == 0) continue;
        while (fgets(line, sizeof line, maps))
            if (strstr(line, "engine") || strstr(line, "/node")) breach("the game's process");
        fclose(maps);
    }
    must_fail("kcore", open("/proc/kcore", O_RDONLY));
    must_fail("mem", open("/dev/mem", O_RDONLY));
}
