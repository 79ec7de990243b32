/** Container images for tests, made of layers that are tars. */
import { createHash } from 'node:crypto';
import { packTar, type Entry } from './index.ts';

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const HERE = process.arch === 'x64' ? 'amd64' : process.arch;

function configOf(layers: readonly Buffer[], architecture: string): string {
  const diff_ids = layers.map((layer) => `sha256:${sha256(layer)}`);
  return JSON.stringify({ architecture, os: 'linux', rootfs: { type: 'layers', diff_ids } });
}

export interface DockerImageOptions {
  architecture?: string;
  tag?: string;
  /** A second image of the same archive. */
  also?: { layers: readonly Buffer[]; tag: string };
}

/** As `docker save` of old writes it: the manifest last. */
export function dockerImage(layers: readonly Buffer[], options: DockerImageOptions = {}): Promise<Buffer> {
  const { architecture = HERE, tag = 'test:1', also } = options;
  const entries: Entry[] = [];
  const images = [{ layers, tag }, ...(also ? [also] : [])].map((image) => {
    const config = configOf(image.layers, architecture);
    const Config = `${sha256(config)}.json`;
    entries.push({ name: Config, content: config });
    const Layers = image.layers.map((layer, at) => {
      const name = `${sha256(layer).slice(0, 12)}-${at}/layer.tar`;
      entries.push({ name, content: layer });
      return name;
    });
    return { Config, RepoTags: [image.tag], Layers };
  });
  return packTar([...entries, { name: 'manifest.json', content: JSON.stringify(images) }]);
}

/** As `skopeo copy … oci-archive:` writes it; `compress` makes a layer's blob. */
export function ociImage(
  layers: readonly Buffer[],
  compress: (layer: Buffer) => Buffer = (layer) => layer,
): Promise<Buffer> {
  const blobs = new Map<string, Buffer>();
  const put = (bytes: Buffer, mediaType: string): Record<string, unknown> => {
    blobs.set(sha256(bytes), bytes);
    return { mediaType, digest: `sha256:${sha256(bytes)}`, size: bytes.length };
  };
  const manifest = put(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        config: put(Buffer.from(configOf(layers, HERE)), 'application/vnd.oci.image.config.v1+json'),
        layers: layers.map((layer) => put(compress(layer), 'application/vnd.oci.image.layer.v1.tar')),
      }),
    ),
    'application/vnd.oci.image.manifest.v1+json',
  );
  const other = {
    ...manifest,
    digest: `sha256:${sha256('other')}`,
    platform: { os: 'linux', architecture: 's390x' },
  };
  const here = { ...manifest, platform: { os: 'linux', architecture: HERE } };
  const nested = put(
    Buffer.from(JSON.stringify({ manifests: [other, here] })),
    'application/vnd.oci.image.index.v1+json',
  );
  return packTar([
    { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    { name: 'index.json', content: JSON.stringify({ schemaVersion: 2, manifests: [nested] }) },
    ...[...blobs].map(([hex, content]) => ({ name: `blobs/sha256/${hex}`, content })),
  ]);
}
