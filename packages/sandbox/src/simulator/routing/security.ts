import type { ConfigIndex } from '../live/config';
import type { LiveWorkload } from '../live/model';
import { asRecord, asString, asTextMap } from '../read';

/** Mode in force for a workload: its own PeerAuthentication, else its namespace's, else the mesh's, else PERMISSIVE. */
export function mutualTlsMode(
  config: ConfigIndex,
  workload: LiveWorkload,
): string {
  let ofWorkload: string | undefined;
  let ofNamespace: string | undefined;
  let ofMesh: string | undefined;
  for (const object of config.all('peerauthentications.security.istio.io')) {
    const mode = asString(asRecord(object.spec?.mtls).mode);
    if (!mode || mode === 'UNSET') continue;
    const selector = asTextMap(asRecord(object.spec?.selector).matchLabels);
    const names = Object.keys(selector);
    const here = object.metadata.namespace === workload.namespace;
    if (names.length > 0) {
      if (
        here &&
        names.every(name => workload.labels[name] === selector[name])
      ) {
        ofWorkload = mode;
      }
    } else if (here) ofNamespace = mode;
    else if (object.metadata.namespace === 'istio-system') ofMesh = mode;
  }
  return ofWorkload ?? ofNamespace ?? ofMesh ?? 'PERMISSIVE';
}
