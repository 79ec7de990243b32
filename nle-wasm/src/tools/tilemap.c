/* win/share/tilemap.c; its main() takes no arguments, and wasm traps on a call with two. */
#undef main
#define main tilemap_main
#include "../win/share/tilemap.c"

int
tool_main(int argc, char **argv)
{
    (void) argc;
    (void) argv;
    return tilemap_main();
}
