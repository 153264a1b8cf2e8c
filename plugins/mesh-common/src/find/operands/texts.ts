import type { GraphNode } from '../../schema/graph';
import { codesOf, flagsOf } from './traffic';
import { listOf, type TextOperand } from './types';

function nodeTypeOf(node: GraphNode): string {
  return node.kind === 'versionedApp' ? 'app' : node.kind;
}

/**
 * Text operands. Where Kiali has the operand, its meaning is Kiali's, with
 * these differences: `name` does not look at the services behind a workload;
 * `service` also finds the workloads that a service leads to; `operation`
 * also finds the nodes that were asked for it; a comparison with what is not
 * there is false, `!=` included (Kiali's is true).
 */
export const TEXT_OPERANDS: readonly TextOperand[] = [
  {
    name: 'app',
    aliases: [],
    kind: 'text',
    example: 'app != details and version = v1',
    read: { node: node => listOf(node.app) },
  },
  {
    name: 'cluster',
    aliases: [],
    kind: 'text',
    example: 'cluster = kepler-sh',
    read: { node: node => [node.cluster] },
  },
  {
    name: 'name',
    aliases: [],
    kind: 'text',
    example: 'name not contains rev',
    read: { node: node => [node.name, ...listOf(node.app)] },
  },
  {
    name: 'namespace',
    aliases: ['ns'],
    kind: 'text',
    example: 'ns = wealth',
    read: { node: node => listOf(node.namespace) },
  },
  {
    name: 'node',
    aliases: [],
    kind: 'text',
    example: 'node = service',
    choices: {
      app: ['app'],
      operation: ['operation', 'op'],
      service: ['service', 'svc'],
      unknown: ['unknown'],
      workload: ['workload', 'wl'],
      external: ['external'],
      passthrough: ['passthrough'],
      hidden: ['hidden'],
    },
    read: { node: node => [nodeTypeOf(node)] },
  },
  {
    name: 'operation',
    aliases: ['op'],
    kind: 'text',
    example: 'operation startswith /api',
    read: {
      node: node => [
        ...(node.kind === 'operation' ? [node.name] : []),
        ...(node.operations ?? []).map(({ name }) => name),
      ],
    },
  },
  {
    name: 'service',
    aliases: ['svc'],
    kind: 'text',
    example: 'service = payment',
    read: { node: node => node.services },
  },
  {
    name: 'version',
    aliases: [],
    kind: 'text',
    example: 'version ~= /^v[23]/',
    read: {
      node: node =>
        node.version === undefined ? node.versions : [node.version],
    },
  },
  {
    name: 'workload',
    aliases: ['wl'],
    kind: 'text',
    example: 'workload endswith -v2',
    read: { node: node => (node.kind === 'workload' ? [node.name] : []) },
  },
  {
    name: 'kind',
    aliases: [],
    kind: 'text',
    example: 'kind = StatefulSet',
    read: { node: node => listOf(node.workloadKind) },
  },
  {
    name: 'dataplane',
    aliases: [],
    kind: 'text',
    example: 'dataplane = ambient',
    choices: {
      sidecar: ['sidecar'],
      ambient: ['ambient'],
      none: ['none'],
      unknown: ['unknown'],
    },
    read: { node: node => [node.dataPlane] },
  },
  {
    name: 'revision',
    aliases: [],
    kind: 'text',
    example: 'revision != stable',
    read: { node: node => listOf(node.revision) },
  },
  {
    name: 'proxyversion',
    aliases: [],
    kind: 'text',
    example: 'proxyversion ^= 1.2',
    read: { node: node => node.proxies?.versions ?? [] },
  },
  {
    name: 'mtlsmode',
    aliases: [],
    kind: 'text',
    example: 'mtlsmode = permissive',
    choices: {
      strict: ['strict'],
      permissive: ['permissive'],
      disabled: ['disabled'],
    },
    read: { node: node => listOf(node.mutualTls?.mode) },
  },
  {
    name: 'config',
    aliases: [],
    kind: 'text',
    example: 'config startswith "AuthorizationPolicy "',
    read: { node: node => node.config },
  },
  {
    name: 'health',
    aliases: [],
    kind: 'text',
    example: 'health = unknown',
    choices: {
      failing: ['failing', 'failure'],
      degraded: ['degraded'],
      unknown: ['unknown'],
      healthy: ['healthy'],
      idle: ['idle'],
    },
    read: {
      node: node => [node.health.state],
      edge: edge => [edge.health.state],
    },
  },
  {
    name: 'layer',
    aliases: [],
    kind: 'text',
    example: 'layer = l4',
    choices: { l7: ['l7'], l4: ['l4'] },
    read: {
      node: node => listOf(node.layer),
      edge: edge => listOf(edge.layer),
    },
  },
  {
    name: 'host',
    aliases: [],
    kind: 'text',
    example: 'host endswith .example.com',
    read: {
      node: node => [...(node.gatewayHosts ?? []), ...(node.hosts ?? [])],
      edge: edge => edge.hosts,
    },
  },
  {
    name: 'code',
    aliases: [],
    kind: 'text',
    example: 'code = 503',
    read: {
      node: node => codesOf(node.inbound),
      edge: edge => codesOf(edge.traffic),
    },
  },
  {
    name: 'flag',
    aliases: ['flags'],
    kind: 'text',
    example: 'flag = UO',
    read: {
      node: node => flagsOf(node.inbound),
      edge: edge => flagsOf(edge.traffic),
    },
  },
  {
    name: 'protocol',
    aliases: [],
    kind: 'text',
    example: 'protocol = grpc',
    choices: { http: ['http'], grpc: ['grpc'], tcp: ['tcp'] },
    read: { edge: edge => edge.traffic.protocols },
  },
  {
    name: 'reporter',
    aliases: [],
    kind: 'text',
    example: 'reporter = waypoint',
    choices: {
      source: ['source'],
      destination: ['destination'],
      waypoint: ['waypoint'],
    },
    read: { edge: edge => [edge.reporter] },
  },
  {
    name: 'sourceprincipal',
    aliases: [],
    kind: 'text',
    example: 'sourceprincipal contains /ns/wealth/',
    read: { edge: edge => edge.principals?.source ?? [] },
  },
  {
    name: 'destprincipal',
    aliases: [],
    kind: 'text',
    example: 'destprincipal endswith /sa/payment',
    read: { edge: edge => edge.principals?.destination ?? [] },
  },
];
