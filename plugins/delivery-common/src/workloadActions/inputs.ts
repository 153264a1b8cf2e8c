import { z } from 'zod';

const workload = z
  .string()
  .describe('Workload ref cluster/namespace/Kind/name');
const container = z.string().min(1).optional();

/** Input of `restart-workload`, `pause-workload` and `resume-workload`. @public */
export const workloadInputSchema = z.object({ workload });

/** Input of `deploy-image`. @public */
export const deployImageInputSchema = z.object({
  workload,
  /** Not needed where there is one container besides the mesh's own. */
  container,
  image: z.string().min(1).max(500),
  /** Adds the digest that the registry has for the tag now. */
  pinDigest: z.boolean().default(false),
});

/** Input of `scale-workload`. @public */
export const scaleWorkloadInputSchema = z.object({
  workload,
  replicas: z.number().int().min(0).max(10_000),
});

const quantities = z.record(z.string(), z.string());

/** Input of `set-resources`; what is given replaces the whole of it. @public */
export const setResourcesInputSchema = z.object({
  workload,
  container,
  requests: quantities.optional(),
  limits: quantities.optional(),
});

const port = z.union([
  z.number().int().min(1).max(65_535),
  z.string().min(1).max(15),
]);
const whole = z.number().int().min(1).max(86_400).optional();

/** A probe as Kubernetes has it, with exactly one way to ask. @public */
export const probeSchema = z
  .object({
    httpGet: z
      .object({
        path: z.string().startsWith('/').optional(),
        port,
        scheme: z.enum(['HTTP', 'HTTPS']).optional(),
      })
      .optional(),
    tcpSocket: z.object({ port }).optional(),
    grpc: z
      .object({ port: z.number().int(), service: z.string().optional() })
      .optional(),
    exec: z.object({ command: z.array(z.string()).min(1) }).optional(),
    initialDelaySeconds: z.number().int().min(0).max(86_400).optional(),
    periodSeconds: whole,
    timeoutSeconds: whole,
    successThreshold: whole,
    failureThreshold: whole,
  })
  .refine(
    ({ httpGet, tcpSocket, grpc, exec }) =>
      [httpGet, tcpSocket, grpc, exec].filter(Boolean).length === 1,
    'one of httpGet, tcpSocket, grpc and exec',
  );

/** @public */
export type Probe = z.infer<typeof probeSchema>;

const probeNameSchema = z.enum(['readiness', 'liveness', 'startup']);

/** Input of `set-probes`; probes that are not named stay. @public */
export const setProbesInputSchema = z.object({
  workload,
  container,
  readiness: probeSchema.optional(),
  liveness: probeSchema.optional(),
  startup: probeSchema.optional(),
  remove: z.array(probeNameSchema).default([]),
});

const variableName = z
  .string()
  .regex(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/, 'letters, digits, - _ and .');

/** Input of `set-environment`; variables that are not named stay. @public */
export const setEnvironmentInputSchema = z.object({
  workload,
  container,
  set: z
    .array(z.object({ name: variableName, value: z.string().max(32_768) }))
    .default([]),
  remove: z.array(z.string()).default([]),
});

/** Input of `delete-pod`. @public */
export const deletePodInputSchema = z.object({
  pod: z.string().describe('Pod ref cluster/namespace/Pod/name'),
});

/** Input of `run-cron-job-now`. @public */
export const runCronJobInputSchema = z.object({ workload });

/** Input of `roll-back`. @public */
export const rollBackInputSchema = z.object({
  workload,
  /** Number of the revision to return to. */
  revision: z.number().int().min(1),
});
