import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CHALLENGE_LIMITS, formatFigure, formatWhole } from '@arena/contracts';
import { parseManifest } from '@arena/protocol';
import { performanceOf, summarize } from '@arena/scoring';
import type { RehearsedGame } from './messages.ts';
import { HELP, readOptions, type Options } from './options.ts';
import { rehearse } from './rehearsal.ts';
import { performanceTable } from './table.ts';

/** Where the figures of a folder of tapes stand. */
const INDEX = 'games.json';

const tapeName = (index: number): string => `game-${String(index).padStart(5, '0')}.tape`;

/** One line that is drawn again on a terminal, and a line each tenth elsewhere. */
class Progress {
  readonly #games: number;
  readonly #scores: number[] = [];
  #steps = 0;

  constructor(games: number) {
    this.#games = games;
  }

  add({ score, steps }: RehearsedGame): void {
    this.#scores.push(score);
    this.#steps += steps;
    const done = this.#scores.length;
    const tenth = (n: number): number => Math.floor((10 * n) / this.#games);
    const isTerminal = process.stderr.isTTY;
    if (!isTerminal && tenth(done) === tenth(done - 1)) return;
    const filled = Math.floor((30 * done) / this.#games);
    const bar = '█'.repeat(filled) + '░'.repeat(30 - filled);
    const median = formatFigure(summarize(this.#scores).median);
    const text = `${bar} ${done}/${this.#games}  median ${median}  ${formatWhole(this.#steps)} steps`;
    process.stderr.write(isTerminal ? `\r\x1b[K${text}${done === this.#games ? '\n' : ''}` : `${text}\n`);
  }
}

async function play(options: Options): Promise<void> {
  const { agent, out, json, games: count } = options;
  const manifest = parseManifest(readFileSync(join(agent, 'arena.json')));
  if (manifest.runtime !== 'node')
    throw new Error(
      `${agent} is an agent for ${manifest.runtime}; only node agents can be played in this process`,
    );
  if (out !== null) mkdirSync(out, { recursive: true });
  const games: RehearsedGame[] = [];
  const progress = new Progress(count);
  const begin = performance.now();
  const cpuBegin = process.cpuUsage();
  await rehearse({
    entry: resolve(agent, manifest.entry),
    fields: manifest.fields,
    limits: CHALLENGE_LIMITS,
    seedRoot: createHash('sha256').update(options.seeds).digest(),
    character: options.character,
    tapes: out !== null,
    ...{ games: count, first: options.first },
    ...(options.threads === null ? {} : { threads: options.threads }),
    finished: ({ game, tape }) => {
      games.push(game);
      if (out !== null && tape !== null) writeFileSync(join(out, tapeName(game.index)), tape);
      progress.add(game);
    },
  });
  const seconds = (performance.now() - begin) / 1000;
  const cpu = process.cpuUsage(cpuBegin);
  const cpuSeconds = (cpu.user + cpu.system) / 1e6;
  games.sort((a, b) => a.index - b.index);
  const steps = games.reduce((sum, game) => sum + game.steps, 0);
  const report = {
    agent: { name: manifest.name, version: manifest.version },
    ...{ seeds: options.seeds, first: options.first, character: options.character },
    performance: performanceOf(games),
    speed: { seconds, cpuSeconds, steps, stepsPerCpuSecond: steps / cpuSeconds },
    games,
  };
  if (out !== null) writeFileSync(join(out, INDEX), `${JSON.stringify(report)}\n`);
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else
    process.stdout.write(
      `${performanceTable(report.performance)}\n\n${formatWhole(steps)} steps in ${formatWhole(seconds)} s, ${formatWhole(steps / cpuSeconds)} a second of processor time\n`,
    );
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(HELP);
  else await play(options);
} catch (error) {
  process.stderr.write(`tapes: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
