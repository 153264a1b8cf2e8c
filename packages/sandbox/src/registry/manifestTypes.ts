/** Media types of one image. */
export const imageTypes: readonly string[] = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Media types of a list of images, one for each platform. */
export const indexTypes: readonly string[] = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/** What a manifest names. */
export interface ManifestContent {
  /** Config and layers, of an image. */
  blobs: readonly string[];
  /** Manifests, of an index. */
  manifests: readonly string[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Digests of descriptors; undefined when one is none. Layers that live elsewhere need not be here. */
function digests(descriptors: unknown): string[] | undefined {
  if (!Array.isArray(descriptors)) return undefined;
  const found: string[] = [];
  for (const each of descriptors) {
    if (!isObject(each) || typeof each.digest !== 'string') return undefined;
    if (!Array.isArray(each.urls)) found.push(each.digest);
  }
  return found;
}

/** Reads a manifest of a media type; undefined when it is none. */
export function readManifest(
  bytes: Buffer,
  type: string,
): ManifestContent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
  if (!isObject(value) || value.schemaVersion !== 2) return undefined;
  if (value.mediaType !== undefined && value.mediaType !== type) {
    return undefined;
  }
  if (imageTypes.includes(type)) {
    const layers = digests(value.layers);
    const config = digests([value.config]);
    return layers && config
      ? { blobs: [...config, ...layers], manifests: [] }
      : undefined;
  }
  if (!indexTypes.includes(type)) return undefined;
  const manifests = digests(value.manifests);
  return manifests && { blobs: [], manifests };
}
