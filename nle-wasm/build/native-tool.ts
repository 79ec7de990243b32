import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BuildError } from './errors.ts';
import { listFiles } from './files.ts';
import type { FileSet, Tool } from './tool-host.ts';

/** Where the tools believe to be started; they reach into ../dat, ../include and ../src. */
const HOME = 'util';

/** A build program compiled for this machine, run in a folder of its own. */
export class NativeTool implements Tool {
  private readonly name: string;
  private readonly program: string;

  constructor(name: string, program: string) {
    this.name = name;
    this.program = program;
  }

  run(args: readonly string[], files: FileSet): Map<string, Uint8Array> {
    const folder = mkdtempSync(join(tmpdir(), 'arena-tool-'));
    try {
      for (const name of [HOME, 'dat', 'include', 'src']) mkdirSync(join(folder, name));
      for (const [name, bytes] of files) {
        const path = join(folder, name.includes('/') ? name : `${HOME}/${name}`);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, bytes);
      }
      const result = spawnSync(this.program, args, { cwd: join(folder, HOME), encoding: 'utf8' });
      if (result.status !== 0) {
        const said = result.error?.message ?? `${result.stdout}${result.stderr}`.slice(-2000);
        throw new BuildError(
          `${this.name} ${args.join(' ')} failed (${result.signal ?? String(result.status)}):\n${said}`,
        );
      }
      return new Map(
        listFiles(folder).map((path) => [
          path.startsWith(`${HOME}/`) ? path.slice(HOME.length + 1) : path,
          readFileSync(join(folder, path)),
        ]),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
