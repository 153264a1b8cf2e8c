import { provenanceSchema } from '@orrery/backstage-plugin-orrery-common';
import { z } from 'zod';
import { valueKindSchema } from '../values';

const LONGEST_KEY = 512;

/** Whether any character is one that cannot be seen. */
function hasControl(text: string): boolean {
  return [...text].some(character => (character.codePointAt(0) ?? 0) < 32);
}

/**
 * A key below the prefix of its service, such as `timeouts/upstream`. Dots as
 * a whole segment are refused: they would be resolved in addresses.
 *
 * @public
 */
export const configKeySchema = z
  .string()
  .min(1)
  .max(LONGEST_KEY)
  .refine(
    key =>
      !key.startsWith('/') &&
      !hasControl(key) &&
      key.split('/').every(segment => segment !== '.' && segment !== '..'),
    'a key below the prefix, such as timeouts/upstream: no slash at its start, no . or .. as a segment, no control characters',
  );

/** Ref of the service whose prefix is meant: `cluster/namespace/service/app`. @public */
export const serviceRefSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][\w.-]*\/[a-z0-9][-a-z0-9]*\/service\/[a-z0-9][-a-z0-9]*$/,
    'the ref of a service: cluster/namespace/service/app',
  );

/** One key, without its value. @public */
export const configEntrySchema = z.object({
  key: z.string(),
  kind: valueKindSchema,
  bytes: z.number().int(),
  /** Consul's index of the last change; the precondition of the next one. */
  modifyIndex: z.number().int(),
  createIndex: z.number().int(),
  /** Part of the value is a secret, and masked wherever it is shown. */
  hasSecret: z.boolean(),
  /** Id of the session that holds the key as a lock. */
  lockedBy: z.string().optional(),
  /** The beginning of the first line, masked. */
  excerpt: z.string(),
  /** How many things are wrong with it, by its kind or by the schema. */
  problems: z.number().int(),
  /** The value, masked; only where values were asked for, and it is text. */
  text: z.string().optional(),
});

/** @public */
export type ConfigEntry = z.infer<typeof configEntrySchema>;

/** Answer of `GET /tree`, and the event `snapshot` of `GET /stream`. @public */
export const configTreeSchema = z.object({
  service: z.string(),
  prefix: z.string(),
  /** In the order of their keys. */
  entries: z.array(configEntrySchema),
  /** What is wrong with the schema that the prefix declares. */
  schemaProblem: z.string().optional(),
  /** Keys that the schema wants and that are not there. */
  missingKeys: z.array(z.string()),
  provenance: provenanceSchema,
});

/** @public */
export type ConfigTree = z.infer<typeof configTreeSchema>;

/** Answer of `GET /value`, and of `POST /reveal` without the mask. @public */
export const configValueSchema = z.object({
  entry: configEntrySchema,
  /** Absent for what is no text. */
  text: z.string().optional(),
  /** True where secrets are masked in `text`; it must not be written so. */
  isMasked: z.boolean(),
});

/** @public */
export type ConfigValue = z.infer<typeof configValueSchema>;

/** Body of `POST /reveal`. @public */
export const revealRequestSchema = z.object({
  service: serviceRefSchema,
  key: configKeySchema,
  reason: z.string().trim().max(500).optional(),
});

/** A service that has keys. @public */
export const configPrefixSchema = z.object({
  service: z.string(),
  namespace: z.string(),
  app: z.string(),
  prefix: z.string(),
});

/** @public */
export type ConfigPrefix = z.infer<typeof configPrefixSchema>;

/** Answer of `GET /prefixes`. @public */
export const configPrefixesSchema = z.object({
  prefixes: z.array(configPrefixSchema),
  /** Where people open Consul’s own pages; absent where nobody said. */
  publicUrl: z.string().optional(),
  provenance: provenanceSchema,
});

/** @public */
export type ConfigPrefixes = z.infer<typeof configPrefixesSchema>;

/** Answer of `GET /prefixes/check`. @public */
export const prefixCheckSchema = z.object({
  prefix: z.string(),
  state: z.enum(['free', 'taken']),
  /** How many keys are there. */
  keys: z.number().int(),
});

/** @public */
export type PrefixCheck = z.infer<typeof prefixCheckSchema>;

/** Who reads a prefix, as far as it can be told. @public */
export const configReadersSchema = z.object({
  readers: z.array(
    z.object({
      /** Ref of the workload. */
      ref: z.string(),
      /** From what it is told, in words. */
      because: z.string(),
      /** False where nothing but its name says so. */
      isDeclared: z.boolean(),
    }),
  ),
  provenance: provenanceSchema,
});

/** @public */
export type ConfigReaders = z.infer<typeof configReadersSchema>;

/** Answer of `GET /token`: the token of a service, without itself. @public */
export const configTokenSchema = z.object({
  /** `broken` where Consul and the Secret do not agree. */
  state: z.enum(['none', 'present', 'broken', 'unknown']),
  /** Name of the Secret that holds it, or would. */
  secret: z.string(),
  accessor: z.string().optional(),
  /** Why it is broken or unknown. */
  reason: z.string().optional(),
});

/** @public */
export type ConfigToken = z.infer<typeof configTokenSchema>;
