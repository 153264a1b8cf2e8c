import { defineKind } from './define';
import type { ResourceType } from './resource';

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
    hasStatus: true,
    custom: true,
  });

const security = (kind: string, shortNames: string[], plural?: string) =>
  defineKind('security.istio.io', ['v1', 'v1beta1'], kind, {
    shortNames,
    plural,
    categories: ['istio-io', 'security-istio-io'],
    hasStatus: true,
    custom: true,
  });

/** Istio's kinds. Stable ones are served as v1 and v1beta1 from one storage. */
export const istioKinds: readonly ResourceType[] = [
  networking('DestinationRule', ['dr']),
  networking('EnvoyFilter', [], ['v1alpha3']),
  networking('Gateway', ['gw']),
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
