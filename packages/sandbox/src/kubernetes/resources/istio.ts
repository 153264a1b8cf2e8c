import { defineKind } from './define';
import * as routes from '../schema/gateway-api';
import * as securitySchemas from '../schema/istio-security';
import * as destinations from '../schema/istio-destinations';
import * as traffic from '../schema/istio-traffic';
import type { JsonSchema } from '../schema/schema';
import type { PrinterColumn, ResourceType } from './resource';

/** Schemas by kind; kinds without one are stored unchecked. */
const schemas: Record<string, JsonSchema> = {
  VirtualService: traffic.virtualService,
  DestinationRule: destinations.destinationRule,
  Gateway: traffic.gateway,
  ServiceEntry: traffic.serviceEntry,
  AuthorizationPolicy: securitySchemas.authorizationPolicy,
  PeerAuthentication: securitySchemas.peerAuthentication,
};

const gatewaySchemas: Record<string, JsonSchema> = {
  GatewayClass: routes.gatewayClass,
  Gateway: routes.gatewayApiGateway,
  HTTPRoute: routes.httpRoute,
  GRPCRoute: routes.grpcRoute,
};

const ageOf: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};

const column = (
  name: string,
  jsonPath: string,
  priority = 0,
): PrinterColumn => ({ name, type: 'string', jsonPath, priority });

/** Columns that Istio's and the Gateway API's definitions add, by kind. */
const columns: Record<string, PrinterColumn[]> = {
  VirtualService: [
    column('Gateways', '.spec.gateways'),
    column('Hosts', '.spec.hosts'),
    ageOf,
  ],
  DestinationRule: [column('Host', '.spec.host'), ageOf],
  ServiceEntry: [
    column('Hosts', '.spec.hosts'),
    column('Location', '.spec.location'),
    column('Resolution', '.spec.resolution'),
    ageOf,
  ],
  WorkloadEntry: [column('Address', '.spec.address'), ageOf],
  AuthorizationPolicy: [column('Action', '.spec.action'), ageOf],
  PeerAuthentication: [column('Mode', '.spec.mtls.mode'), ageOf],
};

const gatewayColumns: Record<string, PrinterColumn[]> = {
  GatewayClass: [
    column('Controller', '.spec.controllerName'),
    column('Accepted', '.status.conditions[?(@.type=="Accepted")].status'),
    ageOf,
  ],
  Gateway: [
    column('Class', '.spec.gatewayClassName'),
    column('Address', '.status.addresses[*].value'),
    column('Programmed', '.status.conditions[?(@.type=="Programmed")].status'),
    ageOf,
  ],
  HTTPRoute: [column('Hostnames', '.spec.hostnames'), ageOf],
  GRPCRoute: [column('Hostnames', '.spec.hostnames'), ageOf],
};

const networking = (
  kind: string,
  shortNames: string[],
  versions = ['v1', 'v1beta1'],
  plural?: string,
) =>
  defineKind('networking.istio.io', versions, kind, {
    shortNames,
    plural,
    categories: ['istio-io', 'networking-istio-io'],
    columns: columns[kind],
    schema: schemas[kind],
    hasStatus: true,
    custom: true,
  });

const security = (kind: string, shortNames: string[], plural?: string) =>
  defineKind('security.istio.io', ['v1', 'v1beta1'], kind, {
    shortNames,
    plural,
    categories: ['istio-io', 'security-istio-io'],
    columns: columns[kind],
    schema: schemas[kind],
    hasStatus: true,
    custom: true,
  });

/** Istio's kinds. Stable ones are served as v1 and v1beta1 from one storage. */
export const istioKinds: readonly ResourceType[] = [
  networking('DestinationRule', ['dr']),
  networking('EnvoyFilter', [], ['v1alpha3']),
  networking('Gateway', ['gw']),
  networking('ProxyConfig', [], ['v1beta1']),
  networking('ServiceEntry', ['se']),
  networking('Sidecar', []),
  networking('VirtualService', ['vs']),
  networking('WorkloadEntry', ['we']),
  networking('WorkloadGroup', ['wg']),
  security('AuthorizationPolicy', ['ap']),
  security('PeerAuthentication', ['pa']),
  security('RequestAuthentication', ['ra']),
  defineKind('telemetry.istio.io', ['v1', 'v1alpha1'], 'Telemetry', {
    plural: 'telemetries',
    shortNames: ['telemetry'],
    categories: ['istio-io', 'telemetry-istio-io'],
    hasStatus: true,
    custom: true,
  }),
  defineKind('extensions.istio.io', ['v1alpha1'], 'WasmPlugin', {
    categories: ['istio-io', 'extensions-istio-io'],
    hasStatus: true,
    custom: true,
  }),
];

const gatewayApi = (
  kind: string,
  shortNames: string[],
  versions: string[],
  namespaced = true,
) =>
  defineKind('gateway.networking.k8s.io', versions, kind, {
    shortNames,
    namespaced,
    categories: ['gateway-api'],
    columns: gatewayColumns[kind],
    schema: gatewaySchemas[kind],
    hasStatus: kind !== 'ReferenceGrant',
    custom: true,
  });

/** Kinds of the Gateway API. */
export const gatewayApiKinds: readonly ResourceType[] = [
  gatewayApi('GatewayClass', ['gc'], ['v1', 'v1beta1'], false),
  gatewayApi('Gateway', ['gtw'], ['v1', 'v1beta1']),
  gatewayApi('GRPCRoute', [], ['v1']),
  gatewayApi('HTTPRoute', [], ['v1', 'v1beta1']),
  gatewayApi('ReferenceGrant', ['refgrant'], ['v1', 'v1beta1']),
];
