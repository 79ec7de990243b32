/* util/dlb_main.c; its fopen_datafile takes two arguments where dlb.c passes three, on which wasm traps. */
#define fopen_datafile fopen_library_file
#include "../util/dlb_main.c"
#undef fopen_datafile

FILE *
fopen_datafile(const char *name, const char *mode, int prefix)
{
    (void) prefix;
    return fopen_library_file(name, mode);
}
