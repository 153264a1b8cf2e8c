import { digestOf, type RegistryImage } from './images';

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const configType = 'application/vnd.oci.image.config.v1+json';
export const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** An image's config and manifest as they are served, byte for byte. */
export interface ImageDocuments {
  config: string;
  configDigest: string;
  manifest: string;
  manifestDigest: string;
}

/** Labels that say what an image is, by the names of the OCI image specification. */
export function imageLabels(
  { repository, tag, createdAt, revision }: RegistryImage,
  source: string,
): Record<string, string> {
  return {
    'org.opencontainers.image.created': createdAt,
    'org.opencontainers.image.revision': revision,
    'org.opencontainers.image.source': source,
    'org.opencontainers.image.title': repository,
    'org.opencontainers.image.version': tag,
  };
}

/** Digests of an image's layers, the base first. */
export const layersOf = (repository: string, tag: string) =>
  ['base', `${repository}:${tag}`].map(name => digestOf(`layer ${name}`));

/** The documents of an image. Its layers have digests and sizes, but no content. */
export function imageDocuments(
  image: RegistryImage,
  source: string,
): ImageDocuments {
  const { repository, tag, createdAt, revision } = image;
  const [base, own] = layersOf(repository, tag);
  const layers = [
    { digest: base, size: 31_457_280 },
    { digest: own, size: 18_874_368 },
  ];
  const labels = imageLabels(image, `${source}/${repository}`);
  const config = JSON.stringify({
    created: createdAt,
    architecture: 'amd64',
    os: 'linux',
    config: {
      Labels: labels,
      Entrypoint: [`/app/${repository.split('/').at(-1)}`],
    },
    rootfs: {
      type: 'layers',
      diff_ids: layers.map(({ digest }) => digestOf(`diff ${digest}`)),
    },
    history: [{ created: createdAt, created_by: 'COPY app /app' }],
  });
  const configDigest = digestOf(config);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: manifestType,
    config: {
      mediaType: configType,
      digest: configDigest,
      size: Buffer.byteLength(config),
    },
    layers: layers.map(entry => ({ mediaType: layerType, ...entry })),
    annotations: {
      'org.opencontainers.image.created': createdAt,
      'org.opencontainers.image.revision': revision,
    },
  });
  return { config, configDigest, manifest, manifestDigest: digestOf(manifest) };
}
