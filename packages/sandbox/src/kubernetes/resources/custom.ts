import type { JsonSchema } from '../schema/schema';
import type { KubernetesObject } from '../store';
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  asList,
  isObject,
  type JsonObject,
} from '../values';
import { compareVersions } from './registry';
import {
  allVerbs,
  type PrinterColumn,
  type ResourceType,
  type ScalePaths,
  type ServedVersion,
} from './resource';

function texts(value: unknown): string[] {
  return asList(value).filter(
    (entry): entry is string => typeof entry === 'string',
  );
}

function columnOf(column: JsonObject): PrinterColumn {
  return {
    name: asText(column.name) ?? '',
    type: asText(column.type) ?? 'string',
    jsonPath: asText(column.jsonPath) ?? '',
    ...(asText(column.description)
      ? { description: asText(column.description) }
      : {}),
    ...(asNumber(column.priority)
      ? { priority: asNumber(column.priority) }
      : {}),
  };
}

const ageColumn: PrinterColumn = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
};

function versionOf(version: JsonObject): ServedVersion {
  const schema = asObject(version.schema).openAPIV3Schema;
  const columns = asObjects(version.additionalPrinterColumns).map(columnOf);
  return {
    name: asText(version.name) ?? '',
    ...(isObject(schema) ? { schema: schema as JsonSchema } : {}),
    columns: columns.length > 0 ? columns : [ageColumn],
  };
}

function scaleOf(versions: JsonObject[]): ScalePaths | undefined {
  for (const version of versions) {
    const scale = asObject(asObject(version.subresources).scale);
    const specReplicasPath = asText(scale.specReplicasPath);
    const statusReplicasPath = asText(scale.statusReplicasPath);
    if (specReplicasPath && statusReplicasPath) {
      const labelSelectorPath = asText(scale.labelSelectorPath);
      return {
        specReplicasPath,
        statusReplicasPath,
        ...(labelSelectorPath ? { labelSelectorPath } : {}),
      };
    }
  }
  return undefined;
}

/** The kind that a CustomResourceDefinition describes. */
export function customKind(definition: KubernetesObject): ResourceType {
  const spec = asObject(definition.spec);
  const names = asObject(spec.names);
  const kind = asText(names.kind) ?? '';
  const versions = asObjects(spec.versions);
  const served = versions
    .filter(version => version.served === true)
    .map(versionOf)
    .sort((left, right) => compareVersions(left.name, right.name));
  const storage = versions.find(version => version.storage === true);
  const scale = scaleOf(versions);
  return {
    group: asText(spec.group) ?? '',
    plural: asText(names.plural) ?? '',
    singular: asText(names.singular) ?? kind.toLowerCase(),
    kind,
    listKind: asText(names.listKind) ?? `${kind}List`,
    namespaced: spec.scope === 'Namespaced',
    shortNames: texts(names.shortNames),
    categories: texts(names.categories),
    versions: served,
    storageVersion: asText(storage?.name) ?? served[0]?.name ?? '',
    verbs: allVerbs,
    hasStatus: versions.some(version =>
      isObject(asObject(version.subresources).status),
    ),
    ...(scale ? { scale } : {}),
    custom: true,
  };
}

const conditionsMet = [
  ['NamesAccepted', 'NoConflicts', 'no conflicts found'],
  [
    'Established',
    'InitialNamesAccepted',
    'the initial names have been accepted',
  ],
];

/** A definition with its defaults, accepted at once. */
export function acceptDefinition(
  definition: KubernetesObject,
  now: string,
): KubernetesObject {
  const spec = asObject(definition.spec);
  const kind = customKind(definition);
  const { plural, singular, listKind, shortNames, categories } = kind;
  const names = {
    plural,
    singular,
    kind: kind.kind,
    listKind,
    ...(shortNames.length ? { shortNames } : {}),
    ...(categories.length ? { categories } : {}),
  };
  const before = asObjects(definition.status?.conditions);
  return {
    ...definition,
    spec: {
      ...spec,
      names,
      conversion: spec.conversion ?? { strategy: 'None' },
    },
    status: {
      conditions: conditionsMet.map(
        ([type, reason, message]) =>
          before.find(entry => entry.type === type) ?? {
            type,
            status: 'True',
            lastTransitionTime: now,
            reason,
            message,
          },
      ),
      acceptedNames: names,
      storedVersions: [kind.storageVersion],
    },
  };
}

/** The definition that describes a kind: how the sandbox brings its own custom kinds along. */
export function definitionOf(type: ResourceType): KubernetesObject {
  const { group, plural, singular, kind, listKind, shortNames, categories } =
    type;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: type.namespaced ? 'Namespaced' : 'Cluster',
      names: { plural, singular, kind, listKind, shortNames, categories },
      versions: type.versions.map(version => ({
        name: version.name,
        served: true,
        storage: version.name === type.storageVersion,
        schema: {
          openAPIV3Schema: version.schema ?? {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
        ...(type.hasStatus || type.scale
          ? {
              subresources: {
                ...(type.hasStatus ? { status: {} } : {}),
                ...(type.scale ? { scale: { ...type.scale } } : {}),
              },
            }
          : {}),
        ...(version.columns
          ? { additionalPrinterColumns: version.columns }
          : {}),
      })),
    },
  };
}
