import { z } from 'zod';

/** A name that is fit for DNS (RFC 1123), as Kubernetes wants most of them. @public */
export const dnsLabelSchema = z
  .string()
  .max(63)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'lower case letters, digits and -, with a letter or digit at both ends',
  );

const objectName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'a name of a Kubernetes object');

/** An object as it is written in a manifest. @public */
export const manifestSchema = z
  .object({
    apiVersion: z.string().min(1),
    kind: z.string().min(1),
    metadata: z
      .object({ name: objectName, namespace: z.string().optional() })
      .loose(),
  })
  .loose();

/** @public */
export type Manifest = z.infer<typeof manifestSchema>;

/** Which object, in a namespace that is told beside it. @public */
export const objectKeySchema = manifestSchema
  .pick({ apiVersion: true, kind: true })
  .extend({ name: objectName });

/** @public */
export type ObjectKeyInput = z.infer<typeof objectKeySchema>;

const place = {
  cluster: z.string().min(1),
  namespace: dnsLabelSchema,
  /** The service that they belong to. */
  app: dnsLabelSchema,
};

/** Input of `apply-objects`. @public */
export const applyObjectsInputSchema = z.object({
  ...place,
  objects: z.array(manifestSchema).min(1).max(60),
  /** Seconds that workloads have to become healthy; 0 does not wait. */
  waitSeconds: z.number().int().min(0).max(3600).default(600),
});

/** Input of `delete-objects`; what is gone already is left out. @public */
export const deleteObjectsInputSchema = z.object({
  ...place,
  objects: z.array(objectKeySchema).min(1).max(100),
});
