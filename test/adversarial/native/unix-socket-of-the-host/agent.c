#include "../client.h"
#include <stddef.h>
#include <sys/un.h>

/** A name that begins with @ is an abstract one; the first is listened on while this plays. */
static void attempt(void) {
    const char *names[] = {
        "@arena-adversary", "/tmp/arena-adversary", "@/tmp/.X11-unix/X0", "/run/docker.sock", "/run/dbus/system_bus_socket",
    };
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        struct sockaddr_un to = {.sun_family = AF_UNIX};
        strcpy(to.sun_path, names[i]);
        /* An abstract name is as long as the address says: no byte more. */
        socklen_t length = offsetof(struct sockaddr_un, sun_path) + strlen(names[i]) + (names[i][0] == '@' ? 0 : 1);
        if (to.sun_path[0] == '@') to.sun_path[0] = 0;
        int socket_of_mine = socket(AF_UNIX, SOCK_STREAM, 0);
        must_fail(names[i], connect(socket_of_mine, (void *)&to, length));
        close(socket_of_mine);
    }
}
