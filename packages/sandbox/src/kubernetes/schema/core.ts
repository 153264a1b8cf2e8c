import { conditions, objectReference, topLevel } from './meta';
import {
  boolean,
  integer,
  integerOrText,
  keyedList,
  listOf,
  mapOf,
  object,
  open,
  quantity,
  setOf,
  text,
  time,
  type JsonSchema,
} from './schema';

export const configMap: JsonSchema = topLevel({
  data: mapOf(text),
  binaryData: mapOf(text),
  immutable: boolean,
});

export const secret: JsonSchema = topLevel({
  data: mapOf(text),
  stringData: mapOf(text),
  type: text,
  immutable: boolean,
});

export const serviceAccount: JsonSchema = topLevel({
  secrets: keyedList(['name'], objectReference),
  imagePullSecrets: listOf(object({ name: text })),
  automountServiceAccountToken: boolean,
});

export const namespace: JsonSchema = topLevel({
  spec: object({ finalizers: listOf(text) }),
  status: object({ phase: text, conditions }),
});

export const node: JsonSchema = topLevel({
  spec: object({
    podCIDR: text,
    podCIDRs: setOf(text),
    providerID: text,
    unschedulable: boolean,
    taints: listOf(
      object({ key: text, value: text, effect: text, timeAdded: time }),
    ),
    configSource: open,
    externalID: text,
  }),
  status: {
    ...open,
    properties: {
      conditions,
      addresses: keyedList(['type'], object({ type: text, address: text })),
    },
  },
});

export const service: JsonSchema = topLevel({
  spec: object({
    ports: keyedList(
      ['port', 'protocol'],
      object({
        name: text,
        protocol: text,
        appProtocol: text,
        port: integer,
        targetPort: integerOrText,
        nodePort: integer,
      }),
    ),
    selector: { ...mapOf(text), 'x-kubernetes-map-type': 'atomic' },
    clusterIP: text,
    clusterIPs: listOf(text),
    type: text,
    externalIPs: listOf(text),
    sessionAffinity: text,
    sessionAffinityConfig: open,
    loadBalancerIP: text,
    loadBalancerSourceRanges: listOf(text),
    loadBalancerClass: text,
    externalName: text,
    externalTrafficPolicy: text,
    internalTrafficPolicy: text,
    trafficDistribution: text,
    healthCheckNodePort: integer,
    publishNotReadyAddresses: boolean,
    ipFamilies: listOf(text),
    ipFamilyPolicy: text,
    allocateLoadBalancerNodePorts: boolean,
  }),
  status: object({ loadBalancer: open, conditions }),
});

export const endpoints: JsonSchema = topLevel({ subsets: listOf(open) });

export const event: JsonSchema = topLevel({
  involvedObject: objectReference,
  reason: text,
  message: text,
  source: object({ component: text, host: text }),
  firstTimestamp: { ...time, nullable: true },
  lastTimestamp: { ...time, nullable: true },
  count: integer,
  type: text,
  eventTime: { ...time, nullable: true },
  series: open,
  action: text,
  related: objectReference,
  reportingComponent: text,
  reportingInstance: text,
});

export const resourceQuota: JsonSchema = topLevel({
  spec: object({
    hard: mapOf(quantity),
    scopes: listOf(text),
    scopeSelector: open,
  }),
  status: object({ hard: mapOf(quantity), used: mapOf(quantity) }),
});

export const limitRange: JsonSchema = topLevel({
  spec: object({ limits: listOf(open) }),
});
