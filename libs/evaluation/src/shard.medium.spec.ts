import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FRAME_INTERVAL_MS, decodeFrame } from '@arena/contracts';
import { ACTIONS, FIELDS } from '@arena/engine';
import { TEXT_FIELDS } from '@arena/observation-text';
import { FIELD_NAMES } from '@arena/protocol';
import { Sandbox, type SandboxProcess } from '@arena/sandbox';
import { createAgentHost, type AgentHost } from './agent-host.ts';
import { PlatformError, ShardAborted } from './errors.ts';
import type { Shard } from './shard.ts';
import type { GameResult, GameSpecification, ShardReport } from './specification.ts';
import { CURIOUS, LIMITS, games, playShard, prepareShard, type ShardOptions } from './testing/shards.ts';

let host: AgentHost;
let folder: string;

beforeAll(() => {
  host = createAgentHost({ uids: { first: 3_960_000, count: 16 } });
  folder = mkdtempSync(join(tmpdir(), 'arena-shard-test-'));
});
afterAll(() => {
  host.stage.dispose();
  rmSync(folder, { recursive: true, force: true });
});

interface Options extends ShardOptions {
  host?: AgentHost;
}

const prepare = ({ host: own, ...options }: Options): { shard: Shard; results: GameResult[] } =>
  prepareShard({ host: own ?? host, folder }, options);

const play = (options: ShardOptions): Promise<{ results: GameResult[]; report: ShardReport }> =>
  playShard({ host, folder }, options);

const essence = (results: readonly GameResult[]): unknown =>
  results.map(({ id, verdict, score, turns, steps, character, endReason, tape }) => ({
    ...{ id, verdict, score, turns, steps, character, endReason },
    tape: Buffer.from(tape?.keys ?? []).toString('hex'),
  }));

