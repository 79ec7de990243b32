/* Forced in front of every NetHack source (clang -include): configuration that upstream's config.h fixes by a plain
 * #define and that no -D can take back. NetHack's own files stay as they are. */
#ifndef ARENA_NETHACK_CONFIG_H
#define ARENA_NETHACK_CONFIG_H

/* config.h reads it; a source that defines it itself repeats the same empty definition */
#define NEED_VARARGS
#include "config.h"

#undef INSURANCE        /* no checkpoints: a game is replayed from its tape, never recovered */
#undef COMPRESS         /* no process to run a compressor in */
#undef COMPRESS_EXTENSION
#undef SUSPEND
#undef SYSCF            /* options come from NETHACKOPTIONS alone */
#undef SYSCF_FILE
#undef MAIL

#ifdef ARENA_TTY
/* win/tty writes to the terminal through stdio; here each character lands in its cell at once */
#include "hack.h"
#include "tcap.h"
#include "grid.h"
/* no termcap library, hence no second character set: symbols with the high bit are written as they are */
#undef TERMLIB
#undef ASCIIGRAPH
#undef putchar
#define putchar(c) grid_putchar(c)
#define puts(s) grid_puts(s)
#define fputs(s, stream) grid_fputs(s)
#define fflush(stream) 0
#define setbuf(stream, buffer) ((void) (buffer))
#undef tgetch
#define tgetch arena_getch
extern int arena_getch(void);
#endif

#endif
