import {
  anything,
  atomicObject,
  boolean,
  integer,
  keyedList,
  listOf,
  mapOf,
  object,
  open,
  setOf,
  text,
  time,
  type Fields,
  type JsonSchema,
} from './schema';

/** `metadata` of any object. */
export const objectMeta: JsonSchema = object({
  name: text,
  generateName: text,
  namespace: text,
  selfLink: text,
  uid: text,
  resourceVersion: text,
  generation: integer,
  creationTimestamp: { ...time, nullable: true },
  deletionTimestamp: { ...time, nullable: true },
  deletionGracePeriodSeconds: integer,
  labels: mapOf(text),
  annotations: mapOf(text),
  ownerReferences: keyedList(
    ['uid'],
    atomicObject({
      apiVersion: text,
      kind: text,
      name: text,
      uid: text,
      controller: boolean,
      blockOwnerDeletion: boolean,
    }),
  ),
  finalizers: setOf(text),
  managedFields: listOf(open),
});

/** Selects objects by their labels. */
export const labelSelector: JsonSchema = atomicObject({
  matchLabels: mapOf(text),
  matchExpressions: listOf(
    object({ key: text, operator: text, values: listOf(text) }),
  ),
});

/** Status conditions, merged by type. */
export const conditions: JsonSchema = keyedList(
  ['type'],
  object({
    type: text,
    status: text,
    reason: text,
    message: text,
    observedGeneration: integer,
    lastTransitionTime: time,
    lastUpdateTime: time,
    lastProbeTime: { ...time, nullable: true },
    lastHeartbeatTime: time,
  }),
);

/** A reference to another object. */
export const objectReference: JsonSchema = atomicObject({
  apiVersion: text,
  kind: text,
  namespace: text,
  name: text,
  uid: text,
  resourceVersion: text,
  fieldPath: text,
});

/** An object whose top level is its kind, its metadata and these fields. */
export function topLevel(fields: Fields): JsonSchema {
  return object({
    apiVersion: text,
    kind: text,
    metadata: objectMeta,
    ...fields,
  });
}

/** An object whose top level is open, apart from its metadata. */
export const untyped: JsonSchema = {
  ...topLevel({ spec: anything, status: anything }),
  'x-kubernetes-preserve-unknown-fields': true,
};
