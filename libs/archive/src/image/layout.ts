import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { ImageError } from './errors.ts';
import type { TarMember } from './tar-index.ts';

export interface Layer extends TarMember {
  /** How errors and progress call it. */
  readonly name: string;
  /** sha256 of the bytes as they lie there, hexadecimal; null where the image does not say. */
  readonly digest: string | null;
  /** sha256 of the tar, uncompressed. */
  readonly diffId: string;
}

export interface Image {
  /** sha256 of its configuration, as container engines name it. */
  readonly id: string;
  readonly architecture: string;
  readonly layers: readonly Layer[];
}

interface Descriptor {
  mediaType?: unknown;
  digest?: unknown;
  platform?: { os?: unknown; architecture?: unknown };
  annotations?: Record<string, unknown>;
}

const MOST_JSON_BYTES = 4 * 1024 * 1024;
const MOST_LAYERS = 500;
const SHA256 = /^sha256:([0-9a-f]{64})$/;

/** Of this machine, as images name it. */
const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;

/** Reads what an archive of `docker save` or of the OCI's layout says of its image. */
export class ImageLayout {
  readonly #file: FileHandle;
  readonly #members: ReadonlyMap<string, TarMember>;

  constructor(file: FileHandle, members: ReadonlyMap<string, TarMember>) {
    this.#file = file;
    this.#members = members;
  }

  /** @param tag which image, where the archive holds several. Throws {@link ImageError}. */
  async image(tag: string | null): Promise<Image> {
    if (this.#members.has('manifest.json')) return this.#docker(tag);
    if (this.#members.has('index.json')) return this.#oci(tag);
    throw new ImageError('it has neither manifest.json (docker save) nor index.json (OCI): it is no image');
  }

  async #docker(tag: string | null): Promise<Image> {
    const images =
      await this.#json<{ Config?: unknown; RepoTags?: unknown; Layers?: unknown }[]>('manifest.json');
    if (!Array.isArray(images)) throw new ImageError('its manifest.json is not a list');
    const image = choose(images, tag, ({ RepoTags }) => strings(RepoTags));
    const config = typeof image.Config === 'string' ? image.Config : '';
    const hex = /([0-9a-f]{64})(\.json)?$/.exec(config)?.[1];
    if (hex === undefined) throw new ImageError('its manifest.json names no configuration');
    const layers = strings(image.Layers).map((name) => ({
      name,
      ...this.#member(name),
      digest: /^blobs\/sha256\/([0-9a-f]{64})$/.exec(name)?.[1] ?? null,
    }));
    return this.#withConfig(hex, await this.#json(config, hex), layers);
  }

  async #oci(tag: string | null): Promise<Image> {
    let { manifests } = await this.#json<{ manifests?: Descriptor[] }>('index.json');
    for (let depth = 0; depth < 4; depth += 1) {
      const fitting = (Array.isArray(manifests) ? manifests : []).filter(
        ({ platform }) =>
          platform === undefined || (platform.os === 'linux' && platform.architecture === ARCHITECTURE),
      );
      const found = choose(fitting, depth === 0 ? tag : null, ({ annotations = {} }) =>
        strings([annotations['org.opencontainers.image.ref.name'], annotations['io.containerd.image.name']]),
      );
      const manifest = await this.#blob<{
        manifests?: Descriptor[];
        config?: Descriptor;
        layers?: Descriptor[];
      }>(found);
      if (manifest.manifests === undefined) {
        const layers = (Array.isArray(manifest.layers) ? manifest.layers : []).map((layer) => {
          const digest = hexOf(layer);
          return { name: digest.slice(0, 12), ...this.#member(`blobs/sha256/${digest}`), digest };
        });
        return this.#withConfig(hexOf(manifest.config), await this.#blob(manifest.config), layers);
      }
      ({ manifests } = manifest);
    }
    throw new ImageError('its indexes refer to each other without end');
  }

  #withConfig(id: string, config: unknown, layers: readonly Omit<Layer, 'diffId'>[]): Image {
    const { rootfs, architecture } = config as { rootfs?: { diff_ids?: unknown }; architecture?: unknown };
    const diffIds = strings(rootfs?.diff_ids);
    if (layers.length === 0 || layers.length > MOST_LAYERS || diffIds.length !== layers.length)
      throw new ImageError(
        `it has ${layers.length} layers, and its configuration speaks of ${diffIds.length}`,
      );
    if (architecture !== undefined && architecture !== ARCHITECTURE)
      throw new ImageError(
        `it is for ${typeof architecture === 'string' ? architecture : 'an unknown machine'}, and this machine is ${ARCHITECTURE}`,
      );
    return {
      id,
      architecture: ARCHITECTURE,
      layers: layers.map((layer, at) => ({ ...layer, diffId: hexOf({ digest: diffIds[at] }) })),
    };
  }

  #member(name: string): TarMember {
    const member = this.#members.get(name);
    if (!member) throw new ImageError(`${name} is missing in it`);
    return member;
  }

  #blob<T>(descriptor: Descriptor | undefined): Promise<T> {
    const hex = hexOf(descriptor);
    return this.#json(`blobs/sha256/${hex}`, hex);
  }

  async #json<T>(name: string, sha256?: string): Promise<T> {
    const { offset, size } = this.#member(name);
    if (size > MOST_JSON_BYTES) throw new ImageError(`${name} in it has more than 4 MiB`);
    const bytes = Buffer.alloc(size);
    await this.#file.read(bytes, 0, size, offset);
    if (sha256 !== undefined && createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new ImageError(`${name} is not what its digest says: the archive is damaged or was changed`);
    try {
      const value: unknown = JSON.parse(bytes.toString('utf8'));
      if (typeof value === 'object' && value !== null) return value as T;
    } catch {
      // Told below.
    }
    throw new ImageError(`${name} in it is not JSON`);
  }
}

function hexOf(descriptor: Descriptor | undefined): string {
  const [, hex] = SHA256.exec(String(descriptor?.digest)) ?? [];
  if (hex === undefined) throw new ImageError('it refers to a part by something else than a sha256');
  return hex;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function choose<T>(images: readonly T[], tag: string | null, names: (image: T) => string[]): T {
  const all = images.flatMap(names).join(', ') || 'images without names';
  const fitting = tag === null ? images : images.filter((image) => names(image).includes(tag));
  const [only, more] = fitting;
  if (only === undefined)
    throw new ImageError(`it holds no such image for ${ARCHITECTURE} (it holds: ${all})`);
  if (more !== undefined) throw new ImageError(`it holds several images; name one of them by --tag: ${all}`);
  return only;
}
