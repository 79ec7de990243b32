/** `npm run bench:abuse`: floods from one address, and what an honest visitor from another has of it. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { runBenchmark } from '@arena/benchmark';
import { competitionSettings, openTestDatabase } from '@arena/persistence/testing';
import { CompetitionRepository } from '@arena/persistence';
import { askFrom } from '../testing/ask.ts';
import { agentArchive } from '../testing/server.ts';
import { ApiProcess } from './api.ts';
import { Flooding } from './flooding.ts';
import { FLOODS } from './floods.ts';

const HONEST = '127.0.0.2';
const TOKEN = 'token-of-the-benchmark';
/** The collector gives memory back when it likes; the flood of twenty deaf sockets alone once left 330 MiB. */
const GROWTH_MIB = 96;

function upload(address: string, archive: Buffer): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${address}/api/competitions/flood/submissions`, {
      ...{ method: 'POST', localAddress: HONEST, agent: false },
      headers: { 'Content-Type': 'application/gzip', Authorization: `Bearer ${TOKEN}` },
    });
    sent.on('error', reject).on('response', (response) => {
      let text = '';
      response
        .on('data', (chunk: Buffer) => (text += chunk.toString()))
        .on('end', () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
    });
    sent.end(archive);
  });
}

await runBenchmark({
  name: 'bench:abuse',
  about:
    'Starts an API over a PostgreSQL and floods it from one address. Meanwhile a visitor from another asks for the board and uploads an agent. Memory is that of the API after all floods, less what it was after the first visit.',
  measure: async (tell) => {
    process.env['ARENA_BENCH_TOKEN'] = TOKEN;
    const database = await openTestDatabase();
    await new CompetitionRepository(database.dataSource).put(
      'flood',
      competitionSettings({ gamesPerEvaluation: 200 }),
    );
    const api = await ApiProcess.start(database.url, TOKEN);
    try {
      const board = () => askFrom(HONEST, `${api.address}/api/competitions/flood/board`);
      const first = JSON.parse((await upload(api.address, await agentArchive({ name: 'first' }))).text) as {
        id: string;
      };
      for (let each = 0; each < 200; each++) await board();
      const page = JSON.parse(
        (await askFrom(HONEST, `${api.address}/api/submissions/${first.id}/games?limit=200`)).text,
      ) as { games: { id: string }[] };
      const games = page.games.map(({ id }) => id);
      const before = api.memory();
      let [broken, unanswered] = [0, 0];
      for (const [index, flood] of FLOODS.entries()) {
        const state = { isOver: false };
        const flooder = await Flooding.start();
        const order = { flood: index, address: api.address, games };
        const flooding = flooder.run(order).finally(() => (state.isOver = true));
        await sleep(100);
        const uploading = agentArchive({ name: `honest-${index}` }).then((archive) =>
          upload(api.address, archive),
        );
        let [worst, refused] = [0, 0];
        do {
          const begin = performance.now();
          const { status } = await board();
          worst = Math.max(worst, performance.now() - begin);
          refused += Number(status !== 200);
          await sleep(50);
        } while (!state.isOver);
        const seen = await flooding;
        for (const [status, many] of seen.statuses) if (status >= 500 && status !== 503) broken += many;
        unanswered += seen.unanswered;
        refused += Number((await uploading).status !== 201);
        tell({ name: flood.name, value: worst, unit: 'ms', must: { most: 1000 } });
        tell({ name: '  honest requests refused', value: refused, unit: '', must: { most: 0 } });
      }
      // Time for connections to be closed and for the collector.
      for (let second = 0; second < 30 && api.memory() - before > GROWTH_MIB; second++) await sleep(1000);
      tell({ name: 'answers of 5xx that are not 503', value: broken, unit: '', must: { most: 0 } });
      tell({ name: 'requests without an answer', value: unanswered, unit: '', must: { most: 0 } });
      tell({
        name: 'memory grown by',
        value: api.memory() - before,
        unit: 'MiB',
        must: { most: GROWTH_MIB },
      });
      return { memoryMiB: before };
    } finally {
      await api.stop();
      await database.close();
    }
  },
});
