import type { KubernetesObject } from '../store';
import {
  asList,
  asObject,
  asObjects,
  asText,
  asTexts,
  at,
  type JsonObject,
} from '../values';
import { age } from './age';
import { accessColumns } from './access-columns';
import { nodeColumns } from './node-columns';
import { joined, selectorText } from './text';
import {
  ageColumn,
  nameColumn,
  pathColumn,
  textColumn,
  type Column,
} from './column';

function countOf(path: string, name: string): Column {
  return {
    name,
    type: 'string',
    cell: object => Object.keys(asObject(at(object, path))).length,
  };
}

function portText(port: JsonObject): string {
  const node = port.nodePort ? `:${port.nodePort}` : '';
  return `${port.port}${node}/${port.protocol ?? 'TCP'}`;
}

function externalAddress(service: KubernetesObject): string {
  const given = asList(service.spec?.externalIPs);
  switch (service.spec?.type) {
    case 'ExternalName':
      return asText(service.spec.externalName) ?? '<none>';
    case 'LoadBalancer': {
      const ingress = asObjects(at(service, 'status.loadBalancer.ingress'));
      const found = ingress.map(entry => entry.ip ?? entry.hostname);
      return joined([...found, ...given], '<pending>');
    }
    default:
      return joined(given);
  }
}

function endpointText(object: KubernetesObject): string {
  const all = asObjects(object.subsets).flatMap(subset =>
    asObjects(subset.addresses).flatMap(address => {
      const ports = asObjects(subset.ports);
      return ports.length
        ? ports.map(port => `${address.ip}:${port.port}`)
        : [`${address.ip}`];
    }),
  );
  return all.length > 3
    ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...`
    : joined(all);
}

/** Columns of what workloads stand on. */
export const platformColumns: Record<string, Column[]> = {
  namespaces: [nameColumn, pathColumn('Status', 'status.phase'), ageColumn],
  nodes: nodeColumns,
  services: [
    nameColumn,
    pathColumn('Type', 'spec.type'),
    pathColumn('Cluster-IP', 'spec.clusterIP'),
    textColumn('External-IP', externalAddress),
    textColumn('Port(s)', object =>
      joined(asObjects(object.spec?.ports).map(portText)),
    ),
    ageColumn,
    textColumn(
      'Selector',
      object =>
        joined(
          Object.entries(asTexts(object.spec?.selector)).map(
            ([key, value]) => `${key}=${value}`,
          ),
        ),
      1,
    ),
  ],
  endpoints: [nameColumn, textColumn('Endpoints', endpointText), ageColumn],
  'endpointslices.discovery.k8s.io': [
    nameColumn,
    pathColumn('AddressType', 'addressType'),
    textColumn('Ports', object =>
      joined(
        asObjects(object.ports).map(port => port.port),
        '<unset>',
      ),
    ),
    textColumn('Endpoints', object =>
      joined(
        asObjects(object.endpoints).flatMap(entry => asList(entry.addresses)),
        '<unset>',
      ),
    ),
    ageColumn,
  ],
  configmaps: [nameColumn, countOf('data', 'Data'), ageColumn],
  secrets: [
    nameColumn,
    pathColumn('Type', 'type'),
    countOf('data', 'Data'),
    ageColumn,
  ],
  events: [
    textColumn('Last Seen', (object, now) =>
      age(asText(object.lastTimestamp) ?? asText(object.eventTime), now),
    ),
    textColumn('Type', object => object.type),
    textColumn('Reason', object => object.reason),
    textColumn('Object', object => {
      const kind = asText(at(object, 'involvedObject.kind')) ?? '';
      return `${kind.toLowerCase()}/${at(object, 'involvedObject.name')}`;
    }),
    textColumn(
      'Subobject',
      object => at(object, 'involvedObject.fieldPath') ?? '',
      1,
    ),
    textColumn('Source', object => at(object, 'source.component') ?? '', 1),
    textColumn('Message', object => object.message),
    textColumn(
      'First Seen',
      (object, now) => age(asText(object.firstTimestamp), now),
      1,
    ),
    textColumn('Count', object => object.count ?? 1, 1),
    { ...nameColumn, priority: 1 },
  ],
  'ingresses.networking.k8s.io': [
    nameColumn,
    pathColumn('Class', 'spec.ingressClassName'),
    textColumn('Hosts', object =>
      joined(
        asObjects(object.spec?.rules).map(rule => rule.host ?? '*'),
        '*',
      ),
    ),
    textColumn('Address', object =>
      asObjects(at(object, 'status.loadBalancer.ingress'))
        .map(entry => entry.ip ?? entry.hostname)
        .join(','),
    ),
    textColumn('Ports', object =>
      asList(object.spec?.tls).length ? '80, 443' : '80',
    ),
    ageColumn,
  ],
  'networkpolicies.networking.k8s.io': [
    nameColumn,
    textColumn('Pod-Selector', object =>
      selectorText(object.spec?.podSelector),
    ),
    ageColumn,
  ],
  'poddisruptionbudgets.policy': [
    nameColumn,
    textColumn(
      'Min Available',
      object => `${object.spec?.minAvailable ?? 'N/A'}`,
    ),
    textColumn(
      'Max Unavailable',
      object => `${object.spec?.maxUnavailable ?? 'N/A'}`,
    ),
    {
      name: 'Allowed Disruptions',
      type: 'integer',
      cell: object => object.status?.disruptionsAllowed ?? 0,
    },
    ageColumn,
  ],
  ...accessColumns,
  'storageclasses.storage.k8s.io': [
    nameColumn,
    textColumn('Provisioner', object => object.provisioner),
    textColumn('ReclaimPolicy', object => object.reclaimPolicy ?? 'Delete'),
    textColumn(
      'VolumeBindingMode',
      object => object.volumeBindingMode ?? 'Immediate',
    ),
    textColumn('AllowVolumeExpansion', object =>
      String(object.allowVolumeExpansion ?? false),
    ),
    ageColumn,
  ],
  persistentvolumeclaims: [
    nameColumn,
    pathColumn('Status', 'status.phase'),
    textColumn('Volume', object => object.spec?.volumeName ?? ''),
    textColumn(
      'Capacity',
      object => at(object, 'status.capacity.storage') ?? '',
    ),
    textColumn('Access Modes', object =>
      joined(asList(object.status?.accessModes), ''),
    ),
    textColumn('StorageClass', object => object.spec?.storageClassName ?? ''),
    textColumn(
      'VolumeAttributesClass',
      object => object.spec?.volumeAttributesClassName ?? '<unset>',
    ),
    ageColumn,
    pathColumn('VolumeMode', 'spec.volumeMode', 1),
  ],
  'leases.coordination.k8s.io': [
    nameColumn,
    pathColumn('Holder', 'spec.holderIdentity'),
    ageColumn,
  ],
};
