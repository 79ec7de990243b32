import { withHidden } from '@arena/contracts/text';
import { z } from 'zod';
import { CONFIG_FILE_2021, environmentsOf, unheeded } from './kit-2021.ts';
import { ManifestError, problemsOf } from './manifest-errors.ts';
import {
  MANIFEST_FILE,
  MAX_MANIFEST_BYTES,
  parseJson,
  parseManifest,
  validateManifest,
  type Manifest,
} from './manifest.ts';
import { RUNTIMES } from './runtimes.ts';

/** The manifest of submissions to the challenge of 2021. */
export const AICROWD_FILE = 'aicrowd.json';

/** The challenge's fields, in its order. */
const FIELDS_OF_2021 = [
  ...['glyphs', 'chars', 'colors', 'specials', 'blstats', 'message', 'inv_glyphs', 'inv_strs', 'inv_letters'],
  ...['inv_oclasses', 'tty_chars', 'tty_colors', 'tty_cursor', 'misc'],
];
/** Where the starter kit of 2021 names the agent's class; else the usual name is tried. */
const ENTRIES = [CONFIG_FILE_2021, 'agent.py'];

/** The file by which a submission says what it is, and beside it a submission_config.py's bytes; none: null or left away. */
export interface ManifestFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly config?: Uint8Array | null;
}

const list = z.union([z.string(), z.array(z.string())]).transform((found) => [found].flat());

/** What is used of it; whatever else stands there meant something to that platform alone. */
const schema = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  description: z.string().optional(),
  authors: list.default([]),
  author: z.string().optional(),
  tags: list.default([]),
  license: z.string().optional(),
  nle: z.unknown().optional(),
});

/** Text as manifests may have it: one line, no controls, not too long. */
function line(found: string | undefined, most: number): string | undefined {
  const text = withHidden(found ?? '', () => ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? undefined : cut(text, most);
}

/** Between letters and not within one, so that what is left can be stored. */
function cut(text: string, most: number): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    if (kept.length + segment.length > most) break;
    kept += segment;
  }
  return kept.trim();
}

/** What is larger than a manifest may be is not looked into. */
const textOf = (config: Uint8Array | null | undefined): string | null =>
  config && config.length <= MAX_MANIFEST_BYTES ? new TextDecoder().decode(config) : null;

/**
 * The manifest that an aicrowd.json stands for: Python, the challenge's fields, as many games at once as `config`, the text of its
 * submission_config.py, says; 32 where it says nothing. `has` tells whether the submission has a file. Throws
 * {@link ManifestError}.
 */
export function parseAicrowd(
  bytes: Uint8Array,
  has: (path: string) => boolean,
  runtimes: readonly string[] | null = RUNTIMES,
  config: string | null = null,
): Manifest {
  const input = parseJson(bytes, AICROWD_FILE);
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new ManifestError(problemsOf(parsed.error, input, schema), AICROWD_FILE);
  const { name, version, description, authors, author, tags, license, nle } = parsed.data;
  const people = [...authors, author].flatMap((each) => line(each, 100) ?? []).slice(0, 20);
  const words = new Set(tags.flatMap((tag) => tag.toLowerCase().split(/[^a-z]+/)));
  const text = { description: line(description, 2000), licence: line(license, 64) };
  const affiliation = (['academic', 'independent'] as const).find((each) => words.has(each));
  const entry = ENTRIES.find(has);
  if (entry === undefined) {
    throw new ManifestError(
      [
        {
          field: '',
          message: `there is neither ${ENTRIES.join(' nor ')} beside it to start: add one, or an ${MANIFEST_FILE} that names the entry`,
        },
      ],
      AICROWD_FILE,
    );
  }
  return validateManifest(
    {
      name: line(name, 64) ?? line(`${people[0] ?? 'somebody'}'s agent of 2021`, 64),
      version: (version ?? '').replace(/[^A-Za-z0-9.+-]/g, '').slice(0, 32) || '2021',
      kind: words.has('hybrid') ? 'hybrid' : words.has('neural') ? 'neural' : 'symbolic',
      runtime: 'python',
      entry,
      fields: FIELDS_OF_2021,
      gamesAtOnce: environmentsOf(config).gamesAtOnce,
      authors: people.length > 0 ? people : ['unknown'],
      nle: nle ?? '0.7',
      ...Object.fromEntries(
        Object.entries({ ...text, affiliation }).filter(([, value]) => value !== undefined),
      ),
    },
    runtimes,
  );
}

/** Of the file by which a submission says what it is. Throws {@link ManifestError}. */
export function readManifest(
  file: ManifestFile,
  has: (path: string) => boolean,
  runtimes: readonly string[] | null = RUNTIMES,
): Manifest {
  return file.name === AICROWD_FILE
    ? parseAicrowd(file.bytes, has, runtimes, textOf(file.config))
    : parseManifest(file.bytes, runtimes);
}

/** What a sound manifest, or the submission_config.py beside it, asks for and does not get: a sentence each. */
export function manifestNotices(file: ManifestFile): string[] {
  const told = parseJson(file.bytes, file.name) as Readonly<Record<string, unknown>>;
  const { gamesAtOnce, notices } = environmentsOf(textOf(file.config));
  if (file.name === AICROWD_FILE) {
    return [
      ...unheeded(told).map((notice) => `${AICROWD_FILE}: ${notice}`),
      ...notices.map((notice) => `${CONFIG_FILE_2021}: ${notice}`),
    ];
  }
  const atOnce = told['gamesAtOnce'] ?? 1;
  if (told['entry'] !== CONFIG_FILE_2021 || !file.config || gamesAtOnce === atOnce) return [];
  return [
    `${CONFIG_FILE_2021}: NUM_ENVIRONMENTS = ${gamesAtOnce} is ignored: ${file.name} says gamesAtOnce: ${Number(atOnce)}`,
  ];
}
