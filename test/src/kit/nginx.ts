/** Debian's nginx with docker/web.conf, as an ordinary process on ports of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

export interface Nginx {
  address: string;
  stop(): Promise<void>;
}

export interface NginxOptions {
  /** A new folder for its files. */
  folder: string;
  /** The server block's file, as docker/web.conf. */
  conf: string;
  port: number;
  /** Where the API is, e.g. `127.0.0.1:3000`. */
  api: string;
  /** The website's files. */
  web: string;
}

/** The file as it is but for the places that are the container's: port, website, and the API's name. */
function placed({ conf, port, api, web }: NginxOptions): string {
  const replacements: [string, string][] = [
    ['listen 80;', `listen 127.0.0.1:${port};`],
    ['root /usr/share/nginx/html;', `root ${web};`],
    ['http://api:3000', `http://${api}`],
  ];
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`web.conf has no "${from}"`);
    return text.replaceAll(from, to);
  }, conf);
}

/** Starts it; rejects with what it said where it does not. */
export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const { folder, port } = options;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'web.conf'), placed(options));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `  ${name}_temp_path ${join(folder, name)};`,
  );
  writeFileSync(
    join(folder, 'nginx.conf'),
    [
      // Its workers read the website, which may lie where only we can go.
      ...(process.getuid?.() === 0 ? ['user root;'] : []),
      ...['daemon off;', 'worker_processes 1;', `pid ${join(folder, 'pid')};`, 'error_log stderr;'],
      ...['events {}', 'http {', '  include /etc/nginx/mime.types;', '  access_log off;'],
      ...[...temporary, `  include ${join(folder, 'web.conf')};`, '}', ''],
    ].join('\n'),
  );
  const child = spawn('/usr/sbin/nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) =>
    child
      .once('close', () => {
        resolve();
      })
      .once('error', () => {
        resolve();
      }),
  );
  while (!(await listens(port))) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error(`nginx did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { address: `http://127.0.0.1:${port}`, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  await ended;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      })
      .once('error', () => {
        resolve(false);
      });
  });
}
