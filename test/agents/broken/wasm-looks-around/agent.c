#include "arena.h"

#include <fcntl.h>

static int act(const arena_game *game) {
    (void)game;
    return 's';
}

int main(void) {
    static const char *const others[] = {"/etc/passwd", "/proc/self/environ", "/agent/../proc/self/environ", "/tmp/x", "/"};
    if (open("/agent/arena.json", O_RDONLY) < 0) arena_fail("its own folder is not there");
    if (open("/agent/new", O_WRONLY | O_CREAT, 0600) >= 0) arena_fail("its own folder can be written");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (open(others[i], O_RDONLY) >= 0) arena_fail(others[i]);
    if (getenv("HOME") != NULL) arena_fail("there is an environment");
    return arena_play("broken", "1", NULL, act);
}
