import {
  detectKind,
  maskSecrets,
  type ConfigMapView,
} from '@orrery/backstage-plugin-config-center-common';
import { formatRef } from '@orrery/backstage-plugin-orrery-common';
import type { KubernetesObject } from '@orrery/backstage-plugin-orrery-node';
import type { WorkloadWithTemplate } from '../readers/workloadsOf';
import { configMapUse } from './configMapUse';

function textsOf(value: unknown): [string, string][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).map(([key, text]) => [key, String(text)])
    : [];
}

/** The values of a ConfigMap, by key. */
export function dataOf(object: KubernetesObject): Record<string, string> {
  return Object.fromEntries(textsOf(object.data));
}

/** A ConfigMap as it is sent, its secrets masked. */
export function describeConfigMap(
  cluster: string,
  object: KubernetesObject,
  workloads: readonly WorkloadWithTemplate[],
): ConfigMapView {
  const { name, namespace = '', resourceVersion = '' } = object.metadata;
  const refOf = (kind: string, of: string) =>
    formatRef({ type: 'workload', cluster, namespace, kind, name: of });
  const entries = Object.entries(dataOf(object)).map(([key, text]) => {
    const masked = maskSecrets(key, text);
    return {
      key,
      kind: detectKind(key, text),
      bytes: Buffer.byteLength(text),
      hasSecret: masked.isMasked,
      text: masked.text,
    };
  });
  const binary = textsOf(object.binaryData).map(([key, base64]) => ({
    key,
    kind: 'binary' as const,
    bytes: Buffer.from(base64, 'base64').length,
    hasSecret: false,
  }));
  return {
    ref: refOf('ConfigMap', name),
    name,
    isImmutable: object.immutable === true,
    resourceVersion,
    entries: [...entries, ...binary].sort((one, other) =>
      one.key < other.key ? -1 : 1,
    ),
    usedBy: workloads.flatMap(workload => {
      const as = configMapUse(workload).get(name);
      return as === undefined
        ? []
        : [{ ref: refOf(workload.kind, workload.object.metadata.name), as }];
    }),
  };
}
