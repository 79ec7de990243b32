/// <reference lib="dom" />
/** What every page of the website owes its visitors, in a real browser: names, ways back, keyboard, nothing that jumps. */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHALLENGE_LIMITS, packAgent, readConfig, startArena, type Arena } from '@arena/demo';
import { VERDICT_LABELS, type GamePage } from '@arena/contracts';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../kit/browser.ts';

const root = new URL('../../../', import.meta.url).pathname;
const WAIT = { timeout: 90_000 };
/** Every page has at least the header's links and some of its own. */
const LEAST_STOPS = 6;
/** All that a manifest lets pass. */
const NAMES = [
  '火影忍者の冒険者たち、長い名前のエージェント',
  'عميل العربي الذكي 123',
  '🐉🐲🇩🇪👍🏽 dragon',
  `Z${'\u0336\u0322\u031b\u0330'.repeat(8)}algo`,
  'X'.repeat(64),
  '<script>document.title = "mine"</script>',
];

let data: string;
let database: TestDatabase;
let arena: Arena;
let browser: Browser;
let page: Page;
let submissionId: string;
let gameId: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'arena-pages-'));
  database = await openTestDatabase();
  const config = readConfig({ ...process.env, ARENA_DATA: data }, 'start');
  arena = await startArena({ config, databaseUrl: database.url, port: await freePort(), watch: false });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await arena.client.putCompetition('pages', {
    ...{ name: 'Pages', description: 'All pages.', gamesPerEvaluation: 2, limits: CHALLENGE_LIMITS },
  });
  submissionId = (await arena.client.submit('pages', await named('random', 'first'))).id;
  await until(async () => (await arena.client.board('pages')).rows[0]?.state === 'finished');
  const games = await fetch(`${arena.url}/api/submissions/${submissionId}/games`);
  gameId = ((await games.json()) as GamePage).games[0]?.id ?? '';
}, 120_000);

afterAll(async () => {
  await browser.close();
  await arena.services.stop();
  await database.close();
  await rm(data, { recursive: true });
}, 60_000);

/** A bundled agent, or one of the tests', under another name. */
async function named(agent: 'random' | 'patient', name: string): Promise<Buffer> {
  const folder = await mkdtemp(join(data, 'agent-'));
  await cp(join(root, agent === 'random' ? 'agents/baselines/random' : 'test/agents/patient'), folder, {
    recursive: true,
  });
  const manifest = JSON.parse(await readFile(join(folder, 'arena.json'), 'utf8')) as object;
  await writeFile(join(folder, 'arena.json'), JSON.stringify({ ...manifest, name, authors: [name, 'Ada'] }));
  return (await packAgent(folder)).bytes;
}

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 50));
}

const board = (): string => `${arena.url}/competitions/pages`;

describe('the website', () => {
  it('is built for production, whatever the shell says', async () => {
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const built = spawnSync(
      process.execPath,
      [vite, 'build', '--outDir', join(data, 'build'), '--logLevel', 'error'],
      { cwd: join(root, 'apps/web'), env: { ...process.env, NODE_ENV: 'development' }, encoding: 'utf8' },
    );
    expect([built.status, built.stderr]).toEqual([0, '']);
    const assets = await readdir(join(data, 'build/assets'));
    const scripts = assets.filter((name) => name.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const name of scripts)
      expect(await readFile(join(data, 'build/assets', name), 'utf8')).not.toContain('React DevTools');
  });
});

describe('an address that names nothing', () => {
  it.each([
    ['/games/zzz', 'game'],
    ['/games/00000000-0000-4000-8000-000000000000', 'game'],
    ['/agents/zzz', 'agent'],
    ['/submissions/zzz', 'agent'],
    ['/competitions/zzz', 'competition'],
    ['/competitions/NO WAY', 'competition'],
    ['/what/ever', 'page'],
  ])('%s says that there is no such %s, and leads back', async (path, what) => {
    await page.goto(arena.url + path);
    await page.getByRole('heading', { name: `No such ${what}` }).waitFor(WAIT);
    expect(await page.title()).toBe(`No such ${what} · NetHack Arena`);
    await page.getByRole('link', { name: 'Go to the leaderboard' }).click();
    await page.getByRole('heading', { name: 'Pages', exact: true }).waitFor(WAIT);
  });
});

