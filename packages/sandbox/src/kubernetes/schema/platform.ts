import { labelSelector, topLevel } from './meta';
import {
  boolean,
  integer,
  listOf,
  mapOf,
  object,
  open,
  text,
  type JsonSchema,
} from './schema';

const rules = listOf(
  object({
    verbs: listOf(text),
    apiGroups: listOf(text),
    resources: listOf(text),
    resourceNames: listOf(text),
    nonResourceURLs: listOf(text),
  }),
);

export const role: JsonSchema = topLevel({ rules, aggregationRule: open });

export const roleBinding: JsonSchema = topLevel({
  subjects: listOf(
    object({ kind: text, apiGroup: text, name: text, namespace: text }),
  ),
  roleRef: {
    ...object({ apiGroup: text, kind: text, name: text }),
    'x-kubernetes-map-type': 'atomic',
  },
});

const backend = object({
  service: object({
    name: text,
    port: object({ name: text, number: integer }),
  }),
  resource: open,
});

export const ingress: JsonSchema = topLevel({
  spec: object({
    ingressClassName: text,
    defaultBackend: backend,
    tls: listOf(object({ hosts: listOf(text), secretName: text })),
    rules: listOf(
      object({
        host: text,
        http: object({
          paths: listOf(object({ path: text, pathType: text, backend })),
        }),
      }),
    ),
  }),
  status: open,
});

export const networkPolicy: JsonSchema = topLevel({
  spec: object({
    podSelector: labelSelector,
    policyTypes: listOf(text),
    ingress: listOf(open),
    egress: listOf(open),
  }),
});

export const endpointSlice: JsonSchema = topLevel({
  addressType: text,
  endpoints: listOf(open),
  ports: listOf(open),
});

export const lease: JsonSchema = topLevel({
  spec: object({
    holderIdentity: text,
    leaseDurationSeconds: integer,
    acquireTime: text,
    renewTime: text,
    leaseTransitions: integer,
    strategy: text,
    preferredHolder: text,
  }),
});

export const storageClass: JsonSchema = topLevel({
  provisioner: text,
  parameters: mapOf(text),
  reclaimPolicy: text,
  mountOptions: listOf(text),
  allowVolumeExpansion: boolean,
  volumeBindingMode: text,
  allowedTopologies: listOf(open),
});
