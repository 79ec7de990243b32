/// <reference lib="dom" />
/** The player of a finished game, in a real browser: seeking, keys pressed before the engine is there; and the site's contrast. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GamePage, GameRow } from '@arena/contracts';
import { CHALLENGE_LIMITS, packAgent, readConfig, startArena, type Arena } from '@arena/demo';
import { freePort } from '@arena/persistence/embedded';
import { openTestDatabase, type TestDatabase } from '@arena/persistence/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../kit/browser.ts';

const root = new URL('../../../', import.meta.url).pathname;
const WAIT = { timeout: 90_000 };

let data: string;
let database: TestDatabase;
let arena: Arena;
let browser: Browser;
let page: Page;
let submissionId: string;
let game: GameRow;
let total: number;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'arena-player-'));
  database = await openTestDatabase();
  const config = readConfig({ ...process.env, ARENA_DATA: data }, 'start');
  arena = await startArena({ config, databaseUrl: database.url, port: await freePort(), watch: false });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await arena.client.putCompetition('player', {
    ...{ name: 'Player', description: 'A game.', gamesPerEvaluation: 2, limits: CHALLENGE_LIMITS },
  });
  const { bytes } = await packAgent(join(root, 'agents/baselines/random'));
  submissionId = (await arena.client.submit('player', bytes)).id;
  while ((await arena.client.board('player')).rows[0]?.state !== 'finished')
    await new Promise((resolve) => setTimeout(resolve, 50));
  const { games } = (await (
    await fetch(`${arena.url}/api/submissions/${submissionId}/games`)
  ).json()) as GamePage;
  const longest = games.sort((a, b) => (b.steps ?? 0) - (a.steps ?? 0))[0];
  if (!longest) throw new Error('no game was played');
  game = longest;
  total = game.steps ?? 0;
}, 300_000);

afterAll(async () => {
  await browser.close();
  await arena.services.stop();
  await database.close();
  await rm(data, { recursive: true });
}, 60_000);

const shows = (step: number): Promise<void> =>
  page.locator(`.player[data-shown="${step}"][aria-busy=false]`).waitFor(WAIT);

/** What the page shows at one moment, all read in one go. */
interface Moment {
  busy: boolean;
  slider: number;
  picture: number;
  note: string | null;
  step: string;
  ending: boolean;
}

