import { z } from 'zod';

/** An entry as `/v1/kv` and `/v1/txn` write it. */
export const kvSchema = z.object({
  Key: z.string(),
  Value: z.string().nullable(),
  Flags: z.number().default(0),
  LockIndex: z.number().default(0),
  CreateIndex: z.number(),
  ModifyIndex: z.number(),
  Session: z.string().optional(),
});

export const kvListSchema = z.array(kvSchema);

export const transactionSchema = z.object({
  Results: z.array(z.object({ KV: kvSchema.optional() })).nullable(),
});

export const transactionErrorsSchema = z.object({
  Errors: z.array(z.object({ OpIndex: z.number(), What: z.string() })),
});

export const policySchema = z.object({
  ID: z.string(),
  Name: z.string(),
  Description: z.string().default(''),
  Rules: z.string().default(''),
});

const linksSchema = z
  .array(z.object({ ID: z.string(), Name: z.string().default('') }))
  .nullish()
  .transform(links => links ?? []);

/** A token as lists have it: newer versions tell its secret there too, which is dropped here. */
export const tokenStubSchema = z.object({
  AccessorID: z.string(),
  Description: z.string().default(''),
  Policies: linksSchema,
  Roles: linksSchema,
  ServiceIdentities: z.array(z.unknown()).nullish(),
  NodeIdentities: z.array(z.unknown()).nullish(),
});

/** A token of Consul's ACL without its secret. */
export type ConsulTokenStub = z.infer<typeof tokenStubSchema>;

export const tokenSchema = tokenStubSchema.extend({ SecretID: z.string() });

/** A token with its secret: never logged, shown or kept. */
export type ConsulToken = z.infer<typeof tokenSchema>;

/** A policy of Consul's ACL. */
export type ConsulPolicy = z.infer<typeof policySchema>;

/** One key of Consul. */
export type ConsulEntry = {
  key: string;
  /** Absent for what is no UTF-8. */
  text?: string;
  bytes: number;
  flags: number;
  createIndex: number;
  modifyIndex: number;
  session?: string;
};

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Buffer): string | undefined {
  try {
    const text = decoder.decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** An entry with its value decoded. */
export function readKv(kv: z.infer<typeof kvSchema>): ConsulEntry {
  const bytes = Buffer.from(kv.Value ?? '', 'base64');
  const text = textOf(bytes);
  return {
    key: kv.Key,
    ...(text !== undefined && { text }),
    bytes: bytes.length,
    flags: kv.Flags,
    createIndex: kv.CreateIndex,
    modifyIndex: kv.ModifyIndex,
    ...(kv.Session && { session: kv.Session }),
  };
}
