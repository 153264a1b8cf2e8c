import type {
  NamespaceObject,
  ServiceObject,
  WorkloadObject,
} from '@orrery/backstage-plugin-mesh-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import { z } from 'zod';

const labelsSchema = z.record(z.string(), z.string());
const labelledSchema = z.object({
  labels: labelsSchema.optional(),
  annotations: labelsSchema.optional(),
});

const workloadSchema = z.object({
  spec: z.object({
    replicas: z.number().optional(),
    template: z.object({ metadata: labelledSchema.optional() }),
  }),
  status: z
    .object({
      availableReplicas: z.number().optional(),
      readyReplicas: z.number().optional(),
      desiredNumberScheduled: z.number().optional(),
      numberAvailable: z.number().optional(),
    })
    .optional(),
});

const serviceSchema = z.object({
  spec: z.object({
    selector: labelsSchema.optional(),
    ports: z
      .array(
        z.object({
          name: z.string().optional(),
          appProtocol: z.string().optional(),
        }),
      )
      .optional(),
  }),
});

const RATE = 'health.kiali.io/rate';
const WAYPOINT = 'istio.io/use-waypoint';

/**
 * How pods of a template join the mesh: the pod's own label wins over its
 * namespace's, as in Istio's injector and CNI.
 */
function dataPlaneOf(
  template: z.infer<typeof labelledSchema>,
  namespace: KubernetesObject | undefined,
): WorkloadObject['dataPlane'] {
  const labels = template.labels ?? {};
  const inherited = namespace?.metadata.labels ?? {};
  const inject =
    labels['sidecar.istio.io/inject'] ??
    template.annotations?.['sidecar.istio.io/inject'];
  const isGateway =
    template.annotations?.['inject.istio.io/templates']?.includes('gateway') ||
    labels.istio?.endsWith('gateway') ||
    'gateway.networking.k8s.io/gateway-name' in labels;
  if (isGateway || inject === 'true') {
    // A gateway is a proxy itself.
    return 'sidecar';
  }
  if (
    inject !== 'false' &&
    (inherited['istio-injection'] === 'enabled' ||
      inherited['istio.io/rev'] !== undefined ||
      labels['istio.io/rev'] !== undefined)
  ) {
    return 'sidecar';
  }
  const mode =
    labels['istio.io/dataplane-mode'] ?? inherited['istio.io/dataplane-mode'];
  return mode === 'ambient' ? 'ambient' : 'none';
}

/** The revision that injects pods of a template; `default` where a namespace only enables injection. */
function revisionOf(
  template: z.infer<typeof labelledSchema>,
  namespace: KubernetesObject | undefined,
): string | undefined {
  const inherited = namespace?.metadata.labels ?? {};
  return (
    template.labels?.['istio.io/rev'] ??
    inherited['istio.io/rev'] ??
    (inherited['istio-injection'] === 'enabled' ? 'default' : undefined)
  );
}

/** What the mesh wants to know of a namespace. */
export function readNamespace(object: KubernetesObject): NamespaceObject {
  const { name, labels, annotations } = object.metadata;
  return {
    name,
    revision: revisionOf({}, object),
    healthRate: annotations?.[RATE],
    waypoint: labels?.[WAYPOINT],
  };
}

/** Reads Deployments, StatefulSets or DaemonSets; what has no pod template is left out. */
export function readWorkloads(
  kind: string,
  objects: readonly KubernetesObject[],
  namespaces: ReadonlyMap<string, KubernetesObject>,
): WorkloadObject[] {
  return objects.flatMap(object => {
    const parsed = workloadSchema.safeParse(object);
    const { name, namespace = '' } = object.metadata;
    if (!parsed.success) {
      return [];
    }
    const { spec, status } = parsed.data;
    const template = spec.template.metadata ?? {};
    return [
      {
        kind,
        namespace,
        name,
        labels: template.labels ?? {},
        desired: status?.desiredNumberScheduled ?? spec.replicas ?? 1,
        available:
          status?.numberAvailable ??
          status?.availableReplicas ??
          (kind === 'StatefulSet' ? status?.readyReplicas ?? 0 : 0),
        dataPlane: dataPlaneOf(template, namespaces.get(namespace)),
        revision: revisionOf(template, namespaces.get(namespace)),
        healthRate: object.metadata.annotations?.[RATE],
        waypoint: template.labels?.[WAYPOINT],
      },
    ];
  });
}

export function readService(object: KubernetesObject): ServiceObject {
  const { name, namespace = '' } = object.metadata;
  const parsed = serviceSchema.safeParse(object);
  const spec = parsed.success ? parsed.data.spec : {};
  return {
    namespace,
    name,
    selector: spec.selector,
    healthRate: object.metadata.annotations?.[RATE],
    waypoint: object.metadata.labels?.[WAYPOINT],
    ports: (spec.ports ?? []).flatMap(port =>
      [port.name, port.appProtocol]
        .filter(text => text !== undefined)
        .map(text => text.toLocaleLowerCase('en-US')),
    ),
  };
}
