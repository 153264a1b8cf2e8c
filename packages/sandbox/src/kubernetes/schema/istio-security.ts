import { topLevel } from './meta';
import {
  listOf,
  mapOf,
  object,
  oneOf,
  open,
  text,
  type JsonSchema,
} from './schema';

const selector = object({ matchLabels: mapOf(text) });
const targetReference = object({
  group: text,
  kind: text,
  name: text,
  namespace: text,
});

const mutualTls = object({
  mode: oneOf('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'),
});

/** Whether workloads take plain text, TLS or both. */
export const peerAuthentication: JsonSchema = topLevel({
  spec: object({
    selector,
    mtls: mutualTls,
    portLevelMtls: mapOf(mutualTls),
  }),
  status: open,
});

/** Who may call what. */
export const authorizationPolicy: JsonSchema = topLevel({
  spec: object({
    selector,
    targetRef: targetReference,
    targetRefs: listOf(targetReference),
    rules: listOf(
      object({
        from: listOf(open),
        to: listOf(open),
        when: listOf(
          object({ key: text, values: listOf(text), notValues: listOf(text) }, [
            'key',
          ]),
        ),
      }),
    ),
    action: oneOf('ALLOW', 'DENY', 'AUDIT', 'CUSTOM'),
    provider: object({ name: text }),
  }),
  status: open,
});
