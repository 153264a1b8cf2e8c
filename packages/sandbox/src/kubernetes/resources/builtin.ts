import * as coreSchemas from '../schema/core';
import * as platform from '../schema/platform';
import { pod } from '../schema/pod';
import type { JsonSchema } from '../schema/schema';
import * as workloads from '../schema/workloads';
import { defineKind, type KindOptions } from './define';
import { allVerbs, type ResourceType } from './resource';

/** Schemas by kind; kinds without one are stored unchecked. */
const schemas: Record<string, JsonSchema> = {
  ConfigMap: coreSchemas.configMap,
  Endpoints: coreSchemas.endpoints,
  Event: coreSchemas.event,
  LimitRange: coreSchemas.limitRange,
  Namespace: coreSchemas.namespace,
  Node: coreSchemas.node,
  Pod: pod,
  ResourceQuota: coreSchemas.resourceQuota,
  Secret: coreSchemas.secret,
  ServiceAccount: coreSchemas.serviceAccount,
  Service: coreSchemas.service,
  ControllerRevision: workloads.controllerRevision,
  DaemonSet: workloads.daemonSet,
  Deployment: workloads.deployment,
  ReplicaSet: workloads.replicaSet,
  StatefulSet: workloads.statefulSet,
  CronJob: workloads.cronJob,
  Job: workloads.job,
  HorizontalPodAutoscaler: workloads.horizontalPodAutoscaler,
  PodDisruptionBudget: workloads.podDisruptionBudget,
  EndpointSlice: platform.endpointSlice,
  Ingress: platform.ingress,
  NetworkPolicy: platform.networkPolicy,
  ClusterRoleBinding: platform.roleBinding,
  ClusterRole: platform.role,
  RoleBinding: platform.roleBinding,
  Role: platform.role,
  StorageClass: platform.storageClass,
  Lease: platform.lease,
};

const builtin = (
  group: string,
  version: string,
  kind: string,
  options?: KindOptions,
) => defineKind(group, [version], kind, { ...options, schema: schemas[kind] });

const core = (kind: string, options?: KindOptions) =>
  builtin('', 'v1', kind, options);

const coreKinds: ResourceType[] = [
  core('ConfigMap', { shortNames: ['cm'] }),
  core('Endpoints', { plural: 'endpoints', shortNames: ['ep'] }),
  core('Event', { shortNames: ['ev'] }),
  core('LimitRange', { shortNames: ['limits'] }),
  core('Namespace', {
    namespaced: false,
    verbs: allVerbs.filter(verb => verb !== 'deletecollection'),
    shortNames: ['ns'],
    hasStatus: true,
  }),
  core('Node', { namespaced: false, shortNames: ['no'], hasStatus: true }),
  core('PersistentVolumeClaim', { shortNames: ['pvc'], hasStatus: true }),
  core('PersistentVolume', {
    namespaced: false,
    shortNames: ['pv'],
    hasStatus: true,
  }),
  core('Pod', { shortNames: ['po'], categories: ['all'], hasStatus: true }),
  core('ReplicationController', {
    shortNames: ['rc'],
    categories: ['all'],
    hasStatus: true,
    scalable: true,
  }),
  core('ResourceQuota', { shortNames: ['quota'], hasStatus: true }),
  core('Secret'),
  core('ServiceAccount', { shortNames: ['sa'] }),
  core('Service', {
    shortNames: ['svc'],
    categories: ['all'],
    hasStatus: true,
  }),
];

const workloadKinds: ResourceType[] = [
  builtin('apps', 'v1', 'ControllerRevision'),
  builtin('apps', 'v1', 'DaemonSet', {
    shortNames: ['ds'],
    categories: ['all'],
    hasStatus: true,
  }),
  builtin('apps', 'v1', 'Deployment', {
    shortNames: ['deploy'],
    categories: ['all'],
    hasStatus: true,
    scalable: true,
  }),
  builtin('apps', 'v1', 'ReplicaSet', {
    shortNames: ['rs'],
    categories: ['all'],
    hasStatus: true,
    scalable: true,
  }),
  builtin('apps', 'v1', 'StatefulSet', {
    shortNames: ['sts'],
    categories: ['all'],
    hasStatus: true,
    scalable: true,
  }),
  builtin('batch', 'v1', 'CronJob', {
    shortNames: ['cj'],
    categories: ['all'],
    hasStatus: true,
  }),
  builtin('batch', 'v1', 'Job', { categories: ['all'], hasStatus: true }),
  builtin('autoscaling', 'v2', 'HorizontalPodAutoscaler', {
    shortNames: ['hpa'],
    categories: ['all'],
    hasStatus: true,
  }),
  builtin('policy', 'v1', 'PodDisruptionBudget', {
    shortNames: ['pdb'],
    hasStatus: true,
  }),
];

const platformKinds: ResourceType[] = [
  builtin('discovery.k8s.io', 'v1', 'EndpointSlice'),
  builtin('networking.k8s.io', 'v1', 'Ingress', {
    shortNames: ['ing'],
    hasStatus: true,
  }),
  builtin('networking.k8s.io', 'v1', 'IngressClass', {
    namespaced: false,
  }),
  builtin('networking.k8s.io', 'v1', 'NetworkPolicy', {
    shortNames: ['netpol'],
  }),
  builtin('rbac.authorization.k8s.io', 'v1', 'ClusterRoleBinding', {
    namespaced: false,
  }),
  builtin('rbac.authorization.k8s.io', 'v1', 'ClusterRole', {
    namespaced: false,
  }),
  builtin('rbac.authorization.k8s.io', 'v1', 'RoleBinding'),
  builtin('rbac.authorization.k8s.io', 'v1', 'Role'),
  builtin('storage.k8s.io', 'v1', 'StorageClass', {
    namespaced: false,
    shortNames: ['sc'],
  }),
  builtin('coordination.k8s.io', 'v1', 'Lease'),
  builtin('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition', {
    namespaced: false,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    hasStatus: true,
  }),
];

/** The kinds of Kubernetes itself that the sandbox serves. */
export const builtinKinds: readonly ResourceType[] = [
  ...coreKinds,
  ...workloadKinds,
  ...platformKinds,
];
