/** A container image out of this machine's own Python, as docker would save it: nothing has to be downloaded. */
import { spawnSync } from 'node:child_process';
import { lstatSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dockerImage, packTar } from '@arena/archive/testing';

/** What numpy loads, and the shell that starts it. */
const PROBE = `
import json, numpy, numpy.linalg, sys, sysconfig
maps = {line.split()[-1] for line in open("/proc/self/maps") if ".so" in line}
print(json.dumps({"files": sorted(maps), "stdlib": sysconfig.get_path("stdlib"), "numpy": numpy.__path__[0]}))
`;

const ONNX_RUNTIME = fileURLToPath(
  new URL(
    `bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime.so.1`,
    new URL('../', import.meta.resolve('onnxruntime-node')),
  ),
);

/** A path with every link on the way to it, parents included; without the leading slash, as tar wants it. */
function withLinks(path: string, found = new Set<string>()): Set<string> {
  const parent = realpathSync(dirname(path));
  const place = join(parent, basename(path));
  found.add(place.slice(1));
  if (lstatSync(place).isSymbolicLink()) withLinks(resolve(parent, readlinkSync(place)), found);
  return found;
}

/** Names that programs ask for, which lead to the files by links. */
function asked(program: string): string[] {
  const { stdout } = spawnSync('/usr/bin/ldd', [program], { encoding: 'utf8' });
  return [...stdout.matchAll(/(?:=> |^\s)(\/\S+)/gm)].map(([, path = '']) => path);
}

/** @param more files of a second layer: path → content */
export async function pythonImage(folder: string, more: Readonly<Record<string, string>>): Promise<Buffer> {
  const probed = spawnSync('/usr/bin/python3', ['-s', '-E', '-c', PROBE], { encoding: 'utf8' });
  const { files, stdlib, numpy } = JSON.parse(probed.stdout) as Record<'stdlib' | 'numpy', string> & {
    files: string[];
  };
  const programs = ['/bin/sh', '/usr/bin/python3'];
  // beside Python's libraries those of the platform's Node and ONNX Runtime, which run models
  const loading = [...programs, ...files, process.execPath, ONNX_RUNTIME];
  const needed = [...programs, ...files, ...loading.flatMap(asked)];
  const list = new Set(['lib', 'lib64', 'bin'].filter((name) => lstatSync(`/${name}`).isSymbolicLink()));
  for (const path of needed) withLinks(path, list);
  for (const path of [stdlib, numpy]) list.add(path.slice(1));
  const layer = join(folder, 'layer.tar');
  const without = ['--exclude=__pycache__', '--exclude=test', '--exclude=tests'];
  const packed = spawnSync('/usr/bin/tar', ['-C', '/', '-cf', layer, ...without, ...list], {
    encoding: 'utf8',
  });
  if (packed.status !== 0) throw new Error(packed.stderr);
  const second = await packTar(Object.entries(more).map(([name, content]) => ({ name, content })));
  const image = await dockerImage([readFileSync(layer), second]);
  rmSync(layer);
  return image;
}
