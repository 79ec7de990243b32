/** One thread of a rehearsal: plays the games it is told to, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { ACTIONS, DEFAULT_CLOCK, Engine } from '@arena/engine';
import { gameSeeds } from '@arena/scoring';
import { encodeTape } from '@arena/tape';
import { ChallengeGame } from '../challenge-game.ts';
import { agentGameSeed } from '../seeds.ts';
import { HostedAgent, Sight } from './agent.ts';
import { Noise } from './noise.ts';
import type { Rehearsed, RehearsalData, ToRehearsal } from './messages.ts';

if (parentPort === null) throw new Error('thread.js runs as a worker thread of a rehearsal');
const port = parentPort;
const { entry, fields, limits, seedRoot, character, noise: share, tapes } = workerData as RehearsalData;
const KEYS = new Set(ACTIONS.map(({ key }) => key));

const engine = await Engine.load();
const agent = await HostedAgent.load(entry, fields, limits);
let episode = 0;

async function play(index: number): Promise<Rehearsed> {
  const seeds = gameSeeds(seedRoot, index);
  const specification = { id: String(index), seeds, character, options: '', clock: DEFAULT_CLOCK };
  const game = new ChallengeGame(engine, specification, fields, limits);
  try {
    const seed = agentGameSeed(seeds);
    const noise = new Noise(seed, share);
    await agent.begin(episode, seed);
    const sight = new Sight(game, episode, fields);
    while (game.endReason === null) {
      const answer = agent.key(sight.now);
      const key = typeof answer === 'number' ? answer : await answer;
      if (!KEYS.has(key)) throw new Error(`game ${index}, step ${game.steps}: ${key} is no action's key`);
      game.step(noise.key(game.steps, key));
    }
    const { score, turns, steps, deepestLevel, experienceLevel, endReason } = game;
    const ascended = game.end?.howName === 'ASCENDED';
    await agent.end(sight.now, { episode, reason: endReason, score, turns, steps, ascended });
    episode += 1;
    return {
      game: {
        index,
        seeds: { core: String(seeds.core), disp: String(seeds.disp) },
        ...{ score, turns, steps, deepestLevel, experienceLevel, endReason, ascended },
        character: game.character,
        death: game.end?.xlogfile?.['death'] ?? null,
      },
      tape: tapes ? await encodeTape(game.tape) : null,
    };
  } finally {
    game.dispose();
  }
}

port.on('message', (message: ToRehearsal) => {
  if (message.type === 'stop') {
    port.close();
    return;
  }
  void play(message.index).then(
    (rehearsed) => {
      port.postMessage(rehearsed);
    },
    (error: unknown) => {
      // Out of the promise, so that the thread ends by it and the main thread is told.
      setImmediate(() => {
        throw error;
      });
    },
  );
});
