#include "../client.h"
#include <sys/un.h>

static void attempt(void) {
    /* Abstract names and paths that are common on hosts. */
    const char *names[] = {"/tmp/.X11-unix/X0", "@/tmp/.X11-unix/X0", "/run/docker.sock", "/var/run/postgresql/.s.PGSQL.5432", "/run/dbus/system_bus_socket"};
    for (int i = 0; i < 5; i++) {
        struct sockaddr_un to = {.sun_family = AF_UNIX};
        strcpy(to.sun_path, names[i]);
        if (to.sun_path[0] == '@') to.sun_path[0] = 0;
        must_fail(names[i], connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&to, sizeof to));
    }
}
