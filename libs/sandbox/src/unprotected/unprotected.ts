import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { rlimitsFor } from '../bubblewrap.ts';
import { SandboxError } from '../errors.ts';
import { FifoMaker } from '../fifos.ts';
import { PIPES, openPipes, widen } from '../pipes.ts';
import type { SandboxFault, SandboxProcess, SandboxSpecification, Sandboxes } from '../specification.ts';
import { layOut } from './layout.ts';
import { UnprotectedProcess } from './process.ts';

/**
 * No sandbox: programs run as this user, with its files, its network and its other processes. For development on a machine
 * that can make none, with agents one trusts; the limits are watched so that verdicts are what they would be.
 */
export class Unprotected implements Sandboxes {
  /** Stored with each score. */
  readonly description = 'unprotected: no sandbox, for development alone';
  readonly #fifos = new FifoMaker(PIPES, null);

  async probe(): Promise<void> {
    // There is nothing that could fail.
  }

  faults(): readonly SandboxFault[] {
    return [];
  }

  expect(): void {
    // There is nothing to make ready.
  }

  async start(specification: SandboxSpecification): Promise<SandboxProcess> {
    const layout = layOut(specification);
    const { openFiles, fileKiB, dataKiB } = rlimitsFor(specification, false);
    const script = `ulimit -c 0; ulimit -n ${openFiles}; ulimit -f ${fileKiB}; ulimit -d ${dataKiB}; exec "$@"`;
    const environment = Object.entries(specification.environment ?? {}).map(
      ([name, value]) => [name, layout.path(value)] as const,
    );
    const pipes = openPipes(this.#fifos.take());
    for (const name of ['up', 'options', 'filter'] as const)
      [pipes[name].read, pipes[name].write].forEach(closeSync);
    widen(pipes.stdin, specification.stdinBytes ?? 0);
    const given = [pipes.stdin.read, pipes.stdout.write, pipes.stderr.write];
    const command = specification.command.map((word) => layout.path(word));
    const child = spawn('/bin/bash', ['--noprofile', '--norc', '-c', script, 'sh', ...command], {
      env: {
        ...{ HOME: layout.tmp, TMPDIR: layout.tmp, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
        ...Object.fromEntries(environment),
      },
      ...{ cwd: layout.tmp, detached: true, stdio: given },
    });
    given.forEach(closeSync);
    const running = new UnprotectedProcess(child, pipes, specification.limits, () => {
      layout.remove();
    });
    if (child.pid !== undefined) return running;
    await running.exit;
    running.close();
    throw new SandboxError('no process could be made');
  }
}
