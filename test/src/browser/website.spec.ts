/// <reference lib="dom" />
/** The website in a real browser, on the real API, worker, engine and database. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GameView } from '@arena/contracts';
import { CHALLENGE_LIMITS, packAgent, readConfig, startArena, type Arena, type Config } from '@arena/demo';
import { Engine } from '@arena/engine';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { decodeTape, verify } from '@arena/tape';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../kit/browser.ts';

const root = new URL('../../../', import.meta.url).pathname;
const GAMES = 12;
const WAIT = { timeout: 90_000 };

let data: string;
let database: TestDatabase;
let arena: Arena;
let config: Config;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'arena-browser-'));
  database = await openTestDatabase();
  config = readConfig({ ...process.env, ARENA_DATA: data }, 'start');
  arena = await startArena({ config, databaseUrl: database.url, port: await freePort(), watch: false });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await arena.services.stop();
  await database.close();
  await rm(data, { recursive: true });
}, 60_000);

/** Takes complaints off the list that the test itself has brought about. */
function forgive(words: RegExp): void {
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !words.test(text)));
}

/** Neither our own code nor the content security policy has complained. */
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

async function makeCompetition(slug: string, gamesPerEvaluation: number): Promise<void> {
  const answer = await fetch(`${arena.url}/api/competitions/${slug}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${config.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: slug, description: '', gamesPerEvaluation, limits: CHALLENGE_LIMITS }),
  });
  expect({ status: answer.status, body: answer.ok || (await answer.text()) }).toEqual({
    status: 200,
    body: true,
  });
}

async function liveGame(competition: string): Promise<GameView> {
  for (;;) {
    const answer = await fetch(`${arena.url}/api/competitions/${competition}/live`);
    const [game] = (await answer.json()) as GameView[];
    if (game) return game;
    await page.waitForTimeout(50);
  }
}

describe('the board', () => {
  it('shows an agent that is handed in, and its figures move, without a reload', async () => {
    await makeCompetition('board', GAMES);
    await page.goto(arena.url);
    await page.getByText('Nobody has entered this dungeon yet').waitFor(WAIT);
    await page.getByText('Live', { exact: true }).waitFor(WAIT);
    // A reload would lose this, and the list of all medians that the page has shown.
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const row = document.querySelector('tr[data-key]');
        const words = `${row?.querySelector('[data-testid=median]')?.textContent ?? ''} after ${row?.querySelector('.board-games .number')?.textContent ?? ''}`;
        if (row && seen.at(-1) !== words) seen.push(words);
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });

    await arena.client.submit('board', (await packAgent(join(root, 'agents/baselines/random'))).bytes);
    await page.getByText(`${GAMES} of ${GAMES}`).waitFor(WAIT);

    const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
    expect(seen[0]).toMatch(/^– after 0 of 12/);
    expect(new Set(seen).size).toBeGreaterThan(2);
    const { rows } = await arena.client.board('board');
    expect(await page.getByTestId('median').textContent()).toBe(String(rows[0]?.median));
  }, 180_000);

  it('leads to the agent, whose page has every game, and to a game that is verified', async () => {
    await page.getByRole('link', { name: 'random', exact: true }).click();
    await page.getByTestId('games-done').getByText(String(GAMES), { exact: true }).waitFor(WAIT);
    await page
      .locator('tr.game-line')
      .nth(GAMES - 1)
      .waitFor(WAIT);
    await page.locator('tr.game-line a').first().click();
    await page.locator('[data-testid=verification][data-state=verified]').waitFor(WAIT);
  }, 120_000);
});

describe('the connection', () => {
  it('comes back by itself after the server was away, with what happened meanwhile', async () => {
    await page.goto(`${arena.url}/competitions/board`);
    await page.getByText('Live', { exact: true }).waitFor(WAIT);
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    process.kill(arena.services.pidOf('api') ?? NaN, 'SIGKILL');
    await page.getByText('Reconnecting', { exact: true }).waitFor(WAIT);
    await database.dataSource.query(`UPDATE "submission" SET "agent_name" = 'renamed meanwhile'`);
    await page.getByText('Live', { exact: true }).waitFor(WAIT);
    await page.getByRole('link', { name: 'renamed meanwhile', exact: true }).waitFor(WAIT);
    expect(await page.evaluate(() => 'stayed' in window)).toBe(true);
    // While the server is away, or dies in the middle of an answer, the browser itself reports each attempt that fails.
    forgive(/ERR_CONNECTION_(?:REFUSED|RESET)|ERR_EMPTY_RESPONSE|WebSocket connection/);
  }, 60_000);
});

describe('a game', () => {
  it('is watched live, then replayed and verified on the same page', async () => {
    await makeCompetition('live', 2);
    await arena.client.submit('live', (await packAgent(join(root, 'test/agents/patient'))).bytes);
    const { id } = await liveGame('live');
    await page.goto(`${arena.url}/games/${id}`);

    const step = (): Promise<number> =>
      page.getByTestId('terminal').evaluate((canvas: HTMLElement) => Number(canvas.dataset['step'] ?? -1));
    const later = (than: number): Promise<unknown> =>
      page.waitForFunction(
        (before) =>
          Number(document.querySelector<HTMLElement>('[data-testid=terminal]')?.dataset['step'] ?? -1) >
          before,
        than,
        WAIT,
      );
    await page.getByText('Playing now').waitFor(WAIT);
    await later(-1);
    const first = await step();
    await later(first);
    const ink = await page.getByTestId('terminal').evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return new Set(Array.from({ length: pixels.length / 4 }, (_, i) => pixels[4 * i])).size;
    });
    expect(ink).toBeGreaterThan(2);

    await page.locator('[data-testid=verification][data-state=verified]').waitFor(WAIT);
    const stored = (await (await fetch(`${arena.url}/api/games/${id}`)).json()) as GameView;
    // Whoever watched it live sees the end first.
    await page.waitForFunction(
      (last) => document.querySelector<HTMLElement>('.player')?.dataset['shown'] === String(last),
      stored.steps,
      WAIT,
    );
    expect(stored).toMatchObject({ verdict: 'ok', verdictReason: null, death: 'quit' });
  }, 240_000);

  it('is downloaded as a tape, which proves the same game here', async () => {
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download tape' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(/^[0-9a-f-]{36}\.tape$/);
    const tape = await decodeTape(await readFile(await download.path()));
    const stored = (await (
      await fetch(`${arena.url}/api/games/${new URL(page.url()).pathname.split('/').at(-1) ?? ''}`)
    ).json()) as GameView;
    expect(tape.figures).toMatchObject({ score: stored.score, turns: stored.turns });
    expect(verify(tape, await Engine.load())).toMatchObject({ same: true });
  }, 60_000);

  it('is played, stepped and sought in', async () => {
    const player = page.locator('.player');
    const shows = (shown: number): Promise<void> =>
      page.locator(`.player[data-shown="${shown}"]`).waitFor(WAIT);
    await player.press('Home');
    await shows(0);
    await player.press('ArrowRight');
    await player.press('ArrowRight');
    await player.press('ArrowLeft');
    await shows(1);
    await page.getByLabel('Step of the game').fill('200');
    await shows(200);
    expect(await page.getByTestId('readout-step').textContent()).toMatch(/^200 \/ /);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('max');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.locator('.player-ending').waitFor(WAIT);
  }, 120_000);

  it('whose stored score was tampered with is found out', async () => {
    const id = new URL(page.url()).pathname.split('/').at(-1);
    await database.dataSource.query('UPDATE "game" SET "score" = "score" + 1 WHERE "id" = $1', [id]);
    await page.reload();
    await page.locator('[data-testid=verification][data-state=differs]').waitFor(WAIT);
    expect(await page.locator('.check-bad').count()).toBe(1);
    expect(await page.locator('.check-bad').textContent()).toContain('Score');
  }, 60_000);

  it('that does not exist says so and leads back', async () => {
    await page.goto(`${arena.url}/games/00000000-0000-4000-8000-000000000000`);
    await page.getByRole('heading', { name: 'No such game' }).waitFor(WAIT);
    await page.getByRole('link', { name: 'Go to the leaderboard' }).click();
    await page.getByRole('heading', { name: 'Competitions' }).waitFor(WAIT);
    // The browser itself reports the answers with status 404.
    forgive(/404/);
  }, 60_000);
});
