/** What docker/Dockerfile says, instruction by instruction. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('../../../', import.meta.url).pathname;
export const text = (path: string): string => readFileSync(join(root, path), 'utf8');

export interface Instruction {
  stage: string;
  name: string;
  rest: string;
}

/** The Dockerfile's instructions, continuation lines joined, with the stage each stands in. */
export function instructions(): Instruction[] {
  let stage = '';
  return text('docker/Dockerfile')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', ...words] = line.trim().split(/\s+/);
      if (name === 'FROM') stage = words[2] ?? '';
      return { stage, name, rest: words.join(' ') };
    });
}

export interface Copy {
  stage: string;
  /** The stage copied from; undefined: the checkout. */
  from: string | undefined;
  sources: string[];
  target: string;
}

export function copies(): Copy[] {
  return instructions()
    .filter(({ name }) => name === 'COPY')
    .map(({ stage, rest }) => {
      const words = rest.split(' ');
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      const paths = words.filter((word) => !word.startsWith('--'));
      return { stage, from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
    });
}

/** Debian's packages that a stage installs. */
export const packagesOfStage = (wanted: string): string[] =>
  instructions()
    .filter(({ stage, name, rest }) => stage === wanted && name === 'RUN' && rest.includes('apt-get install'))
    .flatMap(({ rest }) => (/--no-install-recommends ([^&]*)/.exec(rest)?.[1] ?? '').trim().split(/\s+/));

/** The environment that a stage's program starts with. */
export const environmentOfStage = (wanted: string): Record<string, string> =>
  Object.fromEntries(
    instructions()
      .filter(({ stage, name }) => stage === wanted && name === 'ENV')
      .flatMap(({ rest }) =>
        [...rest.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]),
      ),
  );

/** The command that a stage's container runs. */
export function commandOfStage(wanted: string): string[] {
  const found = instructions().find(({ stage, name }) => stage === wanted && name === 'CMD');
  return JSON.parse(found?.rest ?? '[]') as string[];
}