describe('the page of a game', () => {
  it('says how often it was begun, by which rules it plays, and what a fault of the engine was', async () => {
    const facts = page.getByRole('region', { name: 'Facts of the game' });
    await page.goto(`${arena.url}/games/${gameId}`);
    await facts.getByText('off', { exact: true }).waitFor(WAIT);
    const changed = { attempt: 3, verdict: 'engine_error', end_reason: 'agent', screen_descriptions: true };
    const before = await change(changed);
    await page.reload();
    await facts
      .getByText('3, all with the same seeds: the platform failed before the game had ended')
      .waitFor(WAIT);
    await facts.getByText('on, which touches the game').waitFor(WAIT);
    await page.getByText(VERDICT_LABELS.engine_error).first().waitFor(WAIT);
    await change(before);
  });
});

/** Writes to the game as a worker would; gives back what was there. */
async function change(values: Record<string, unknown>): Promise<Record<string, unknown>> {
  const names = Object.keys(values);
  const old = await database.dataSource.query<Record<string, unknown>[]>(
    `SELECT ${names.map((name) => `"${name}"`).join()} FROM "game" WHERE "id" = $1`,
    [gameId],
  );
  await database.dataSource.query(
    `UPDATE "game" SET ${names.map((name, at) => `"${name}" = $${at + 2}`).join()} WHERE "id" = $1`,
    [gameId, ...Object.values(values)],
  );
  return old[0] ?? {};
}

describe('every page', () => {
  it('has a title of its own, and says in words where one is', async () => {
    const pages: [path: string, title: string, crumbs: string[]][] = [
      ['/', 'Pages · NetHack Arena', []],
      [`/submissions/${submissionId}`, 'first · NetHack Arena', ['Leaderboard', 'first']],
      [`/games/${gameId}`, 'Game 1 of first · NetHack Arena', ['Leaderboard', 'first', 'Game 1']],
    ];
    for (const [path, title, crumbs] of pages) {
      await page.goto(arena.url + path);
      await page.locator('h1').waitFor(WAIT);
      expect(await page.title()).toBe(title);
      const found = await page.locator('.crumbs li').evaluateAll((items) =>
        items.map((item) => ({
          text: item.textContent,
          before: getComputedStyle(item, '::before').content,
          after: [item, ...item.children].map((part) => getComputedStyle(part, '::after').content).join(),
          here: item.getAttribute('aria-current'),
        })),
      );
      expect(found.map(({ text }) => text)).toEqual(crumbs);
      // A stroke between two, and none that dangles.
      found.forEach(({ before, after, here }, i) => {
        expect([before, /[^none,]/.test(after)]).toEqual([i === 0 ? 'none' : '"/"', false]);
        expect(here).toBe(i === found.length - 1 ? 'page' : null);
      });
      expect(await page.locator('body').innerText()).not.toMatch(/\b[A-Z][a-z]{2}-[A-Z][a-z]{2}-(Mal|Fem)-/);
    }
    await page.goto(`${arena.url}/api/docs`);
    expect(await page.title()).toBe('API · NetHack Arena');
  });

  it('is walked through by keyboard: what has the focus shows it and has a name', async () => {
    for (const path of ['/', `/submissions/${submissionId}`, `/games/${gameId}`]) {
      await page.goto(arena.url + path);
      await page.locator('h1').waitFor(WAIT);
      // The heading comes before what the server answers: the walk starts when there is something to walk through.
      await page
        .locator('a[href], button:enabled')
        .nth(LEAST_STOPS - 1)
        .waitFor(WAIT);
      // A game's page has put the focus into its player, whose keys work at once: the walk is of the whole page.
      await page.locator('a.skip').focus();
      const seen: string[] = [];
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press('Tab');
        const focus = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          return {
            words: element.ariaLabel ?? element.innerText,
            what: element.outerHTML.slice(0, 80),
            end: element === document.body,
            ring: outlineStyle !== 'none' && parseFloat(outlineWidth) > 0,
          };
        });
        // Behind the last the browser's own controls come, then the first again.
        if (focus.end) break;
        expect({ ...focus, words: focus.words !== '' }).toEqual({
          what: focus.what,
          words: true,
          end: false,
          ring: true,
        });
        seen.push(focus.what);
      }
      expect(new Set(seen).size).toBeGreaterThanOrEqual(LEAST_STOPS);
    }
  });
});

