import { z } from 'zod';
import { hasMask } from '../secrets';
import { LARGEST_VALUE_BYTES } from '../values';
import { configKeySchema, serviceRefSchema } from './keys';

/** Most keys of one transaction: Consul takes 64 operations in any version. @public */
export const MOST_KEYS_AT_ONCE = 60;

/** A value to be written: no larger than Consul takes, and nothing masked. @public */
export const configValueTextSchema = z
  .string()
  .refine(
    text => new TextEncoder().encode(text).length <= LARGEST_VALUE_BYTES,
    `at most ${LARGEST_VALUE_BYTES / 1024} KiB`,
  )
  .refine(
    text => !hasMask(text),
    'the secret itself: the value still has a mask in it',
  );

const modifyIndexSchema = z
  .number()
  .int()
  .min(0)
  .describe(
    'Index of the value that was edited, 0 for a key that must not exist; what others wrote since is a conflict. Absent means the present one.',
  );

/** Input of `set-key`. @public */
export const setKeyInputSchema = z.object({
  service: serviceRefSchema,
  key: configKeySchema,
  value: configValueTextSchema,
  modifyIndex: modifyIndexSchema.optional(),
});

/** @public */
export type SetKeyInput = z.infer<typeof setKeyInputSchema>;

/** Input of `delete-key`. @public */
export const deleteKeyInputSchema = z.object({
  service: serviceRefSchema,
  key: configKeySchema,
  modifyIndex: modifyIndexSchema.optional(),
});

/** @public */
export type DeleteKeyInput = z.infer<typeof deleteKeyInputSchema>;

/** Input of `move-key`. @public */
export const moveKeyInputSchema = deleteKeyInputSchema.extend({
  /** Its new name; there must be no such key. */
  to: configKeySchema,
});

/** @public */
export type MoveKeyInput = z.infer<typeof moveKeyInputSchema>;

/** Input of `restore-key`. @public */
export const restoreKeyInputSchema = z.object({
  service: serviceRefSchema,
  key: configKeySchema,
  /** Id of a change of the history; the key becomes what it was after it. */
  change: z.string().min(1).max(100),
});

/** @public */
export type RestoreKeyInput = z.infer<typeof restoreKeyInputSchema>;

const seedSchema = z.object({
  key: configKeySchema,
  value: configValueTextSchema,
});

/** Input of `copy-keys`: what the person has seen in the other place. @public */
export const copyKeysInputSchema = z.object({
  service: serviceRefSchema,
  /** Where the values come from, for the record. */
  from: serviceRefSchema,
  keys: z
    .array(seedSchema.extend({ modifyIndex: modifyIndexSchema.optional() }))
    .min(1)
    .max(MOST_KEYS_AT_ONCE),
});

/** @public */
export type CopyKeysInput = z.infer<typeof copyKeysInputSchema>;

/** Input of `create-prefix`; what is there already stays as it is. @public */
export const createPrefixInputSchema = z.object({
  service: serviceRefSchema,
  keys: z.array(seedSchema).max(MOST_KEYS_AT_ONCE).default([]),
  /** Whether an ACL policy is made that lets the app read its prefix. */
  policy: z.boolean().default(false),
});

/** @public */
export type CreatePrefixInput = z.infer<typeof createPrefixInputSchema>;

/** Input of `delete-prefix`. @public */
export const deletePrefixInputSchema = z.object({ service: serviceRefSchema });

/** @public */
export type DeletePrefixInput = z.infer<typeof deletePrefixInputSchema>;

/** Input of `create-token`. @public */
export const createTokenInputSchema = z.object({ service: serviceRefSchema });

/** @public */
export type CreateTokenInput = z.infer<typeof createTokenInputSchema>;

/** Input of `delete-token`. @public */
export const deleteTokenInputSchema = z.object({ service: serviceRefSchema });

/** @public */
export type DeleteTokenInput = z.infer<typeof deleteTokenInputSchema>;

const configMapKeySchema = z
  .string()
  .regex(
    /^[-._a-zA-Z0-9]{1,253}$/,
    'a key of a ConfigMap: letters, digits, -, _ and .',
  );

const configMapTargetSchema = z.object({
  /** Ref of the ConfigMap: `cluster/namespace/ConfigMap/name`. */
  configMap: z.string().min(1),
  key: configMapKeySchema,
  /** Whether the workloads that use it are restarted, so that they read it anew. */
  restart: z.boolean().default(true),
  resourceVersion: z.string().optional(),
});

/** Input of `set-config-map-key`. @public */
export const setConfigMapKeyInputSchema = configMapTargetSchema.extend({
  value: configValueTextSchema,
});

/** @public */
export type SetConfigMapKeyInput = z.infer<typeof setConfigMapKeyInputSchema>;

/** Input of `restore-config-map-key`. @public */
export const restoreConfigMapKeyInputSchema = configMapTargetSchema.extend({
  /** Id of a change of the history; the key becomes what it was after it. */
  change: z.string().min(1).max(100),
});

/** @public */
export type RestoreConfigMapKeyInput = z.infer<
  typeof restoreConfigMapKeyInputSchema
>;

/** Input of `delete-config-map-key`. @public */
export const deleteConfigMapKeyInputSchema = configMapTargetSchema;

/** @public */
export type DeleteConfigMapKeyInput = z.infer<
  typeof deleteConfigMapKeyInputSchema
>;
