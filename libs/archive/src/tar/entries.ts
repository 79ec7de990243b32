import { Bytes } from './bytes.ts';
import { TarError } from './errors.ts';
import { BLOCK, decodeHeader, isZero, text, type TarHeader, type TarType } from './header.ts';
import { decodePax, type Extension } from './pax.ts';

/** An entry and its content, which is there until the next entry is asked for; what is left of it is passed over. */
export interface TarEntry extends TarHeader {
  readonly content: AsyncGenerator<Buffer, void>;
}

/** Of an extended header or a long name: paths have 1,024 bytes, and a longer one shall still be refused by its name. */
const MOST_EXTENSION_BYTES = 2 * 2 ** 20;

/** Entries without content, whatever size they tell: programs differ in whether they read it, so nobody is asked to. */
const HOLLOW: ReadonlySet<TarType | null> = new Set<TarType>([
  ...(['directory', 'link', 'symlink', 'character-device', 'block-device', 'fifo'] as const),
]);

/**
 * The entries of a tar, one after another. Strict: it pulls from the source and keeps no state that somebody else has to move
 * on, so that it ends when the source does. `afterEnd`: what may follow the zeros that end a tar. Throws {@link TarError} and
 * the source's errors.
 */
export async function* tarEntries(
  source: AsyncIterable<Uint8Array>,
  { afterEnd }: { afterEnd: 'zeros' | 'anything' },
): AsyncGenerator<TarEntry, void> {
  const bytes = new Bytes(source);
  let global: Extension = {};
  // Of the entry to come.
  let extension: Extension = {};
  try {
    for (;;) {
      const at = bytes.taken;
      const block = await bytes.take(BLOCK);
      if (block.length === 0 || isZero(block)) {
        if (Object.keys(extension).length > 0)
          throw new TarError('an extended header without an entry behind it');
        await finish(bytes, afterEnd);
        return;
      }
      if (block.length < BLOCK) throw new TarError(`it ends within the header at byte ${at}`);
      const header = decodeHeader(block, at);
      const { type } = header;
      if (type === 'pax-global-header') {
        global = { ...global, ...decodePax(await extensionBytes(bytes, header)) };
        continue;
      }
      if (type === 'pax-header') {
        extension = { ...extension, ...decodePax(await extensionBytes(bytes, header)) };
        continue;
      }
      if (type === 'gnu-long-path' || type === 'gnu-long-link-path') {
        const told = text(await extensionBytes(bytes, header));
        extension = { ...extension, ...(type === 'gnu-long-path' ? { name: told } : { linkname: told }) };
        continue;
      }
      const { sparse, ...change } = { ...global, ...extension };
      extension = {};
      const entry = { ...header, ...change, ...(sparse ? { type: null } : {}) };
      yield* one(bytes, entry);
    }
  } finally {
    await bytes.close();
  }
}

async function* one(bytes: Bytes, header: TarHeader): AsyncGenerator<TarEntry, void> {
  const { size, type } = header;
  let left = size;
  const short = (): TarError => new TarError(`it ends within an entry, ${left} bytes early`);
  async function* read(): AsyncGenerator<Buffer, void> {
    while (left > 0) {
      const part = await bytes.some(left);
      if (part === null) throw short();
      left -= part.length;
      yield part;
    }
  }
  const content = read();
  yield { ...header, content };
  // Behind a read that is under way, if there is one.
  await content.return();
  if (size > 0 && HOLLOW.has(type)) throw new TarError(`a ${type ?? ''} with a content of ${size} bytes`);
  left = await bytes.skip(left);
  if (left > 0) throw short();
  const padding = (BLOCK - (size % BLOCK)) % BLOCK;
  if ((await bytes.skip(padding)) > 0) throw new TarError('it ends within the padding of an entry');
}

async function extensionBytes(bytes: Bytes, { size }: TarHeader): Promise<Buffer> {
  if (size > MOST_EXTENSION_BYTES)
    throw new TarError(`an extended header of ${size} bytes; ${MOST_EXTENSION_BYTES} are read at most`);
  const content = await bytes.take(size);
  const padding = (BLOCK - (size % BLOCK)) % BLOCK;
  if (content.length < size || (await bytes.skip(padding)) > 0)
    throw new TarError('it ends within an extended header');
  return content;
}

async function finish(bytes: Bytes, afterEnd: 'zeros' | 'anything'): Promise<void> {
  for (;;) {
    const at = bytes.taken;
    const more = await bytes.some(2 ** 16);
    if (more === null) return;
    if (afterEnd === 'zeros' && !isZero(more))
      throw new TarError(`something follows the tar's end, from byte ${at} on`);
  }
}
