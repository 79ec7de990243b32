#include "../client.h"

static void attempt(void) {
    for (int family = 0; family < 64; family++)
        for (int kind = 1; kind <= 5; kind++)
            if (family != AF_UNIX && socket(family, kind, 0) >= 0) breach("socket");
    denied("sockets");
}