describe('a shard', () => {
  it('plays the same games one by one, some at once, or in shards of their own', async () => {
    const code = CURIOUS;
    const one = await play({ code, games: games(6) });
    expect(one.results.every(({ verdict, steps }) => verdict === 'ok' && steps > 0)).toBe(true);
    const three = await play({ code, games: games(6), gamesAtOnce: 3 });
    expect(essence(three.results)).toEqual(essence(one.results));
    const apart = await Promise.all([
      play({ code, games: games(3), gamesAtOnce: 2 }),
      play({ code, games: games(3, 3) }),
    ]);
    expect(essence(apart.flatMap(({ results }) => results))).toEqual(essence(one.results));
  });

  it('tells the agent what it may do and how its games ended, and nothing of their seeds', async () => {
    const { results, report } = await play({ code: CURIOUS, games: games(2), gamesAtOnce: 2 });
    const [hello = '', ...overs] = report.log.trim().split('\n');
    expect(JSON.parse(hello)).toEqual({
      actions: ACTIONS.length,
      fields: ['blstats', 'tty_chars'],
      limits: LIMITS,
      gamesAtOnce: 2,
    });
    const told = overs.map((line) => JSON.parse(line.slice(5)) as Record<string, unknown>);
    expect(told.sort((a, b) => Number(a['slot']) - Number(b['slot']))).toEqual(
      results.map(({ endReason, score, turns, steps, ascended }, slot) => ({
        ...{ slot, episode: 0, reason: endReason, score, turns, steps, ascended },
      })),
    );
    expect(report.sdk).toEqual({ name: '@arena/agent', version: '0.1.0' });
  });

  it('ends a game that is played for study by the verdict it is to end with, and goes on', async () => {
    const [first, second, third] = games(3) as [GameSpecification, GameSpecification, GameSpecification];
    const judged = { steps: 3, verdict: 'time_bank' } as const;
    const { results, report } = await play({ code: CURIOUS, games: [{ ...first, judged }, second, third] });
    expect(results.map(({ verdict }) => verdict)).toEqual(['time_bank', 'ok', 'ok']);
    expect(results[0]).toMatchObject({ steps: 3, endReason: 'agent' });
    expect(report.processes).toBe(1);
    expect(report.log).toMatch(/over \{"slot":0,"episode":0,"reason":"time_bank",.*"steps":3,/);
  });

  it('keeps what is needed to rank a game and to play it again', async () => {
    const { results } = await play({ code: CURIOUS, games: games(2) });
    for (const result of results) {
      expect(result.character).toMatch(/^[A-Z][a-z]{2}-[A-Z][a-z]{2}-(Mal|Fem)-(Law|Neu|Cha)$/);
      expect(result.engineId).toMatch(/^[0-9a-f]{64}$/);
      expect(result.limits).toEqual(LIMITS);
      expect(result.sandbox).toMatch(/^bubblewrap \d/);
      expect(result.agentTimeMs).toBeGreaterThan(0);
      expect(result.gameTimeMs).toBeGreaterThan(0);
      expect(result.deepestLevel).toBeGreaterThanOrEqual(1);
      expect(result.tape?.keys.length).toBeGreaterThanOrEqual(result.steps);
      expect(result.finishedAt.getTime()).toBeGreaterThanOrEqual(result.startedAt.getTime());
    }
  });

  it('ends a game whose time bank is empty, and the games beside it go on', async () => {
    // Slot 1 leaves its first game at its 10th key; the one that follows has a bank of its own.
    const code = `
      const quit = [241, 121, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27];
      export function createAgent() {
        return { actBatch(observations) {
          const end = Date.now() + 20;
          while (Date.now() < end);
          return observations.map(({ slot, episode, step }) =>
            slot === 1 && episode === 0 && step >= 10 ? quit[step - 10] : 115);
        } };
      }`;
    const { results, report } = await play({
      code,
      games: games(3),
      gamesAtOnce: 2,
      limits: { timeBankMs: 500 },
    });
    expect(results.map(({ verdict }) => verdict)).toEqual(['time_bank', 'ok', 'time_bank']);
    expect(results[1]?.endReason).toBe('game_over');
    expect(report.processes).toBe(1);
    // Alone for its last keys, the third game pays for them alone.
    for (const game of [results[0], results[2]]) {
      expect(game?.agentTimeMs).toBeGreaterThan(500);
      expect(game?.steps).toBeLessThan(100);
      expect(game?.verdictReason).toBe('the agent used up the 0.5 s of thinking time it has for one game');
    }
  });

  it('charges the agent for thinking only', async () => {
    const code = `export function createAgent() { return { act() {
      const end = performance.now() + 5; while (performance.now() < end); return 115; } }; }`;
    const { results } = await play({ code, games: games(1), limits: { maxSteps: 40 } });
    // 200 ms of it are certain; what waits for a processor on a busy machine is the agent's as well.
    expect(results[0]?.agentTimeMs).toBeGreaterThan(40 * 4);
  });

  it('does not score a game that the platform could not play, and plays the others', async () => {
    const [bad, ...good] = games(3);
    const { results } = await play({
      code: CURIOUS,
      games: [{ ...(bad as GameSpecification), options: 'no_such_option' }, ...good],
    });
    expect(results.map(({ verdict }) => verdict)).toEqual(['sandbox_error', 'ok', 'ok']);
    expect(results[0]?.verdictReason).toMatch(/^the game engine failed: /);
  });

  it('gives up on an agent that fails to start twice in a row', async () => {
    const { results, report } = await play({ code: 'export const x = y;', games: games(5), gamesAtOnce: 2 });
    expect(report.processes).toBe(2);
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual(
      Array.from({ length: 5 }, () => ['crashed', 0]),
    );
    expect(results[0]?.log).toMatch(
      /ReferenceError: y is not defined\n\s+at file:\/\/\/agent\/src\/agent\.js:1/,
    );
  });

  it('starts an agent anew after each failure', async () => {
    const code = `export function createAgent() { return { act({ step }) {
      if (step === 3) throw new Error('three'); return 115; } }; }`;
    const { results, report } = await play({ code, games: games(3) });
    expect(report.processes).toBe(3);
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual(
      Array.from({ length: 3 }, () => ['crashed', 3]),
    );
  });

  it('starts anew an agent that raises between two games, and plays the game it had not begun from its start', async () => {
    const raises = (what: string): string =>
      CURIOUS.replace("console.error('over', JSON.stringify(over));", what);
    const sound = await play({ code: CURIOUS, games: games(4), limits: { maxSteps: 20 } });
    for (const [what, words] of [
      [
        "throw new Error('no file to save to');",
        /exit code 1 .*: Error: no file to save to\. Nothing of this/,
      ],
      ['process.exit(3);', /exit code 3 .*Nothing of this game had been played/],
      ["process.kill(process.pid, 'SIGSEGV');", /killed by SIGSEGV.*Nothing of this game had been played/],
    ] as const) {
      const { results, report } = await play({
        ...{ code: raises(what), games: games(4), limits: { maxSteps: 20 } },
      });
      // Whoever is started anew has another number for its process, which this agent does not look at.
      expect(essence(results)).toEqual(essence(sound.results));
      expect(report.processes).toBe(4);
      expect(results.map(({ log }) => log === null)).toEqual([true, false, false, false]);
      expect(results[1]?.log).toMatch(words);
    }
  });

  it('starts anew an agent that raises when one of its games ends, and ends the others that it was playing', async () => {
    // Slot 1 is left at its fifth key; slot 0 was played by the process that raises then, and slot 1's next game was not.
    const code = `
      const quit = [241, 121, 27, 27, 27, 27, 27, 27, 27, 27, 27, 27];
      export function createAgent() { return {
        act: ({ slot, episode, step }) => slot === 1 && episode === 0 && step >= 5 ? quit[step - 5] : 115,
        gameOver({ slot, episode }) { if (slot === 1 && episode === 0) throw new Error('over'); },
      }; }`;
    const { results, report } = await play({
      code,
      games: games(3),
      gamesAtOnce: 2,
      limits: { maxSteps: 20 },
    });
    expect(results.map(({ verdict, steps }) => [verdict, steps > 0])).toEqual([
      ['crashed', true],
      ['ok', true],
      ['ok', true],
    ]);
    expect(results[2]).toMatchObject({ steps: 20, log: expect.stringContaining('Error: over') });
    expect(report.processes).toBe(2);
  });

  it('charges an agent that ends before its first answer, in whatever game', async () => {
    const code = `export function createAgent() { return { act() { process.exit(7); } }; }`;
    const { results, report } = await play({ code, games: games(3) });
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual(
      Array.from({ length: 3 }, () => ['crashed', 0]),
    );
    expect(report.processes).toBe(3);
  });

  it('ends a game in which the engine fails each time with its score so far, and goes on', async () => {
    // Debug mode's #panic, by keys that every agent has.
    const code = `
      const keys = [...'hjkl#panic\\ry'].map((letter) => letter.charCodeAt(0));
      export function createAgent() { return { act: ({ episode, step }) => episode === 1 ? keys[step] : 115 }; }`;
    const options = 'name:Agent-val-hum-neu-fem,playmode:debug,pettype:none';
    const debug = games(3).map((game) => ({ ...game, options }));
    const { results, report } = await play({ code, games: debug, limits: { maxSteps: 20 } });
    expect(results.map(({ verdict, steps }) => [verdict, steps])).toEqual([
      ['ok', 20],
      ['engine_error', 12],
      ['ok', 20],
    ]);
    expect(results[1]?.tape?.end).toEqual({ kind: 'fault' });
    expect(report.processes).toBe(1);
  });

  it('shows watched games while they are played, and no others', async () => {
    const code = `export function createAgent() { return { act() {
      const end = Date.now() + 5; while (Date.now() < end); return 115; } }; }`;
    const frames: { id: string; step: number }[] = [];
    const { shard } = prepare({
      code,
      games: games(2),
      gamesAtOnce: 2,
      events: {
        frame: (id, bytes) => {
          const { step, turns, chars } = decodeFrame(bytes);
          expect(turns).toBeGreaterThan(0);
          expect(Buffer.from(chars).toString('latin1')).toContain('Dlvl:1');
          frames.push({ id, step });
        },
      },
    });
    shard.watch('game 1');
    const start = performance.now();
    await shard.run();
    const lasted = performance.now() - start;
    expect(new Set(frames.map(({ id }) => id))).toEqual(new Set(['game 1']));
    // 200 steps take two seconds or more.
    expect(frames.length).toBeGreaterThan(5);
    expect(frames[0]?.step).toBe(0);
    const steps = frames.map(({ step }) => step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(frames.length).toBeLessThanOrEqual(lasted / FRAME_INTERVAL_MS + 1);
  });

  it('stops showing a game that nobody watches any more', async () => {
    const code = `export function createAgent() { return { act() {
      const end = Date.now() + 5; while (Date.now() < end); return 115; } }; }`;
    let frames = 0;
    const { shard } = prepare({
      code,
      games: games(1),
      events: {
        frame: () => {
          frames += 1;
          shard.unwatch('game 0');
        },
      },
    });
    shard.watch('game 0');
    await shard.run();
    // One more may have been on its way.
    expect(frames).toBeGreaterThanOrEqual(1);
    expect(frames).toBeLessThanOrEqual(2);
  });

  it('can be stopped, in the middle of an answer too', async () => {
    for (const code of [CURIOUS, 'export function createAgent() { return { act() { for (;;); } }; }']) {
      let begin = (): void => undefined;
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      const { shard, results } = prepare({
        code,
        games: games(50),
        gamesAtOnce: 4,
        limits: { maxSteps: 1_000_000 },
        events: {
          started: () => {
            begin();
          },
        },
      });
      const running = shard.run();
      await begun;
      shard.abort();
      await expect(running).rejects.toThrow(ShardAborted);
      expect(results.length).toBeLessThan(50);
    }
  });

  it('can be stopped while its agent is being started, and leaves nothing of it', async () => {
    await play({ code: CURIOUS, games: games(1) });
    await host.threads.dispose();
    const before = readdirSync('/proc/self/fd').length;
    let stop = (): void => undefined;
    const starts: Promise<SandboxProcess>[] = [];
    class Telling extends Sandbox {
      override start(...specification: Parameters<Sandbox['start']>): Promise<SandboxProcess> {
        const starting = super.start(...specification);
        starts.push(starting);
        stop();
        return starting;
      }
    }
    const telling = createAgentHost({ sandbox: new Telling({ uids: { first: 3_960_100, count: 4 } }) });
    for (let i = 0; i < 3; i++) {
      const { shard } = prepare({ code: CURIOUS, games: games(2), host: telling });
      stop = () => {
        shard.abort();
      };
      await expect(shard.run()).rejects.toThrow(ShardAborted);
    }
    expect(starts).toHaveLength(3);
    for (const start of starts) expect((await (await start).exit).cause).toBe('stopped');
    await telling.threads.dispose();
    telling.stage.dispose();
    expect(readdirSync('/proc/self/fd').length).toBe(before);
  });

  it('is ended by what its listeners throw', async () => {
    const { shard } = prepare({
      code: CURIOUS,
      games: games(2),
      events: {
        finished: () => {
          throw new Error('the disk is full');
        },
      },
    });
    await expect(shard.run()).rejects.toThrow('the disk is full');
  });

  it('blames nobody when the submission is not there', async () => {
    const { shard } = prepare({ code: CURIOUS, games: games(1) });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    await expect(shard.run()).rejects.toThrow(PlatformError);
  });

  it('leaves no descriptor open', async () => {
    await play({ code: CURIOUS, games: games(1) });
    await host.threads.dispose();
    const before = readdirSync('/proc/self/fd').length;
    for (let i = 0; i < 3; i++) await play({ code: CURIOUS, games: games(1) });
    await host.threads.dispose();
    expect(readdirSync('/proc/self/fd').length).toBe(before);
  });
});

describe('the contract', () => {
  it('offers the fields that the engine has, under the same names, and those in words', () => {
    const names = [...FIELDS, ...TEXT_FIELDS].map(({ name }) => name);
    expect(names).toEqual([...FIELD_NAMES]);
  });

  it('refuses a cap that leaves no room for an answer, as the platform’s fault', async () => {
    const { shard } = prepare({ code: CURIOUS, games: games(1), limits: { outputBytesPerFrame: 10 } });
    await expect(shard.run()).rejects.toThrow(/outputBytesPerFrame is 10/);
  });
});
