import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TournamentAgent, TournamentGame, TournamentSettings } from './report.ts';

/** Of 64 hexadecimal digits: enough to tell every agent, engine and list of seeds that anybody will keep. */
const DIGITS = 16;

/**
 * The finished games of one agent, a line each in a file of a folder that is named by all that decides them but how many
 * they are: the agent's archive, the engine, the seeds, the rules. Written one by one, so that nothing is lost but what
 * is in play.
 */
export class KeptGames {
  readonly #file: string;
  readonly #games = new Map<number, TournamentGame>();

  constructor(folder: string, agent: TournamentAgent, settings: TournamentSettings, fresh: boolean) {
    const { engineId, seeds, character, clock, limits } = settings;
    const decides = { sha256: agent.sha256, engineId, seeds, character, clock, limits };
    const key = createHash('sha256').update(JSON.stringify(decides)).digest('hex').slice(0, DIGITS);
    const name = agent.name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
    const own = join(folder, `${name}-${key}`);
    mkdirSync(own, { recursive: true });
    this.#file = join(own, 'games.jsonl');
    if (fresh) rmSync(this.#file, { force: true });
    writeFileSync(join(own, 'about.json'), `${JSON.stringify({ ...agent, ...decides }, null, 2)}\n`);
    for (const game of existsSync(this.#file) ? readLines(this.#file) : []) this.#games.set(game.index, game);
    // A line that was cut off must not run into the next one.
    if (this.#games.size > 0) this.#rewrite();
  }

  has(index: number): boolean {
    return this.#games.has(index);
  }

  /** Those of games 0 … count-1 that are there, in their order. */
  first(count: number): TournamentGame[] {
    return [...this.#games.values()].filter(({ index }) => index < count).sort((a, b) => a.index - b.index);
  }

  add(game: TournamentGame): void {
    this.#games.set(game.index, game);
    appendFileSync(this.#file, `${JSON.stringify(game)}\n`);
  }

  #rewrite(): void {
    writeFileSync(this.#file, [...this.#games.values()].map((game) => `${JSON.stringify(game)}\n`).join(''));
  }
}

/** A process that was killed while it wrote leaves half a line: that game is played again. */
function readLines(file: string): TournamentGame[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as TournamentGame];
      } catch {
        return [];
      }
    });
}
