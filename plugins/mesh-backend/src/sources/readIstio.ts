import {
  effectsOf,
  type IstioObject,
  type PeerAuthenticationObject,
} from '@orrery/backstage-plugin-mesh-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';

const labelsSchema = z.record(z.string(), z.string());
const destinationsSchema = z
  .array(
    z.object({
      route: z
        .array(
          z.object({
            destination: z.object({ host: z.string().optional() }).optional(),
          }),
        )
        .optional(),
    }),
  )
  .optional();

const specSchema = z.object({
  hosts: z.array(z.string()).optional(),
  host: z.string().optional(),
  exportTo: z.array(z.string()).optional(),
  servers: z
    .array(z.object({ hosts: z.array(z.string()).optional() }))
    .optional(),
  http: destinationsSchema,
  tcp: destinationsSchema,
  tls: destinationsSchema,
  /** A Gateway's is the labels themselves, a policy's wraps them. */
  selector: z
    .union([
      z.object({ matchLabels: labelsSchema.optional() }).strict(),
      labelsSchema,
    ])
    .optional(),
  workloadSelector: z.object({ labels: labelsSchema.optional() }).optional(),
  /** Of a WorkloadEntry: the labels that its machine has. */
  labels: labelsSchema.optional(),
  targetRefs: z
    .array(z.object({ kind: z.string().optional(), name: z.string() }))
    .optional(),
  parentRefs: z
    .array(
      z.object({
        kind: z.string().optional(),
        name: z.string(),
        namespace: z.string().optional(),
      }),
    )
    .optional(),
});

type Spec = z.infer<typeof specSchema>;

/** Kinds that apply to pods: of their selector, else of their namespace. */
const ABOUT_PODS = new Set([
  'AuthorizationPolicy',
  'EnvoyFilter',
  'PeerAuthentication',
  'RequestAuthentication',
  'Sidecar',
  'Telemetry',
]);

/** Gateways write hosts as `namespace/host`, where the namespace is that of VirtualServices. */
function withoutNamespace(host: string): string {
  return host.slice(host.indexOf('/') + 1);
}

function hostsOf(kind: string, spec: Spec): string[] {
  if (kind === 'Gateway') {
    return (spec.servers ?? [])
      .flatMap(server => server.hosts ?? [])
      .map(withoutNamespace);
  }
  const routes = [spec.http, spec.tcp, spec.tls].flatMap(
    list => list?.flatMap(({ route }) => route ?? []) ?? [],
  );
  return [
    ...(spec.hosts ?? []),
    ...(spec.host ? [spec.host] : []),
    ...routes.flatMap(({ destination }) => destination?.host ?? []),
    ...[...(spec.targetRefs ?? []), ...(spec.parentRefs ?? [])]
      .filter(reference => reference.kind === 'Service')
      .map(reference => reference.name),
  ];
}

function selectorOf(
  kind: string,
  spec: Spec,
): Readonly<Record<string, string>> | undefined {
  if (kind === 'WorkloadEntry') {
    return spec.labels;
  }
  if (spec.workloadSelector) {
    return spec.workloadSelector.labels;
  }
  const { selector } = spec;
  if (!selector) {
    return undefined;
  }
  if (kind === 'Gateway') {
    return labelsSchema.safeParse(selector).data;
  }
  return labelsSchema.safeParse(Reflect.get(selector, 'matchLabels')).data;
}

/** What an object of Istio or of the Gateway API is about. */
export function readIstioObject(
  kind: string,
  object: KubernetesObject,
): IstioObject {
  const { name, namespace = '' } = object.metadata;
  const parsed = specSchema.safeParse(object.spec ?? {});
  const spec: Spec = parsed.success ? parsed.data : {};
  const effects = effectsOf(kind, object.spec);
  // With targetRefs it is for a waypoint or a service, not for pods.
  const appliesToPods = ABOUT_PODS.has(kind) && spec.targetRefs === undefined;
  return {
    kind,
    namespace,
    name,
    hosts: [...new Set(hostsOf(kind, spec))],
    exportTo: spec.exportTo,
    ...(effects.length > 0 && { effects }),
    selector: selectorOf(kind, spec),
    ...(appliesToPods && { appliesToPods }),
  };
}

const MODES = {
  STRICT: 'strict',
  PERMISSIVE: 'permissive',
  DISABLE: 'disabled',
} as const;

const peerSchema = z.object({
  selector: z.object({ matchLabels: labelsSchema.optional() }).optional(),
  mtls: z.object({ mode: z.string().optional() }).optional(),
});

/** Reads a PeerAuthentication; `UNSET` inherits, as does no mode at all. */
export function readPeerAuthentication(
  object: KubernetesObject,
): PeerAuthenticationObject {
  const { name, namespace = '' } = object.metadata;
  const parsed = peerSchema.safeParse(object.spec ?? {});
  const { selector, mtls } = parsed.success ? parsed.data : {};
  const mode = (Object.keys(MODES) as (keyof typeof MODES)[]).find(
    key => key === mtls?.mode,
  );
  return {
    namespace,
    name,
    selector: selector?.matchLabels,
    mode: mode && MODES[mode],
  };
}
