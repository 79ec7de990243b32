import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { dropLeftOvers, makeOnceDatabase } from './left-over.ts';

const OLD = 'nethack-arena once 1700000000000';

let database: TestDatabase;
let admin: pg.Client;
const made: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  for (const name of made) await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.end();
  await database.close();
});

/** A database of this name with this comment, as some run could have left it. */
async function leave(name: string, comment: string | null): Promise<void> {
  await admin.query(`CREATE DATABASE ${name}`);
  made.push(name);
  await mark(name, comment);
}
const mark = (name: string, comment: string | null): Promise<unknown> =>
  admin.query(`COMMENT ON DATABASE ${name} IS ${comment === null ? 'NULL' : admin.escapeLiteral(comment)}`);

const urlOf = (name: string): string => {
  const url = new URL(database.url);
  url.pathname = `/${name}`;
  return url.href;
};

async function existing(): Promise<string[]> {
  const { rows } = await admin.query<{ datname: string }>('SELECT datname FROM pg_database');
  return rows
    .map(({ datname }) => datname)
    .filter((name) => made.includes(name))
    .sort();
}

/** A suffix of this file's own: other files and other runs share the server. */
const own = (name: string): string => `arena_once_${process.pid}_${name}`;

describe('what a killed run left', () => {
  it('is dropped; what lives, is young, unmarked or somebody else’s is not', async () => {
    await leave(own('dead'), OLD);
    await leave(own('used'), OLD);
    await leave(own('young'), `nethack-arena once ${Date.now()}`);
    await leave(own('unmarked'), null);
    await leave(own('foreign'), `${OLD}, and my thesis`);
    await leave(`arena_other_${process.pid}`, OLD);
    const user = new pg.Client({ connectionString: urlOf(own('used')) });
    await user.connect();
    try {
      expect(await dropLeftOvers(database.url)).toContain(own('dead'));
      expect(await existing()).toEqual(made.filter((name) => name !== own('dead')).sort());
    } finally {
      await user.end();
    }
  });

  it('is what a run’s own database becomes by SIGKILL, and not a moment earlier', async () => {
    const module = new URL('./left-over.js', import.meta.url).href;
    const run = spawn(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `const { makeOnceDatabase } = await import(${JSON.stringify(module)});
         console.log((await makeOnceDatabase(${JSON.stringify(database.url)})).name);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [told] = (await once(run.stdout, 'data')) as [Buffer];
    const name = told.toString().trim();
    made.push(name);
    // However old it is: its run holds it.
    await mark(name, OLD);
    expect(await dropLeftOvers(database.url)).not.toContain(name);
    run.kill('SIGKILL');
    await once(run, 'exit');
    while (!(await dropLeftOvers(database.url)).includes(name))
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await existing()).not.toContain(name);
  });

  it('is nothing after a run that ends by itself', async () => {
    const { name, drop } = await makeOnceDatabase(database.url);
    made.push(name);
    expect(await existing()).toContain(name);
    await drop();
    expect(await existing()).not.toContain(name);
  });
});
