/**
 * What things look like, in the order of their glyphs: a glyph tells an appearance ("runed dagger", "ruby potion"),
 * never what is behind it. A line for each class, by its map symbol; long classes take several.
 */
const TABLE = `
] strange object
) arrow, runed arrow, crude arrow, silver arrow, bamboo arrow, crossbow bolt, dart, throwing star
) boomerang, spear, runed spear, crude spear, stout spear, silver spear, throwing spear, trident
) dagger, runed dagger, crude dagger, silver dagger, athame, scalpel, knife, stiletto, worm tooth
) crysknife, axe, double-headed axe, short sword, runed short sword, crude short sword
) broad short sword, curved sword, silver saber, broadsword, runed broadsword, long sword
) two-handed sword, samurai sword, long samurai sword, runed broadsword, vulgar polearm
) hilted polearm, forked polearm, single-edged polearm, lance, angled poleaxe, long poleaxe
) pole cleaver, broad pick, pole sickle, pruning hook, hooked polearm, pronged polearm, beaked polearm
) mace, morning star, war hammer, club, rubber hose, staff, thonged club, flail, bullwhip, bow
) runed bow, crude bow, long bow, sling, crossbow
[ leather hat, iron skull cap, hard hat, fedora, conical hat, conical hat, dented pot, plumed helmet
[ etched helmet, crested helmet, visored helmet, gray dragon scale mail, silver dragon scale mail
[ red dragon scale mail, white dragon scale mail, orange dragon scale mail, black dragon scale mail
[ blue dragon scale mail, green dragon scale mail, yellow dragon scale mail, gray dragon scales
[ silver dragon scales, red dragon scales, white dragon scales, orange dragon scales
[ black dragon scales, blue dragon scales, green dragon scales, yellow dragon scales, plate mail
[ crystal plate mail, bronze plate mail, splint mail, banded mail, dwarvish mithril-coat
[ elven mithril-coat, chain mail, crude chain mail, scale mail, studded leather armor, ring mail
[ crude ring mail, leather armor, leather jacket, Hawaiian shirt, T-shirt, mummy wrapping, faded pall
[ coarse mantelet, hooded cloak, slippery cloak, robe, apron, leather cloak, tattered cape
[ opera cloak, ornamental cope, piece of cloth, small shield, blue and green shield
[ white-handed shield, red-eyed shield, large shield, large round shield, polished silver shield
[ old gloves, padded gloves, riding gloves, fencing gloves, walking shoes, hard shoes, jackboots
[ combat boots, jungle boots, hiking boots, mud boots, buckled boots, riding boots, snow boots
= wooden, granite, opal, clay, coral, black onyx, moonstone, tiger eye, jade, bronze, agate, topaz
= sapphire, ruby, diamond, pearl, iron, brass, copper, twisted, steel, silver, gold, ivory, emerald
= wire, engagement, shiny
" circular, spherical, oval, triangular, pyramidal, square, concave, hexagonal, octagonal
" Amulet of Yendor, Amulet of Yendor
( large box, chest, ice box, bag, bag, bag, bag, key, lock pick, credit card, candle, candle
( brass lantern, lamp, lamp, expensive camera, looking glass, glass orb, lenses, blindfold, towel
( saddle, leash, stethoscope, tinning kit, tin opener, can of grease, figurine, magic marker
( land mine, beartrap, whistle, whistle, flute, flute, horn, horn, horn, horn, harp, harp, bell, bugle
( drum, drum, pick-axe, iron hook, unicorn horn, candelabrum, silver bell
% tripe ration, corpse, egg, meatball, meat stick, huge chunk of meat, meat ring, glob of gray ooze
% glob of brown pudding, glob of green slime, glob of black pudding, kelp frond, eucalyptus leaf
% apple, orange, pear, melon, banana, carrot, sprig of wolfsbane, clove of garlic, slime mold
% lump of royal jelly, cream pie, candy bar, fortune cookie, pancake, lembas wafer, cram ration
% food ration, K-ration, C-ration, tin
! ruby, pink, orange, yellow, emerald, dark green, cyan, sky blue, brilliant blue, magenta, purple-red
! puce, milky, swirly, bubbly, smoky, cloudy, effervescent, black, golden, brown, fizzy, dark, white
! murky, clear
? ZELGO MER, JUYED AWK YACC, NR 9, XIXAXA XOXAXA XUXAXA, PRATYAVAYAH, DAIYEN FOOELS, LEP GEX VEN ZEA
? PRIRUTSENIE, ELBIB YLOH, VERR YED HORRE, VENZAR BORGAVVE, THARR, YUM YUM, KERNOD WEL, ELAM EBOW
? DUAM XNAHT, ANDOVA BEGARIN, KIRJE, VE FORBRYDERNE, HACKEM MUCHE, VELOX NEB, FOOBIE BLETCH, TEMOV
? GARVEN DEH, READ ME, ETAOIN SHRDLU, LOREM IPSUM, FNORD, KO BATE, ABRA KA DABRA, ASHPD SODALG
? ZLORFIK, GNIK SISI VLE, HAPAX LEGOMENON, EIRIS SAZUN IDISI, PHOL ENDE WODAN, GHOTI
? MAPIRO MAHAMA DIROMAT, VAS CORP BET MANI, XOR OTA, STRC PRST SKRZ KRK, unlabeled
+ parchment, vellum, ragged, dog eared, mottled, stained, cloth, leathery, white, pink, red, orange
+ yellow, velvet, light green, dark green, turquoise, cyan, light blue, dark blue, indigo, magenta
+ purple, violet, tan, plaid, light brown, dark brown, gray, wrinkled, dusty, bronze, copper, silver
+ gold, glittering, shining, dull, thin, thick, plain, paperback, papyrus
/ glass, balsa, crystal, maple, pine, oak, ebony, marble, tin, brass, copper, silver, platinum
/ iridium, zinc, aluminum, uranium, iron, steel, hexagonal, short, runed, long, curved, forked, spiked
/ jeweled
$ gold piece
* white, white, red, orange, blue, black, green, green, yellow, green, yellowish brown
* yellowish brown, black, white, yellow, red, violet, red, violet, black, orange, green, white, blue
* red, yellowish brown, orange, yellow, black, green, violet, gray, gray, gray, gray, rock
\` boulder, statue
0 heavy iron ball
_ iron chain
. splash of venom, splash of venom
`;

export interface Appearance {
  /** The class's symbol: `)` weapon, `[` armour, `%` food, `$` coins, … */
  readonly symbol: string;
  readonly name: string;
}

/** All 453, by glyph minus the first object glyph. */
export const APPEARANCES: readonly Appearance[] = TABLE.trimEnd()
  .split('\n')
  .slice(1)
  .flatMap((line) =>
    line
      .slice(2)
      .split(', ')
      .map((name) => ({ symbol: line.charAt(0), name })),
  );
