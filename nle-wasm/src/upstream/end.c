/* src/end.c, where quitting in debug mode asks "Dump core?" and aborts on yes. Here is no core to dump and an abort
 * would be a fault of the engine: the question stands, and after yes the game is quit as after no. */
#include "hack.h"

static char
ask_for_core(const char *question)
{
    char answer = yn_function(question, ynqchars, 'q');

    return answer == 'y' ? 'n' : answer;
}

#undef ynq
#define ynq(question) ask_for_core(question)

#include "../src/end.c"