describe('the board', () => {
  it('is read once at load', async () => {
    const reads: string[] = [];
    const count = (request: { url: () => string }): void => {
      if (request.url().endsWith('/board')) reads.push(request.url());
    };
    page.on('request', count);
    await page.goto(arena.url);
    await page.getByText('Live', { exact: true }).waitFor(WAIT);
    await page.locator('tr[data-key]').waitFor(WAIT);
    await page.waitForTimeout(500);
    page.off('request', count);
    expect(reads).toHaveLength(1);
  });

  it('stands still while games are played and counted', async () => {
    await page.goto(board());
    await page.locator('tr[data-key]').waitFor(WAIT);
    const { id } = await arena.client.submit('pages', await named('patient', 'mover'));
    await page.locator(`tr[data-key="${id}"]`).waitFor(WAIT);
    // A new row makes room for itself; from here on nothing does.
    const measured = page.evaluate(
      () =>
        new Promise<{ shift: number; strip: string[] }>((resolve) => {
          let shift = 0;
          const strip = new Set<string>();
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              shift += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: 'layout-shift' });
          const timer = setInterval(() => {
            strip.add(document.querySelector('.live')?.textContent ?? '');
            const done = [...document.querySelectorAll('.board-games')].every((cell) =>
              cell.textContent.includes('2 of 2'),
            );
            const idle = document.querySelector('.live-none') !== null;
            if (!done || !idle) return;
            clearInterval(timer);
            resolve({ shift, strip: [...strip] });
          }, 20);
        }),
    );
    const { shift, strip } = await measured;
    // Games began and ended in view, told in words.
    expect(strip.join('\n')).toMatch(/game(s)? being played.*(lawful|neutral|chaotic) /);
    expect(strip.join('\n')).toMatch(/No game being played/);
    expect(shift).toBeLessThan(0.002);
  }, 120_000);

  it('keeps its shape whatever agents are called, on a phone and on a desk', async () => {
    for (const name of NAMES) await arena.client.submit('pages', await named('random', name));
    await until(async () =>
      (await arena.client.board('pages')).rows.every(({ state }) => state === 'finished'),
    );
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(board());
      await page.locator(`tr[data-key] >> nth=${NAMES.length}`).waitFor(WAIT);
      const shape = await page.evaluate(() => {
        const out = (inner: DOMRect, outer: DOMRect): boolean =>
          inner.left < outer.left - 1 || inner.right > outer.right + 1;
        const rows = [...document.querySelectorAll('tr[data-key]')];
        return {
          wide: document.documentElement.scrollWidth > window.innerWidth,
          outside: rows.flatMap((row) =>
            [...row.querySelectorAll('td, th, a')]
              .filter((cell) => out(cell.getBoundingClientRect(), row.getBoundingClientRect()))
              .map((cell) => cell.className),
          ),
          // The figures of all rows end at the same places.
          medians: new Set(
            rows.map((row) => Math.round(row.querySelector('.range')?.getBoundingClientRect().left ?? -1)),
          ).size,
          tall: rows.filter((row) => row.getBoundingClientRect().height > 260).length,
          names: rows.map((row) => row.querySelector('bdi')?.textContent ?? ''),
        };
      });
      expect(shape).toMatchObject({ wide: false, outside: [], medians: 1, tall: 0 });
      expect(shape.names).toEqual(expect.arrayContaining(NAMES));
      expect(await page.title()).toBe('Pages · NetHack Arena');
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  }, 120_000);
});

// Last: with a second competition the address without a path leads elsewhere.
describe('the page of an agent that was refused', () => {
  it('says why and what it printed, and shows no empty tables', async () => {
    const { bytes } = await packAgent(join(root, 'test/agents/broken/crash-at-load'));
    await arena.client.putCompetition('refused', {
      ...{ name: 'Refused', description: '', gamesPerEvaluation: 2, limits: CHALLENGE_LIMITS },
    });
    const { id } = await arena.client.submit('refused', bytes);
    await page.goto(`${arena.url}/submissions/${id}`);
    await page.getByRole('heading', { name: 'Not evaluated' }).waitFor(WAIT);
    const text = await page.locator('main').innerText();
    expect(text).toMatch(
      /Refused before its first game.*exit code 1.*Correct the agent and submit a new version/s,
    );
    expect(text).toContain('agent.js:');
    expect(text).toContain('Limits in force');
    expect(text).not.toMatch(/Median score|How its games ended|No game has/);
  }, 120_000);
});
