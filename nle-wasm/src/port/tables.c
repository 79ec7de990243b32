/* NetHack's own tables as one JSON text: monsters, objects, symbols, commands, glyphs and the constants of its headers.
 * Asked for on an instance of its own, before any game, so the tables are as the source has them (appearances are
 * shuffled when a game starts). The text lies in allocated memory: a game that does not ask pays nothing. */
#include "hack.h"
#include "func_tab.h"
#include "wintty.h"
#include "tile.c"

extern struct ext_func_tab extcmdlist[];

static struct {
    char *bytes;
    unsigned length, capacity;
} text;

static void
put(const char *bytes, unsigned length)
{
    if (text.length + length + 1 > text.capacity) {
        text.capacity = 2 * text.capacity + length + 65536;
        text.bytes = realloc(text.bytes, text.capacity);
        if (!text.bytes)
            abort();
    }
    (void) memcpy(text.bytes + text.length, bytes, length);
    text.length += length;
    text.bytes[text.length] = '\0';
}

/* Inside a list or an object: a comma wherever one must stand. */
static void
separate(void)
{
    char last = text.length ? text.bytes[text.length - 1] : '[';

    if (last != '[' && last != '{' && last != ':')
        put(",", 1);
}

/* Begins a value: in an object with its name in front. */
static void
begin(const char *key, const char *start)
{
    separate();
    if (key) {
        put("\"", 1);
        put(key, strlen(key));
        put("\":", 2);
    }
    put(start, strlen(start));
}

static void end(const char *bracket) { put(bracket, 1); }

static void
number(const char *key, long value)
{
    char digits[16];

    (void) sprintf(digits, "%ld", value);
    begin(key, digits);
}

static void
bits(const char *key, unsigned long value)
{
    char digits[16];

    (void) sprintf(digits, "%lu", value);
    begin(key, digits);
}

static void
string(const char *key, const char *value)
{
    begin(key, value ? "\"" : "null");
    if (!value)
        return;
    for (; *value; ++value) {
        char escaped[8];

        if (*value == '"' || *value == '\\' || (unsigned char) *value < ' ' || (unsigned char) *value > '~')
            put(escaped, (unsigned) sprintf(escaped, "\\u%04x", (unsigned char) *value));
        else
            put(value, 1);
    }
    put("\"", 1);
}

#define constant(name) number(#name, (long) (name))

static void
constants(void)
{
    begin("constants", "{");
    constant(NHW_MESSAGE), constant(NHW_STATUS), constant(NHW_MAP), constant(NHW_MENU), constant(NHW_TEXT);
    constant(MAXWIN), constant(COLNO), constant(ROWNO), constant(NUMMONS), constant(NUM_OBJECTS);
    constant(MAXPCHARS), constant(MAXEXPCHARS), constant(MAXMCLASSES), constant(MAXOCLASSES);
    constant(EXPL_MAX), constant(NUM_ZAP), constant(WARNCOUNT), constant(NO_GLYPH), constant(MAX_GLYPH);
    constant(GLYPH_MON_OFF), constant(GLYPH_PET_OFF), constant(GLYPH_INVIS_OFF), constant(GLYPH_INVISIBLE);
    constant(GLYPH_DETECT_OFF), constant(GLYPH_BODY_OFF), constant(GLYPH_RIDDEN_OFF), constant(GLYPH_OBJ_OFF);
    constant(GLYPH_CMAP_OFF), constant(GLYPH_EXPLODE_OFF), constant(GLYPH_ZAP_OFF);
    constant(GLYPH_SWALLOW_OFF), constant(GLYPH_WARNING_OFF), constant(GLYPH_STATUE_OFF);
    constant(RANDOM_CLASS), constant(ILLOBJ_CLASS), constant(WEAPON_CLASS), constant(ARMOR_CLASS);
    constant(RING_CLASS), constant(AMULET_CLASS), constant(TOOL_CLASS), constant(FOOD_CLASS);
    constant(POTION_CLASS), constant(SCROLL_CLASS), constant(SPBOOK_CLASS), constant(WAND_CLASS);
    constant(COIN_CLASS), constant(GEM_CLASS), constant(ROCK_CLASS), constant(BALL_CLASS);
    constant(CHAIN_CLASS), constant(VENOM_CLASS);
    constant(BL_MASK_STONE), constant(BL_MASK_SLIME), constant(BL_MASK_STRNGL), constant(BL_MASK_FOODPOIS);
    constant(BL_MASK_TERMILL), constant(BL_MASK_BLIND), constant(BL_MASK_DEAF), constant(BL_MASK_STUN);
    constant(BL_MASK_CONF), constant(BL_MASK_HALLU), constant(BL_MASK_LEV), constant(BL_MASK_FLY);
    constant(BL_MASK_RIDE), constant(BL_MASK_BITS);
    constant(MG_CORPSE), constant(MG_INVIS), constant(MG_DETECT), constant(MG_PET), constant(MG_RIDDEN);
    constant(MG_STATUE), constant(MG_OBJPILE), constant(MG_BW_LAVA);
    end("}");
}