describe('the player', () => {
  it('keeps keys that are pressed while the engine loads', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/engine/**/*.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${arena.url}/games/${game.id}`);
    await page.getByText('Loading the engine …').waitFor(WAIT);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
    await page.getByText('Your keys count as soon as it is there').waitFor(WAIT);
    release();
    await shows(2);
    // And goes on to take them without a click.
    await page.keyboard.press('ArrowRight');
    await shows(3);
    await page.unroute('**/engine/**/*.wasm');
  }, 120_000);

  it('says at once that it seeks, and shows no picture at another step’s position', async () => {
    await page.keyboard.press('Home');
    await shows(0);
    // All moments of the page from here on: whenever it is not busy, picture, slider and figures are of one step.
    await page.evaluate(() => {
      const read = (): Moment => {
        const one = (selector: string): HTMLElement | null => document.querySelector(selector);
        return {
          busy: one('.player')?.getAttribute('aria-busy') === 'true',
          slider: Number((one('.seek input') as HTMLInputElement | null)?.value ?? -1),
          picture: Number(one('[data-testid=terminal]')?.dataset['step']),
          note: one('[data-testid=seeking]')?.textContent ?? null,
          step: one('[data-testid=readout-step]')?.textContent ?? '',
          ending: one('.player-ending') !== null,
        };
      };
      const moments: Moment[] = [];
      new MutationObserver(() => moments.push(read())).observe(document.body, {
        ...{ subtree: true, childList: true, attributes: true, characterData: true },
      });
      Object.assign(window, { read, moments });
    });
    // In one go, so that no picture can come in between.
    const atOnce = (key: string): Promise<Moment> =>
      page.evaluate(async (pressed) => {
        const init = { key: pressed, bubbles: true, cancelable: true };
        document.querySelector('.player')?.dispatchEvent(new KeyboardEvent('keydown', init));
        await Promise.resolve();
        return (window as unknown as { read: () => Moment }).read();
      }, key);
    const whole = new Intl.NumberFormat('en-US');
    const end = whole.format(total);
    expect(await atOnce('End')).toEqual({
      ...{ busy: true, slider: total, picture: 0, ending: false },
      note: `Going to step ${end} … at 0`,
      step: `0 → ${end} / ${end}`,
    });
    await shows(total);
    await page.locator('.player-ending').waitFor(WAIT);
    expect(await atOnce('Home')).toMatchObject({ busy: true, slider: 0, picture: total, ending: false });
    await shows(0);
    expect(await atOnce('ArrowRight')).toMatchObject({ busy: true, slider: 1, picture: 0 });
    await shows(1);
    await page.getByLabel('Step of the game').fill(String(Math.floor(total / 2)));
    await shows(Math.floor(total / 2));
    const moments = await page.evaluate(() => (window as unknown as { moments: Moment[] }).moments);
    expect(moments.length).toBeGreaterThan(6);
    for (const moment of moments.filter(({ busy }) => !busy))
      expect(moment).toMatchObject({
        slider: moment.picture,
        note: null,
        step: `${whole.format(moment.picture)} / ${end}`,
      });
    for (const moment of moments.filter(({ busy }) => busy))
      expect(moment).toMatchObject({ ending: false, note: /./ });
  }, 120_000);
});

describe('the page of a game', () => {
  it.each([
    [503, 'The arena is being restarted, or has more to do than it can.'],
    [429, 'More was asked from your address than the server answers at once.'],
  ])(
    'that could not be read for a %i says so and is read again by itself',
    async (status, words) => {
      let refusals = 0;
      await page.route(`**/api/games/${game.id}`, async (route) => {
        if (refusals++ < 2) await route.fulfill({ status, headers: { 'retry-after': '1' }, body: '<html>' });
        else await route.continue();
      });
      await page.goto(`${arena.url}/games/${game.id}`);
      await page.getByText(words).waitFor(WAIT);
      await page.getByText('The page tries again by itself.').waitFor(WAIT);
      await page.getByRole('heading', { name: 'Game ' }).waitFor(WAIT);
      await page.unroute(`**/api/games/${game.id}`);
    },
    120_000,
  );
});

describe('the site’s text', () => {
  it.each(['light', 'dark'] as const)(
    'stands out from what is behind it, in %s colours',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      for (const path of [
        '/competitions/player',
        `/submissions/${submissionId}`,
        `/games/${game.id}`,
        '/nothing',
      ]) {
        await page.goto(arena.url + path);
        await page.locator('h1').waitFor(WAIT);
        await page.evaluate(axe.source);
        const { violations, passes } = await page.evaluate(
          () =>
            (window as unknown as { axe: typeof axe }).axe.run({
              runOnly: [
                'color-contrast',
                'button-name',
                'link-name',
                'label',
                'aria-allowed-attr',
                'image-alt',
              ],
            }),
          {},
        );
        const found = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => [id, html, failureSummary]),
        );
        expect([path, found]).toEqual([path, []]);
        expect(passes.find(({ id }) => id === 'color-contrast')?.nodes.length).toBeGreaterThan(5);
      }
      await page.goto(`${arena.url}/competitions/player`);
      await page.locator('.kinds button .number').first().waitFor(WAIT);
      // axe passes over buttons that are disabled; their counts are read all the same.
      const faded = await page.locator('.kinds button .number').evaluateAll((numbers) =>
        numbers.flatMap((number) => {
          const lit: number[] = [];
          for (let one: Element | null = number; one !== null; one = one.parentElement)
            lit.push(Number(getComputedStyle(one).opacity));
          return lit.filter((opacity) => opacity < 1);
        }),
      );
      expect(faded).toEqual([]);
      const contrasts = await page.locator('.kinds button .number').evaluateAll((numbers) => {
        const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        const luminance = (colour: string): number => {
          if (canvas === null) return NaN;
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
          });
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        return numbers.map((number) => {
          let behind: Element | null = number;
          while (
            behind !== null &&
            /rgba\(0, 0, 0, 0\)|transparent/.test(getComputedStyle(behind).backgroundColor)
          )
            behind = behind.parentElement;
          const [a, b] = [
            luminance(getComputedStyle(number).color),
            luminance(getComputedStyle(behind ?? document.body).backgroundColor),
          ];
          return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        });
      });
      expect(contrasts.length).toBeGreaterThan(2);
      expect(Math.min(...contrasts)).toBeGreaterThanOrEqual(4.5);
    },
    120_000,
  );
});
