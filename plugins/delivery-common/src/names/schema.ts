import { namingSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { objectKeySchema } from '../objects';

/** Whether a name can be used, in one system. @public */
export const nameCheckSchema = z.object({
  /** What it would be, such as `GitLab project`. */
  what: z.string(),
  name: z.string(),
  state: z.enum(['free', 'taken', 'unknown']),
  /** What is there, or why it is not known. */
  reason: z.string().optional(),
});

/** @public */
export type NameCheck = z.infer<typeof nameCheckSchema>;

/**
 * Answer of `GET /api/delivery/service-names?cluster&namespace&app&host`: what
 * belongs to a service by its annotations or the convention, and which of that
 * is free. Keys in Consul are the configuration centre's to check.
 *
 * @public
 */
export const serviceNamesSchema = namingSchema.extend({
  /** Repository of images with the registry's host; undefined without a registry. */
  imageRepository: z.string().optional(),
  system: z.string(),
  /** Name of the namespace's environment. */
  environment: z.string(),
  isProtected: z.boolean(),
  /** Where people find the project, once it is there. */
  repositoryUrl: z.string().optional(),
  checks: z.array(nameCheckSchema),
});

/** @public */
export type ServiceNamesResponse = z.infer<typeof serviceNamesSchema>;

/**
 * Answer of `GET /api/delivery/source-groups`: where projects can be made.
 *
 * @public
 */
export const sourceGroupsSchema = z.object({
  /** Host of GitLab as addresses of repositories have it. */
  host: z.string(),
  groups: z.array(z.object({ path: z.string(), name: z.string() })),
});

/** @public */
export type SourceGroups = z.infer<typeof sourceGroupsSchema>;

/** Answer of `GET /api/delivery/service-images/:tag?cluster&namespace&app`. @public */
export const serviceImageSchema = z.object({
  /** With host and tag. */
  image: z.string(),
  state: z.enum(['exists', 'absent', 'unknown']),
  digest: z.string().optional(),
  /** Commit that it was built from. */
  revision: z.string().optional(),
  reason: z.string().optional(),
});

/** @public */
export type ServiceImage = z.infer<typeof serviceImageSchema>;

/**
 * Answer of `GET /api/delivery/service-inventory?cluster&namespace&app`: what
 * there is of a service.
 *
 * @public
 */
export const serviceInventorySchema = z.object({
  /** In the order in which they are taken away. */
  objects: z.array(objectKeySchema),
  /** Kinds that could not be listed, with the reason. */
  unknown: z.array(z.object({ what: z.string(), reason: z.string() })),
  job: z.string().optional(),
  project: z.string().optional(),
  /** Ref of the component in the catalog. */
  entityRef: z.string().optional(),
});

/** @public */
export type ServiceInventory = z.infer<typeof serviceInventorySchema>;

/** Input of `create-image-project`. @public */
export { servicePlaceSchema as createImageProjectInputSchema } from '../builds';