static void
monsters(void)
{
    const struct permonst *m;

    begin("monsters", "[");
    for (m = mons; m < &mons[NUMMONS]; ++m) {
        begin(0, "{");
        string("mname", m->mname);
#define member(name) number(#name, (long) m->name)
        member(mlet), member(mlevel), member(mmove), member(ac), member(mr), member(geno), member(cwt);
        member(cnutrit), member(msound), member(msize), member(mresists), member(mconveys);
        bits("mflags1", m->mflags1), bits("mflags2", m->mflags2);
        member(mflags3), member(difficulty), member(mcolor);
#undef member
        end("}");
    }
    end("]");
}

static void
objects_(void)
{
    int i;

    begin("objects", "[");
    for (i = 0; i < NUM_OBJECTS; ++i) {
        const struct objclass *o = &objects[i];

        begin(0, "{");
        /* a game's init_objects() starts from the same numbers, before it shuffles the descriptions */
        number("oc_name_idx", i);
        number("oc_descr_idx", i);
#define member(name) number(#name, (long) o->name)
        member(oc_oprop), member(oc_class), member(oc_delay), member(oc_color), member(oc_prob);
        member(oc_weight), member(oc_cost);
#undef member
        string("oc_name", obj_descr[i].oc_name);
        string("oc_descr", obj_descr[i].oc_descr);
        end("}");
    }
    end("]");
}

static void
classes(const char *key, const struct class_sym *symbols, int count)
{
    int i;

    begin(key, "[");
    for (i = 0; i < count; ++i) {
        begin(0, "{");
        number("sym", (unsigned char) symbols[i].sym);
        string("name", symbols[i].name);
        string("explain", symbols[i].explain);
        end("}");
    }
    end("]");
}

static void
symbols(const char *key, const struct symdef *defs, int count)
{
    int i;

    begin(key, "[");
    for (i = 0; i < count; ++i) {
        begin(0, "{");
        number("sym", defs[i].sym);
        string("explanation", defs[i].explanation);
        number("color", defs[i].color);
        end("}");
    }
    end("]");
}

static void
commands(void)
{
    const struct ext_func_tab *command;

    begin("commands", "[");
    for (command = extcmdlist; command->ef_txt; ++command) {
        begin(0, "{");
        number("key", command->key);
        string("name", command->ef_txt);
        string("description", command->ef_desc);
        end("}");
    }
    end("]");
}

/* Every glyph, and NO_GLYPH at the end, asked of display.h's own macros; the loader names the bits in this order. */
static int
glyph_classes(int glyph)
{
    return !!glyph_is_monster(glyph) | !!glyph_is_normal_monster(glyph) << 1 | !!glyph_is_pet(glyph) << 2
           | !!glyph_is_body(glyph) << 3 | !!glyph_is_statue(glyph) << 4 | !!glyph_is_ridden_monster(glyph) << 5
           | !!glyph_is_detected_monster(glyph) << 6 | !!glyph_is_invisible(glyph) << 7
           | !!glyph_is_normal_object(glyph) << 8 | !!glyph_is_object(glyph) << 9 | !!glyph_is_trap(glyph) << 10
           | !!glyph_is_cmap(glyph) << 11 | !!glyph_is_swallow(glyph) << 12 | !!glyph_is_warning(glyph) << 13;
}

/* display.h's glyph_to_warning() ends in a semicolon and can only be a statement */
static int
warning_level(int glyph)
{
    return glyph_to_warning(glyph);
}

#define each_glyph(key, value)                           \
    begin(key, "[");                                      \
    for (glyph = 0; glyph <= MAX_GLYPH; ++glyph)         \
        number(0, (long) (value));                       \
    end("]")

static void
glyphs(void)
{
    int glyph;

    begin("glyphs", "{");
    each_glyph("classes", glyph_classes(glyph));
    each_glyph("mon", glyph_to_mon(glyph));
    each_glyph("obj", glyph_to_obj(glyph));
    each_glyph("trap", glyph_to_trap(glyph));
    each_glyph("cmap", glyph_to_cmap(glyph));
    each_glyph("swallow", glyph_to_swallow(glyph));
    each_glyph("warning", warning_level(glyph));
    begin("tile", "[");
    for (glyph = 0; glyph < MAX_GLYPH; ++glyph)
        number(0, (long) glyph2tile[glyph]);
    end("]");
    end("}");
}

/* The JSON text, zero-terminated. */
__attribute__((export_name("arena_tables"))) const char *
arena_tables(void)
{
    text.length = 0;
    begin(0, "{");
    constants();
    monsters();
    objects_();
    classes("monsterClasses", def_monsyms, MAXMCLASSES);
    classes("objectClasses", def_oc_syms, MAXOCLASSES);
    symbols("symbols", defsyms, MAXPCHARS);
    symbols("warnings", def_warnsyms, WARNCOUNT);
    commands();
    glyphs();
    end("}");
    return text.bytes;
}
