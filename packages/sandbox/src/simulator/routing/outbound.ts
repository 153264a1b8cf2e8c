import type { ConfigIndex } from '../live/config';
import type { LiveWorkload } from '../live/model';
import { asRecord, asString, asTextMap } from '../read';

/**
 * What a sidecar does with hosts that nobody declared, by the Sidecar objects:
 * one that selects the workload, else the namespace's, else the root
 * namespace's, else Istio's default, `ALLOW_ANY`.
 */
export function outboundMode(
  config: ConfigIndex,
  workload: LiveWorkload,
): string {
  let ofWorkload: string | undefined;
  let ofNamespace: string | undefined;
  let ofMesh: string | undefined;
  for (const object of config.all('sidecars.networking.istio.io')) {
    const mode = asString(asRecord(object.spec?.outboundTrafficPolicy).mode);
    if (mode === undefined) continue;
    const selector = Object.entries(
      asTextMap(asRecord(object.spec?.workloadSelector).labels),
    );
    const { namespace } = object.metadata;
    if (selector.length > 0) {
      if (
        namespace === workload.namespace &&
        selector.every(([key, value]) => workload.labels[key] === value)
      ) {
        ofWorkload = mode;
      }
    } else if (namespace === workload.namespace) ofNamespace = mode;
    else if (namespace === 'istio-system') ofMesh = mode;
  }
  return ofWorkload ?? ofNamespace ?? ofMesh ?? 'ALLOW_ANY';
}
