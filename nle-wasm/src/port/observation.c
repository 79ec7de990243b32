/* Puts an observation together each time the game asks for a key. */
#include "hack.h"
#include "wintty.h"
#include "engine.h"
#include "grid.h"
#include "observation.h"

uint8_t obs_message[MESSAGE_SIZE];
int32_t obs_program_state[6], obs_internal[9], obs_misc[3];

/* While the game is not in play the map is shown empty; what was printed so far waits here. */
static struct {
    boolean in_use;
    int16_t glyphs[MAP_ROWS][MAP_COLS];
    uint8_t chars[MAP_ROWS][MAP_COLS], colors[MAP_ROWS][MAP_COLS], specials[MAP_ROWS][MAP_COLS];
    uint8_t descriptions[MAP_ROWS][MAP_COLS][DESCRIPTION_LENGTH];
    struct pending pending;
    int32_t blstats[BLSTATS_SIZE];
} hidden;

void *
observation_field(int field)
{
    static void *const addresses[FIELD_COUNT] = {
        obs_glyphs, obs_chars, obs_colors, obs_specials, obs_blstats, obs_message,
        obs_program_state, obs_internal, obs_inv_glyphs, obs_inv_letters, obs_inv_oclasses, obs_inv_strs,
        obs_screen_descriptions, obs_tty_chars, obs_tty_colors, obs_tty_cursor, obs_misc
    };

    return field >= 0 && field < FIELD_COUNT ? addresses[field] : 0;
}

void
observation_start(void)
{
    map_clear();
    inventory_start();
    (void) memset(obs_tty_chars, ' ', sizeof obs_tty_chars);
}

#define each_hidden(action)                       \
    action(glyphs, obs_glyphs);                   \
    action(chars, obs_chars);                     \
    action(colors, obs_colors);                   \
    action(specials, obs_specials);               \
    action(descriptions, obs_screen_descriptions); \
    action(pending, &descriptions_pending);       \
    action(blstats, obs_blstats)
#define put_away(kept, shown) (void) memcpy(&hidden.kept, shown, sizeof hidden.kept)
#define take_back(kept, shown) (void) memcpy(shown, &hidden.kept, sizeof hidden.kept)

static void
hide(void)
{
    each_hidden(put_away);
    hidden.in_use = TRUE;
    map_clear();
    (void) memset(obs_chars, 0, sizeof obs_chars); /* not even spaces */
    (void) memset(obs_blstats, 0, sizeof obs_blstats);
    (void) memset(obs_message, 0, sizeof obs_message);
}

static void
show_message(void)
{
    const char *text = arena_waiting.in_yes_no ? arena_waiting.question
                       : ttyDisplay && ttyDisplay->toplin ? toplines : "";

    (void) strncpy((char *) obs_message, text, sizeof obs_message);
}

/* A staircase down: the level's own, or the special one where that leads down (the branch to the Mines). */
static boolean
on_stairs_down(void)
{
    return (u.ux == xdnstair && u.uy == ydnstair)
           || (u.ux == sstairs.sx && u.uy == sstairs.sy && !sstairs.up);
}

void
observation_show(void)
{
    boolean in_play = program_state.something_worth_saving || program_state.in_moveloop;

    if (!in_play || !iflags.window_inited) {
        hide();
    } else {
        status_refresh();
        show_message();
    }

    obs_misc[0] = arena_waiting.in_yes_no;
    obs_misc[1] = arena_waiting.in_line_input;
    obs_misc[2] = arena_waiting.at_more;

    obs_program_state[0] = program_state.gameover;
    obs_program_state[1] = program_state.panicking;
    obs_program_state[2] = program_state.exiting;
    obs_program_state[3] = program_state.in_moveloop;
    obs_program_state[4] = program_state.in_impossible;
    obs_program_state[5] = program_state.something_worth_saving;

    obs_internal[0] = deepest_lev_reached(FALSE);
    obs_internal[1] = obs_misc[0];
    obs_internal[2] = obs_misc[1];
    obs_internal[3] = obs_misc[2];
    obs_internal[4] = on_stairs_down();
    obs_internal[7] = u.uhunger;
    obs_internal[8] = (int32_t) u.urexp;
}

/* After the key that ended the game: the terminal as it is left and no map; misc, internal and program_state keep the
 * values of the observation before. */
void
observation_end(void)
{
    hide();
}

void
observation_resume(void)
{
    if (hidden.in_use) {
        each_hidden(take_back);
        hidden.in_use = FALSE;
    }
}
