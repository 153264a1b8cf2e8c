import {
  flaggerGateTypeSchema,
  templateParts,
  type CanaryObject,
  type FlaggerGate,
  type FlaggerWorkload,
} from '@orrery/backstage-plugin-delivery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';

/** Where our hooks are; a Canary whose webhooks point there waits for people here. */
export const HOOKS_PATH = '/hooks/flagger/';

const numberOf = (of: unknown, name: string): number | undefined => {
  const value =
    typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
  return typeof value === 'number' ? value : undefined;
};

/** One of the two Deployments of a Canary. */
export function flaggerWorkload(
  deployment: KubernetesObject | undefined,
): FlaggerWorkload | undefined {
  if (!deployment) {
    return undefined;
  }
  const { labels, containers, selector } = templateParts(deployment);
  const image = containers[0]?.image;
  return {
    image: typeof image === 'string' ? image : undefined,
    app: labels['service.istio.io/canonical-name'] ?? labels.app,
    podLabels: selector,
    desiredPods: numberOf(deployment.spec, 'replicas'),
    readyPods: numberOf(deployment.status, 'readyReplicas') ?? 0,
  };
}

/** The gates of a Canary that the portal keeps; one that was never asked about is closed. */
export function portalGates(
  { spec }: CanaryObject,
  known: readonly FlaggerGate[] = [],
): FlaggerGate[] {
  return (spec.analysis.webhooks ?? []).flatMap(({ type, url }) => {
    const gate = flaggerGateTypeSchema.safeParse(type);
    if (!gate.success || !url?.includes(`/api/delivery${HOOKS_PATH}`)) {
      return [];
    }
    return [
      known.find(candidate => candidate.type === gate.data) ?? {
        type: gate.data,
        isOpen: false,
      },
    ];
  });
}
