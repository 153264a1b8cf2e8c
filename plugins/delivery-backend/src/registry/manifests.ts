import { z } from 'zod';

const descriptorSchema = z.object({
  digest: z.string(),
  size: z.number().default(0),
  platform: z
    .object({
      os: z.string().default('unknown'),
      architecture: z.string().default('unknown'),
      variant: z.string().optional(),
    })
    .optional(),
});

/** An image of one platform, or an index of images; by either's media types. */
export const manifestSchema = z.object({
  config: descriptorSchema.optional(),
  layers: z.array(descriptorSchema).optional(),
  manifests: z.array(descriptorSchema).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

/** What an image says about itself. */
export const imageConfigSchema = z.object({
  created: z.string().optional(),
  os: z.string().optional(),
  architecture: z.string().optional(),
  config: z
    .object({ Labels: z.record(z.string(), z.string()).nullish() })
    .optional(),
});

/** Media types that are understood, newest first. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

export const REVISION = 'org.opencontainers.image.revision';
export const CREATED = 'org.opencontainers.image.created';

/** `linux/arm64/v8` */
export function platformOf({
  platform,
}: z.infer<typeof descriptorSchema>): string | undefined {
  // Attestations are listed as images of an unknown platform.
  return platform && platform.os !== 'unknown'
    ? [platform.os, platform.architecture, platform.variant]
        .filter(Boolean)
        .join('/')
    : undefined;
}
