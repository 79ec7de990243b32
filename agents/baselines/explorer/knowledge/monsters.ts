/**
 * The monsters of NetHack 3.6.6 in the order of their glyphs: `name:level:speed:armour class:damage`, a line for each
 * class (long classes take several). Damage is the most that one round of all its attacks can do. A speed of 12 is
 * the player's own.
 */
const TABLE = `
a giant ant:2:18:3:4, killer bee:1:18:-1:3, soldier ant:3:18:3:20, fire ant:3:18:3:16
a giant beetle:5:6:4:18, queen bee:9:24:-4:8
b acid blob:1:3:8:0, quivering blob:5:1:8:8, gelatinous cube:6:6:8:8
c chickatrice:4:4:8:2, cockatrice:5:6:6:3, pyrolisk:6:6:6:12
d jackal:0:12:7:2, fox:0:15:7:3, coyote:1:12:7:4, werejackal:2:12:7:4, little dog:2:18:6:6
d dingo:4:16:5:6, dog:4:16:5:6, large dog:6:15:4:8, wolf:5:12:4:8, werewolf:5:12:4:12
d winter wolf cub:5:12:4:14, warg:7:12:4:12, winter wolf:7:12:4:24, hell hound pup:7:12:4:24
d hell hound:12:14:2:36
e gas spore:1:3:10:24, floating eye:2:1:9:0, freezing sphere:6:13:4:24, flaming sphere:6:13:4:24
e shocking sphere:6:13:4:24
f kitten:2:18:6:6, housecat:4:16:5:6, jaguar:4:15:6:16, lynx:5:15:6:18, panther:5:15:6:22
f large cat:6:15:4:8, tiger:6:12:6:26
g gremlin:5:12:2:16, gargoyle:6:10:-4:32, winged gargoyle:9:15:-2:48
h hobbit:1:9:10:6, dwarf:2:6:10:8, bugbear:3:9:5:8, dwarf lord:4:6:10:16, dwarf king:6:6:10:24
h mind flayer:9:12:5:10, master mind flayer:13:12:0:18
i manes:1:3:7:10, homunculus:2:12:6:3, imp:3:12:2:4, lemure:3:3:7:3, quasit:3:15:2:8, tengu:6:13:5:7
j blue jelly:4:0:8:0, spotted jelly:5:0:8:0, ochre jelly:6:3:8:18
k kobold:0:6:10:4, large kobold:1:6:10:6, kobold lord:2:6:10:8, kobold shaman:2:6:6:0
l leprechaun:5:15:8:2
m small mimic:7:3:7:12, large mimic:8:3:7:12, giant mimic:9:3:7:36
n wood nymph:3:12:9:0, water nymph:3:12:9:0, mountain nymph:3:12:9:0
o goblin:0:6:10:4, hobgoblin:1:9:10:6, orc:1:9:10:8, hill orc:2:9:10:6, Mordor orc:3:5:10:6
o Uruk-hai:3:7:10:8, orc shaman:3:9:5:0, orc-captain:5:5:10:16
p rock piercer:3:1:3:12, iron piercer:5:1:0:18, glass piercer:7:1:0:24
q rothe:2:9:7:14, mumak:5:9:0:60, leocrotta:6:18:4:36, wumpus:8:3:2:18, titanothere:12:12:6:16
q baluchitherium:14:12:5:40, mastodon:20:12:5:64
r sewer rat:0:12:7:3, giant rat:1:10:7:3, rabid rat:2:12:6:8, wererat:2:12:6:4, rock mole:3:3:0:6
r woodchuck:3:3:0:6
s cave spider:1:12:3:2, centipede:2:4:3:3, giant spider:5:15:4:8, scorpion:5:15:3:8
t lurker above:10:3:3:8, trapper:12:3:3:10
u pony:3:16:6:8, white unicorn:4:24:2:18, gray unicorn:4:24:2:18, black unicorn:4:24:2:18
u horse:5:20:5:11, warhorse:7:24:4:14
v fog cloud:3:1:0:6, dust vortex:4:20:2:16, ice vortex:5:20:2:6, energy vortex:6:20:2:18
v steam vortex:7:22:2:8, fire vortex:8:22:2:10
w baby long worm:5:3:5:4, baby purple worm:8:3:5:6, long worm:9:3:5:8, purple worm:15:9:6:26
x grid bug:0:12:9:1, xan:7:18:-4:4
y yellow light:3:15:0:200, black light:5:15:0:120
z zruty:9:8:3:42
A couatl:8:10:5:19, Aleax:10:8:0:16, Angel:14:10:-4:28, ki-rin:16:18:-5:46, Archon:19:16:-6:60
B bat:0:22:8:4, giant bat:2:22:7:6, raven:4:20:6:12, vampire bat:5:20:6:6
C plains centaur:4:18:4:12, forest centaur:5:18:3:14, mountain centaur:6:20:2:22
D baby gray dragon:12:9:2:12, baby silver dragon:12:9:2:12, baby red dragon:12:9:2:12
D baby white dragon:12:9:2:12, baby orange dragon:12:9:2:12, baby black dragon:12:9:2:12
D baby blue dragon:12:9:2:12, baby green dragon:12:9:2:12, baby yellow dragon:12:9:2:12
D gray dragon:15:9:-1:56, silver dragon:15:9:-1:56, red dragon:15:9:-1:68, white dragon:15:9:-1:56
D orange dragon:15:9:-1:132, black dragon:15:9:-1:287, blue dragon:15:9:-1:56, green dragon:15:9:-1:56
D yellow dragon:15:9:-1:56
E stalker:8:12:3:16, air elemental:8:36:2:10, fire elemental:8:12:2:18, earth elemental:8:6:2:24
E water elemental:8:6:2:30
F lichen:0:1:9:0, brown mold:1:0:9:0, yellow mold:1:0:9:0, green mold:1:0:9:0, red mold:1:0:9:0
F shrieker:3:1:7:0, violet fungus:3:1:7:4
G gnome:1:6:10:6, gnome lord:3:8:10:8, gnomish wizard:3:10:4:0, gnome king:5:10:10:12
H giant:6:6:0:20, stone giant:6:6:0:20, hill giant:8:10:6:16, fire giant:9:12:4:20
H frost giant:10:12:3:24, ettin:10:12:3:34, storm giant:16:12:3:24, titan:16:18:-3:16
H minotaur:15:15:6:76
J jabberwock:15:12:-2:80
K Keystone Kop:1:6:10:4, Kop Sergeant:2:8:10:6, Kop Lieutenant:3:10:10:8, Kop Kaptain:4:12:10:12
L lich:11:6:0:10, demilich:14:9:-2:12, master lich:17:9:-4:18, arch-lich:25:9:-6:30
M kobold mummy:3:8:6:4, gnome mummy:4:10:6:6, orc mummy:5:10:5:6, dwarf mummy:5:10:5:6
M elf mummy:6:12:4:8, human mummy:6:12:4:16, ettin mummy:7:12:4:24, giant mummy:8:14:3:24
N red naga hatchling:3:10:6:4, black naga hatchling:3:10:6:4, golden naga hatchling:3:10:6:4
N guardian naga hatchling:3:10:6:4, red naga:6:12:4:20, black naga:8:14:2:12, golden naga:10:14:2:36
N guardian naga:12:16:0:20
O ogre:5:10:5:10, ogre lord:7:12:3:12, ogre king:9:14:4:15
P gray ooze:3:1:8:16, brown pudding:5:3:8:0, green slime:6:6:6:4, black pudding:10:6:6:24
Q quantum mechanic:7:12:3:4
R rust monster:5:18:2:0, disenchanter:12:12:-10:16
S garter snake:1:8:8:2, snake:4:15:3:6, water moccasin:4:15:3:6, python:6:3:5:16, pit viper:6:15:2:8
S cobra:6:18:2:8
T troll:7:12:4:28, ice troll:9:10:2:36, rock troll:9:12:0:46, water troll:11:14:4:44
T Olog-hai:13:12:-4:46
U umber hulk:9:6:2:34
V vampire:10:12:1:12, vampire lord:12:14:0:16, Vlad the Impaler:28:26:-6:32
W barrow wight:3:12:5:4, wraith:6:12:4:6, Nazgul:13:12:0:54
X xorn:8:9:-2:33
Y monkey:2:12:6:3, ape:4:12:6:12, owlbear:5:12:5:28, yeti:5:15:6:16, carnivorous ape:6:12:6:16
Y sasquatch:7:15:6:20
Z kobold zombie:0:6:10:4, gnome zombie:1:6:10:5, orc zombie:2:6:9:6, dwarf zombie:2:6:9:6
Z elf zombie:3:6:9:7, human zombie:4:6:8:8, ettin zombie:6:8:6:20, ghoul:3:6:10:5
Z giant zombie:8:8:6:32, skeleton:12:8:4:18
' straw golem:3:12:10:4, paper golem:3:12:10:3, rope golem:4:9:8:14, gold golem:5:9:6:12
' leather golem:6:6:6:12, wood golem:7:3:4:12, flesh golem:9:8:9:32, clay golem:11:7:7:30
' stone golem:14:6:5:24, glass golem:16:6:1:32, iron golem:18:6:3:64
@ human:0:12:10:6, wererat:2:12:10:8, werejackal:2:12:10:8, werewolf:5:12:10:8, elf:10:12:10:8
@ Woodland-elf:4:12:10:8, Green-elf:5:12:10:8, Grey-elf:6:12:10:8, elf-lord:8:12:10:16
@ Elvenking:9:12:10:16, doppelganger:9:12:5:12, shopkeeper:12:18:0:32, guard:12:12:10:40
@ prisoner:12:12:10:6, Oracle:12:0:0:0, aligned priest:12:12:10:44, high priest:25:15:7:88
@ soldier:6:10:10:8, sergeant:8:10:10:12, nurse:11:6:0:12, lieutenant:10:10:10:24, captain:12:10:10:32
@ watchman:6:10:10:8, watch captain:10:10:10:24, Medusa:20:12:2:22, Wizard of Yendor:30:12:-8:24
@ Croesus:20:15:0:40
  ghost:10:3:-5:1, shade:12:10:10:18
& water demon:8:12:-4:9, succubus:6:12:0:6, horned devil:6:9:-5:17, incubus:6:12:0:6, erinys:7:12:2:8
& barbed devil:8:12:0:28, marilith:7:12:-6:48, vrock:8:12:0:30, hezrou:9:6:-2:22
& bone devil:9:15:-1:20, ice devil:11:6:-4:28, nalfeshnee:11:9:-1:16, pit fiend:13:6:-3:24
& sandestin:13:12:4:24, balrog:16:5:-2:56, Juiblex:50:3:-7:58, Yeenoghu:56:18:-5:52, Orcus:66:9:-6:98
& Geryon:72:3:-3:44, Dispater:78:15:-2:60, Baalzebub:89:9:-5:24, Asmodeus:105:12:-7:52
& Demogorgon:106:15:-8:64, Death:30:12:-5:128, Pestilence:30:12:-5:128, Famine:30:12:-5:128
& djinni:7:12:4:16
; jellyfish:3:3:6:9, piranha:5:12:4:12, shark:7:12:2:30, giant eel:5:9:-1:18, electric eel:7:10:-3:24
; kraken:20:3:6:48
: newt:0:6:8:2, gecko:1:6:8:3, iguana:2:6:7:4, baby crocodile:3:6:7:4, lizard:5:6:6:6
: chameleon:6:5:6:8, crocodile:6:9:5:20, salamander:8:12:-1:52
~ long worm tail:0:0:0:0
@ archeologist:10:12:10:12, barbarian:10:12:10:12, caveman:10:12:10:8, cavewoman:10:12:10:8
@ healer:10:12:10:6, knight:10:12:10:12, monk:10:12:10:16, priest:10:12:10:6, priestess:10:12:10:6
@ ranger:10:12:10:4, rogue:10:12:10:12, samurai:10:12:10:16, tourist:10:12:10:12, valkyrie:10:12:10:16
@ wizard:10:12:10:6, Lord Carnarvon:20:12:0:6, Pelias:20:12:0:6, Shaman Karnov:20:12:0:8
@ Hippocrates:20:12:0:6, King Arthur:20:12:0:12, Grand Master:25:12:0:88, Arch Priest:25:12:7:88
@ Orion:20:12:0:6, Master of Thieves:20:12:0:32, Lord Sato:20:12:0:14, Twoflower:20:12:10:12
@ Norn:20:12:0:14, Neferet the Green:20:12:0:22
& Minion of Huhetotl:16:12:-2:68
@ Thoth Amon:16:12:0:10
D Chromatic Dragon:16:12:0:122
H Cyclops:18:12:0:76
D Ixoth:15:12:-1:96
@ Master Kaen:25:12:-10:68
& Nalzok:16:12:-2:68
s Scorpius:15:12:10:28
@ Master Assassin:15:12:0:40, Ashikaga Takauji:15:12:0:36
H Lord Surtur:15:12:2:52
@ Dark One:15:12:0:16, student:5:12:10:6, chieftain:5:12:10:6, neanderthal:5:12:10:8
@ attendant:5:12:10:6, page:5:12:10:12, abbot:5:12:10:22, acolyte:5:12:10:6, hunter:5:12:10:4
@ thug:5:12:10:12, ninja:5:12:10:16, roshi:5:12:10:16, guide:5:12:10:6, warrior:5:12:10:16
@ apprentice:5:12:10:6
`;

