import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { saveFile } from '../files.ts';
import { root } from './agents.ts';
import { reportPage } from './page.ts';
import { picturesOf } from './pictures.ts';
import { writeReport, type TournamentReport } from './report.ts';

interface Places {
  readonly page: string;
  readonly json: string;
  readonly images: string;
  /** As the page links them. */
  readonly links: { readonly images: string; readonly json: string };
}

/** In a folder of its own. */
export const placesIn = (folder: string): Places => ({
  page: join(folder, 'report.md'),
  json: join(folder, 'report.json'),
  images: join(folder, 'images'),
  links: { images: 'images', json: 'report.json' },
});

/** The last report, as the documentation shows it. */
export const DOCS: Places = {
  page: join(root, 'docs', 'BASELINES.md'),
  json: join(root, 'docs', 'baselines.json'),
  images: join(root, 'docs', 'images', 'baselines'),
  links: { images: 'images/baselines', json: 'baselines.json' },
};

/** Writes page, JSON and pictures over those of before; folders are made. */
export async function saveReport(
  report: TournamentReport,
  { page, json, images, links }: Places,
): Promise<void> {
  await mkdir(dirname(page), { recursive: true });
  await mkdir(images, { recursive: true });
  const save = (path: string, content: string): Promise<number> =>
    saveFile(path, [Buffer.from(content)], true);
  for (const [name, svg] of Object.entries(picturesOf(report.agents)))
    await save(join(images, `${name}.svg`), svg);
  await save(json, writeReport(report));
  await save(page, reportPage(report, links.images, links.json));
}
