/* What upstream/pager.c adds to src/pager.c. */
#ifndef ARENA_PAGER_H
#define ARENA_PAGER_H

/* Set when a description came from looking at the place, and not from the symbol alone. */
extern boolean pager_looked;

/* What stands at a place, as the farlook command says it. `text` holds BUFSZ characters. */
void pager_lookat(int x, int y, char *text);

#endif