export interface Monster {
  /** 0…380, its glyph where it is not a pet. */
  readonly index: number;
  readonly name: string;
  /** The letter it is drawn with, which is also its class. */
  readonly letter: string;
  readonly level: number;
  readonly speed: number;
  readonly armourClass: number;
  readonly damage: number;
}

function parse(): Monster[] {
  const monsters: Monster[] = [];
  for (const line of TABLE.trimEnd().split('\n').slice(1)) {
    for (const entry of line.slice(2).split(', ')) {
      const [name = '', level, speed, armourClass, damage] = entry.split(':');
      monsters.push({
        index: monsters.length,
        name,
        letter: line.charAt(0),
        level: Number(level),
        speed: Number(speed),
        armourClass: Number(armourClass),
        damage: Number(damage),
      });
    }
  }
  return monsters;
}

/** All 381, by glyph. */
export const MONSTERS: readonly Monster[] = parse();

const BY_NAME = new Map(MONSTERS.map((monster) => [monster.name, monster]));

/** The monster of that name. Throws on a name that NetHack does not know, so that typing errors show at load. */
export function monsterNamed(name: string): Monster {
  const monster = BY_NAME.get(name);
  if (!monster)
    throw new Error(`no monster is called "${name}": compare with the table in knowledge/monsters.ts`);
  return monster;
}
