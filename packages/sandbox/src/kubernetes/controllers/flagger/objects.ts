import type { KubernetesObject } from '../../store';
import {
  asNumber,
  asObject,
  asText,
  asTexts,
  sameJson,
  type JsonObject,
} from '../../values';
import type { ControllerContext } from '../context';
import { ownedBy } from '../owner-index';
import { deployments, selectorOf, type CanaryView } from './canary';

const destinationRules = 'destinationrules.networking.istio.io';

function relabelled(value: unknown, label: string, name: string): JsonObject {
  return { ...asObject(value), [label]: name };
}

/** The target's template with the label that selects the primary's pods. */
function primaryTemplate(
  target: KubernetesObject,
  label: string,
  primary: string,
): JsonObject {
  const template = asObject(target.spec?.template);
  const metadata = asObject(template.metadata);
  return {
    ...template,
    metadata: {
      ...metadata,
      labels: relabelled(metadata.labels, label, primary),
    },
  };
}

/** Makes the Deployment that serves, as a copy of the target, when there is none. */
export function ensurePrimary(
  { store, settling }: ControllerContext,
  { canary, namespace, primary }: CanaryView,
  target: KubernetesObject,
): void {
  if (store.get(deployments, namespace, primary)) return;
  const { label } = selectorOf(target);
  const selector = asObject(target.spec?.selector);
  store.put(deployments, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: primary,
      namespace,
      labels: { ...target.metadata.labels, [label]: primary },
      ownerReferences: [ownedBy(canary)],
      ...(settling
        ? { creationTimestamp: target.metadata.creationTimestamp }
        : {}),
    },
    spec: {
      ...target.spec,
      replicas: asNumber(target.spec?.replicas) || 1,
      selector: {
        ...selector,
        matchLabels: relabelled(selector.matchLabels, label, primary),
      },
      template: primaryTemplate(target, label, primary),
    },
  });
}

/** Gives the primary the template of the target. */
export function promoteTarget(
  { store }: ControllerContext,
  { namespace, primary }: CanaryView,
  target: KubernetesObject,
): void {
  const found = store.get(deployments, namespace, primary);
  if (!found) return;
  const { label } = selectorOf(target);
  store.put(deployments, {
    ...found,
    spec: { ...found.spec, template: primaryTemplate(target, label, primary) },
  });
}

/** Gives a Deployment another size. */
export function scaleDeployment(
  { store }: ControllerContext,
  namespace: string,
  name: string,
  replicas: number,
): void {
  const found = store.get(deployments, namespace, name);
  if (found && found.spec?.replicas !== replicas) {
    store.put(deployments, { ...found, spec: { ...found.spec, replicas } });
  }
}

/** Makes or corrects the Service of a name; the apex leads to `selected`. */
export function ensureService(
  { store }: ControllerContext,
  view: CanaryView,
  name: string,
  selector: Record<string, string>,
): void {
  const { canary, namespace } = view;
  const service = asObject(canary.spec?.service);
  const found = store.get('services', namespace, name);
  if (found) {
    if (sameJson(asTexts(found.spec?.selector), selector)) return;
    store.put('services', { ...found, spec: { ...found.spec, selector } });
    return;
  }
  const port = asNumber(service.port) ?? 80;
  store.put('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: { app: name },
      ownerReferences: [ownedBy(canary)],
    },
    spec: {
      type: 'ClusterIP',
      selector,
      ports: [
        {
          name: asText(service.portName) ?? 'http',
          port,
          targetPort: service.targetPort ?? port,
          protocol: 'TCP',
        },
      ],
    },
  });
}

/** Makes the DestinationRules of both sides. */
export function ensureDestinationRules(
  { store }: ControllerContext,
  { canary, namespace, apex }: CanaryView,
): void {
  const { trafficPolicy } = asObject(canary.spec?.service);
  for (const name of [`${apex}-primary`, `${apex}-canary`]) {
    const found = store.get(destinationRules, namespace, name);
    const spec = { host: name, ...(trafficPolicy ? { trafficPolicy } : {}) };
    if (found && sameJson(found.spec, spec)) continue;
    store.put(destinationRules, {
      ...(found ?? {
        apiVersion: 'networking.istio.io/v1beta1',
        kind: 'DestinationRule',
        metadata: { name, namespace, ownerReferences: [ownedBy(canary)] },
      }),
      spec,
    });
  }
}
