/** What the build is made of: the pinned source, the compiler's flags, and which files make which program. */
export const NETHACK_VERSION = '3.6.6';
export const TARBALL_NAME = 'nethack_3.6.6.orig.tar.gz';
export const TARBALL_SHA256 = 'cfde0c3ab6dd7c22ae82e1e5a59ab80152304eb23fb06e3129439271e5643ed2';

/** Must be the number in src/port/engine.h; the loader refuses any other. */
export const INTERFACE_VERSION = 3;

/** C stack: NetHack recurses, and its frames hold 256-byte buffers; 400,000 random keys did not overflow it. */
export const STACK_SIZE = 262_144;

/** 128 pages of 64 KiB, the 8 MiB a game may use at most. */
export const MAX_MEMORY = 8 * 1024 * 1024;

export const WASM_FLAGS: readonly string[] = ['--target=wasm32-unknown-emscripten', '-DEMSCRIPTEN'];

/** What every target is compiled with. */
export const COMPILE_FLAGS: readonly string[] = [
  '-Dunix',
  '-O2',
  '-fno-strict-aliasing',
  '-fvisibility=default',
  '-fno-ident',
  '-w',
];

/** NetHack's configuration, as far as -D reaches; the rest is src/port/nethack-config.h. */
export const NETHACK_DEFINES: readonly string[] = [
  '-DDLB',
  '-DSCORE_ON_BOTL',
  '-DNOCLIPPING',
  '-DNOMAIL',
  '-DNOSHELL',
  '-DNO_SIGNAL',
  '-DHACKDIR="/"',
];

/** src/*.c of NetHack that go into the engine as they are. mail.c and sys.c's like compile to little; that is fine. */
export const NETHACK_SOURCES: readonly string[] = (
  'alloc apply artifact attrib ball bones botl cmd dbridge decl detect dig display dlb do do_name do_wear dog dogmove ' +
  'dokick dothrow drawing dungeon eat engrave exper explode extralev files fountain hack hacklib invent isaac64 ' +
  'light lock mail makemon mapglyph mcastu mhitm mhitu minion mklev mkmap mkmaze mkobj mkroom mon mondata monmove ' +
  'monst mplayer mthrowu muse music o_init objects objnam options pickup pline polyself potion pray priest ' +
  'quest questpgr read rect region restore rip role rumors save shk shknam sit sounds spell steal steed sys ' +
  'teleport timeout topten track trap u_init uhitm vault version vision weapon were wield windows wizard worm worn ' +
  'write zap'
).split(' ');

export const TTY_SOURCES: readonly string[] = ['getline', 'topl', 'wintty'];

/** Calls between NetHack's files that go through our functions first (wasm-ld --wrap). */
export const WRAPPED: readonly string[] = [
  'choose_windows',
  'config_error_add',
  'dohistory',
  'dosave',
  'doset',
  'init_isaac64',
  'mklev',
  'panic',
  'topten',
  'xwaitforspace',
];

/** Files of the data archive, in the order of NetHack's own makefile; the compiled levels follow. */
export const ARCHIVE_FILES: readonly string[] = (
  'help hh cmdhelp keyhelp history opthelp wizhelp dungeon tribute bogusmon data engrave epitaph oracles options ' +
  'quest.dat rumors'
).split(' ');

export const LEVEL_DESCRIPTIONS: readonly string[] = (
  'bigroom castle endgame gehennom knox medusa mines oracle sokoban tower yendor Arch Barb Caveman Healer Knight Monk ' +
  'Priest Ranger Rogue Samurai Tourist Valkyrie Wizard'
).split(' ');
