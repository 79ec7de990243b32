/** Debian's packages of Python's that read data outside of their modules: they must work in the runtime `python`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { arena } from '../kit/terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arena-packages-'));
  const about = {
    name: 'packages',
    version: '1',
    kind: 'symbolic',
    runtime: 'python',
    entry: 'agent.py:Agent',
  };
  await writeFile(
    join(folder, 'arena.json'),
    JSON.stringify({ ...about, fields: ['misc'], authors: ['Test'] }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

it.each([
  ['pytz', "import pytz\nassert pytz.timezone('Europe/Berlin').zone == 'Europe/Berlin'"],
  [
    'pandas',
    "import pandas\nassert str(pandas.Timestamp('2026-07-01', tz='Europe/Berlin').utcoffset()) == '2:00:00'",
  ],
  [
    'matplotlib',
    "import matplotlib\nmatplotlib.use('Agg')\nfrom matplotlib import pyplot\npyplot.title('turns')\npyplot.savefig('/tmp/turns.png')",
  ],
  ['seaborn', "import seaborn\nassert len(seaborn.color_palette('rocket', 3)) == 3"],
])(
  '%s works in the sandbox',
  async (_name, lines) => {
    const agent = `import arena\n${lines}\n\n\nclass Agent(arena.Agent):\n    def act(self, observation):\n        return self.context.index("SEARCH")\n`;
    await writeFile(join(folder, 'agent.py'), agent);
    const { stdout, stderr } = await arena(folder, 'play', '.', '--games', '1', '--max-steps', '3', '--json');
    expect(stdout === '' ? stderr : stdout).toContain('"verdict": "ok"');
    expect(stderr).not.toContain('refused');
  },
  120_000,
);
