import { unpackImage, type UnpackedImage } from '@arena/archive/image';
import { parse, type Command } from '../command.ts';
import { EXIT } from '../program.ts';
import { UsageError } from '../usage.ts';
import { out } from '../terminal/out.ts';

const HELP = `Unpacks a container image to a folder, as the root file system of another runtime. No container engine is needed.

usage: arena runtime unpack [--tag NAME] [--json] IMAGE FOLDER

  IMAGE    an archive of one image, as docker save, podman save or skopeo write it: docker's layout or the OCI's, .tar
           or .tar.gz, with layers that are plain, gzip or zstd
  FOLDER   where its root goes; must not be there yet, or be empty
  --tag    which image, where the archive holds several
  --json   one JSON document on standard output

Every digest is checked. Owners, set-user-id bits and devices are not kept, and everything can be read by every agent: make
no image with secrets in it. No rights are needed but to write FOLDER: do not run it as root where the worker does not.
A run that was cut off leaves FOLDER.partial-…, which may be removed.

Then name the folder in the file of the worker's ARENA_RUNTIME_ROOTS (docs/OPERATING.md).

Exit code: 0 if it is unpacked, 1 if not, 2 for a wrong call.

  docker save my/torch:1 -o torch.tar
  arena runtime unpack torch.tar /srv/arena/torch`;

const MIB = 1024 * 1024;

/** A bar that is rewritten in place on a terminal, and a line every tenth elsewhere. */
function bar(): (done: number, total: number) => void {
  let told = -1;
  return (done, total) => {
    const percent = Math.floor((done / Math.max(1, total)) * 100);
    const step = process.stderr.isTTY ? percent : Math.floor(percent / 10) * 10;
    if (step === told) return;
    told = step;
    const drawn = '█'.repeat(Math.floor(percent / 5)).padEnd(20, '░');
    const line = `${drawn} ${percent} %  ${Math.floor(done / MIB)} of ${Math.ceil(total / MIB)} MiB`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    if (done >= total && process.stderr.isTTY) process.stderr.write('\n');
  };
}

function told(folder: string, { id, layers, entries, bytes, leftOut }: UnpackedImage): string {
  const size = `${Math.ceil(bytes / MIB)} MiB in ${entries} entries of ${layers} ${layers === 1 ? 'layer' : 'layers'}`;
  const devices = leftOut > 0 ? `, ${leftOut} devices and pipes left out` : '';
  return `${folder}: image ${id.slice(0, 12)}, ${size}${devices}`;
}

export const UNPACK: Command = {
  name: 'unpack',
  summary: 'unpack a container image to a folder, the root of another runtime',
  help: HELP,
  async run(args) {
    const { values, positionals } = parse(args, {
      tag: { type: 'string' },
      json: { type: 'boolean', default: false },
    });
    const [image, folder, ...more] = positionals;
    if (image === undefined || folder === undefined || more.length > 0)
      throw new UsageError('an image and a folder are wanted');
    const unpacked = await unpackImage(image, folder, { tag: values.tag ?? null, onProgress: bar() });
    out(`${values.json ? JSON.stringify({ folder, ...unpacked }) : told(folder, unpacked)}\n`);
    return EXIT.ok;
  },
};
