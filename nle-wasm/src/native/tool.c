/* Runs one of NetHack's build programs natively, over the files of the folder it is started in. */
#include "host.h"
#include "build-date.h"

extern int tool_main(int argc, char **argv);

int
main(int argc, char **argv)
{
    return tool_main(argc, argv);
}

long host_time(void) { return BUILD_DATE_SECONDS; }
long host_utc_offset(void) { return 0; }
