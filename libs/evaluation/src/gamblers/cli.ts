/**
 * `npm run bench:gamblers`: agents that lose the games that they dislike, in every way there is, and what they have of it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { runBenchmark } from '@arena/benchmark';
import { createAgentHost } from '../agent-host.ts';
import { gamble, mostByChance } from './play.ts';
import { STRATEGIES } from './strategies.ts';

await runBenchmark({
  name: 'bench:gamblers',
  about: `Plays agents that roll a coin in each game and try to lose the games that they dislike. None may have more games of the liked kind
than chance gives, none may make the platform fail, and each game is to be told once, with its own seeds. No figure is a time.`,
  numbers: {
    games: { about: 'games of each agent', otherwise: 200 },
    load: { about: 'programs beside that never wait', otherwise: 0 },
  },
  measure: async (tell, { games = 200, load = 0 }) => {
    const host = createAgentHost({ uids: { first: 3_940_000, count: 16 } });
    const beside: ChildProcess[] = Array.from({ length: load }, () =>
      spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
    );
    const verdicts: Record<string, unknown> = {};
    let wrong = 0;
    let faults = 0;
    try {
      for (const strategy of STRATEGIES) {
        const found = await gamble(host, strategy, games);
        const rolled = found.liked + found.disliked;
        verdicts[strategy.name] = found.verdicts;
        wrong += found.wrong;
        faults += found.faults;
        const name = `${strategy.name}: liked of ${rolled}`;
        tell({ name, unit: 'games', value: found.liked, must: { most: Math.floor(mostByChance(rolled)) } });
      }
    } finally {
      for (const program of beside) program.kill('SIGKILL');
      await host.threads.dispose();
      host.stage.dispose();
    }
    tell({ name: 'games told not once, or not with their seeds', unit: '', value: wrong, must: { most: 0 } });
    tell({ name: 'faults of the platform', unit: '', value: faults, must: { most: 0 } });
    return { games, load, verdicts };
  },
});
