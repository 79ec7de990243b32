/* blstats: taken with botl.c's clamps when the status window is flushed or reset. */
#include "hack.h"
#include "observation.h"

int32_t obs_blstats[BLSTATS_SIZE];

static int32_t conditions;

void
status_condition(long bits)
{
    conditions = (int32_t) bits;
}

/* What the status line has room for. Only hit points are never shown below 0: their maximum may be (a drained giant's
 * is), and gold has no limit at all. */
enum { MOST_POINTS = 9999 };

void
status_take(void)
{
    int hp = Upolyd ? u.mh : u.uhp;
    int32_t *s = obs_blstats;

    s[0] = u.ux - 1; /* the fields' columns start at map column 1 */
    s[1] = u.uy;
    s[2] = acurrstr();
    s[3] = ACURR(A_STR);
    s[4] = ACURR(A_DEX);
    s[5] = ACURR(A_CON);
    s[6] = ACURR(A_INT);
    s[7] = ACURR(A_WIS);
    s[8] = ACURR(A_CHA);
    s[9] = (int32_t) botl_score();
    s[10] = hp < 0 ? 0 : min(hp, MOST_POINTS);
    s[11] = min(Upolyd ? u.mhmax : u.uhpmax, MOST_POINTS);
    s[12] = depth(&u.uz);
    s[13] = (int32_t) money_cnt(invent);
    s[14] = min(u.uen, MOST_POINTS);
    s[15] = min(u.uenmax, MOST_POINTS);
    s[16] = u.uac;
    s[17] = Upolyd ? (int32_t) mons[u.umonnum].mlevel : 0;
    s[18] = u.ulevel;
    s[19] = (int32_t) u.uexp;
    s[20] = (int32_t) moves;
    s[21] = (int32_t) u.uhs;
    s[22] = near_capacity();
    s[23] = u.uz.dnum;
    s[24] = u.uz.dlevel;
    s[25] = conditions;
    s[26] = u.ualign.type;
}

/* The hero's place and the time move on without a flush; while u.dz is set a level change is half done. */
void
status_refresh(void)
{
    if (u.dz)
        return;
    obs_blstats[0] = u.ux - 1; /* the fields' columns start at map column 1 */
    obs_blstats[1] = u.uy;
    obs_blstats[20] = (int32_t) moves;
}
