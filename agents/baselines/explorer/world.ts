import type { Observation } from '@arena/agent';
import { foeAt, Friends, type Foe } from './perception/foes.ts';
import { CELLS, distance } from './perception/geometry.ts';
import { corpseOf, GLYPH, kindOf, monsterOf } from './perception/glyphs.ts';
import { readInventory, type Item } from './perception/inventory.ts';
import { Level } from './perception/level.ts';
import { forbidShop } from './perception/shops.ts';
import { HUNGER, Status } from './perception/status.ts';
import { TERRAIN } from './perception/terrain.ts';
import { isPassive, SHOPKEEPER, type Fighter } from './knowledge/danger.ts';
import { Diary } from './diary.ts';
import { Random } from './random.ts';

/** The fields this agent reads. */
export type Seen = Pick<
  Observation,
  | 'glyphs'
  | 'blstats'
  | 'message'
  | 'inv_letters'
  | 'inv_oclasses'
  | 'inv_strs'
  | 'tty_chars'
  | 'tty_cursor'
  | 'misc'
>;

/** All the agent knows: what it sees now, the levels it remembers, and its diary. Behaviours read it, and write down what they tried. */
export class World {
  readonly levels = new Map<number, Level>();
  readonly friends = new Friends();
  readonly diary = new Diary();
  readonly random: Random;
  status = new Status(new Int32Array(27));
  level = new Level(-1, 0);
  /** The message line since the last command. */
  message = '';
  foes: Foe[] = [];
  pets: number[] = [];
  items: Item[] = [];
  /** Cells in reach by safe ways, as last counted. */
  roomToMove = CELLS;
  /** Hit points lost since the last command. */
  wounds = 0;
  /** Inside a monster: the map shows its stomach. */
  swallowed = false;
  #glyphs = new Int16Array(CELLS).fill(-1);
  #inventory = new Uint8Array(0);

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** Takes in an observation made while the game waits for a command; `message`: all that was said since the last one. */
  perceive(seen: Seen, message: string): void {
    const before = this.status;
    const turnBefore = before.turn;
    const levelBefore = this.level;
    const cellBefore = before.cell;
    this.status = new Status(seen.blstats.slice());
    this.message = message;
    this.wounds = Math.max(0, before.hp - this.status.hp);
    const { turn, levelKey, cell } = this.status;
    if (levelKey !== levelBefore.key) {
      this.level = this.levels.get(levelKey) ?? new Level(levelKey, this.status.depth);
      this.levels.set(levelKey, this.level);
      this.#glyphs.fill(-1);
      this.friends.clear();
      this.diary.arrived(turn, this.status.depth);
      const stairs = levelBefore.terrain[cellBefore];
      if (stairs === TERRAIN.stairsDown || stairs === TERRAIN.stairsUp)
        levelBefore.leadsTo.set(cellBefore, levelKey);
    } else this.level.turns += Math.max(0, turn - turnBefore);
    // The map shows the player there, never what is below.
    if (this.level.terrain[cell] === TERRAIN.unknown) this.level.terrain[cell] = TERRAIN.floor;
    this.#look(seen.glyphs, cell, turn);
    // Bitten by nobody: who was known as peaceful is so no more.
    if (
      this.wounds > 0 &&
      / (?:bites|hits|kicks|stings|claws)/.test(message) &&
      !this.foes.some((foe) => !foe.peaceful && foe.distance <= 2)
    ) {
      this.friends.clear();
      this.#look(seen.glyphs, cell, turn);
    }
    this.#readInventory(seen);
    if (!this.level.visited[cell]) this.level.lastNews = this.level.turns;
    this.level.visited[cell] = 1;
    this.diary.note(this.message, this.status, this.items);
  }

  #look(glyphs: Int16Array, self: number, turn: number): void {
    const fallen = this.#fallen();
    const keepers: number[] = [];
    this.foes = [];
    this.pets = [];
    this.swallowed = false;
    for (let cell = 0; cell < CELLS; cell++) {
      const glyph = glyphs[cell] ?? 0;
      if (glyph !== this.#glyphs[cell]) {
        this.#glyphs[cell] = glyph;
        if (cell !== self) this.level.see(cell, glyph, isOfOne(fallen, cell, glyph) ? turn : -1);
      }
      if (glyph >= GLYPH.cmap && glyph < GLYPH.swallow) continue;
      if (glyph >= GLYPH.swallow && glyph < GLYPH.warning) this.swallowed = true;
      const foe = foeAt(cell, glyph, self, this.status, this.friends);
      if (foe) this.foes.push(foe);
      else if (kindOf(glyph) === 'pet') this.pets.push(cell);
      if (glyph === SHOPKEEPER && !this.status.is('hallucinating')) keepers.push(cell);
    }
    // Only now is all of a shop read that came in sight together with its keeper.
    for (const keeper of keepers) forbidShop(this.level, keeper);
    this.foes.sort((a, b) => a.distance - b.distance);
  }

  /** Of those seen by the last look the ones that are said to have been killed since: "destroyed" was dead before. */
  #fallen(): readonly Foe[] {
    if (!/You kill|is killed/.test(this.message)) return [];
    return this.foes.filter(({ facts }) => facts !== undefined && this.message.includes(facts.name));
  }

  /** Parsing the inventory costs more than all else here: only when its bytes changed. */
  #readInventory(seen: Seen): void {
    const bytes = seen.inv_strs;
    let i = this.#inventory.length === bytes.length ? 0 : bytes.length + 1;
    while (i < bytes.length && bytes[i] === this.#inventory[i]) i++;
    if (i === bytes.length) return;
    this.#inventory = bytes.slice();
    this.items = readInventory(seen.inv_letters, seen.inv_oclasses, bytes);
  }

  /** The monster shown at a cell, or -1. */
  monsterAt(cell: number): number {
    return monsterOf(this.#glyphs[cell] ?? 0);
  }

  get wielded(): Item | undefined {
    return this.items.find((item) => item.wielded);
  }

  get fighter(): Fighter {
    const { hp, level, armourClass } = this.status;
    return {
      ...{ hp, level, armourClass },
      bareHanded: this.wielded === undefined,
      blind: this.status.is('blind'),
      desperate: this.#isDesperate(),
    };
  }

  /** Nothing new for long (or not much longer to live), sound, and nobody in sight who would use a paralysis. */
  #isDesperate(): boolean {
    const most = this.status.hunger >= HUNGER.weak ? 100 : this.roomToMove > 60 ? 3000 : 1500;
    if (this.stuckFor < most) return false;
    if (this.status.health < 0.8 || this.status.is('levitating')) return false;
    return this.foes.every(
      ({ facts, peaceful }) => peaceful || (facts !== undefined && isPassive(facts.index)),
    );
  }

  /** Turns on this level since the player last stood on a new cell. */
  get stuckFor(): number {
    return this.level.turns - this.level.lastNews;
  }

  /** Those that may come and attack, nearest first. */
  get attackers(): Foe[] {
    return this.foes.filter(
      (foe) => !foe.peaceful && !foe.remembered && !(foe.facts && isPassive(foe.facts.index)),
    );
  }

  /** All that are not peaceful, nearest first. */
  get hostiles(): Foe[] {
    return this.foes.filter((foe) => !foe.peaceful);
  }
}

/** Is this glyph the corpse of one of those? They may have come two cells nearer before they fell. */
function isOfOne(fallen: readonly Foe[], cell: number, glyph: number): boolean {
  return fallen.some(
    ({ facts, cell: seenAt }) => facts?.index === corpseOf(glyph) && distance(seenAt, cell) <= 2,
  );
}
