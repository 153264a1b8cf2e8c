import { defineKind } from './define';
import type { ResourceType } from './resource';

const core = (kind: string, options?: Parameters<typeof defineKind>[3]) =>
  defineKind('', ['v1'], kind, options);

const coreKinds: ResourceType[] = [
  core('ConfigMap', { shortNames: ['cm'] }),
  core('Endpoints', { plural: 'endpoints', shortNames: ['ep'] }),
  core('Event', { shortNames: ['ev'] }),
  core('LimitRange', { shortNames: ['limits'] }),
  core('Namespace', {
    namespaced: false,
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
  defineKind('apps', ['v1'], 'ControllerRevision'),
  defineKind('apps', ['v1'], 'DaemonSet', {
    shortNames: ['ds'],
    categories: ['all'],
    hasStatus: true,
  }),
  defineKind('apps', ['v1'], 'Deployment', {
    shortNames: ['deploy'],
    categories: ['all'],
    hasStatus: true,
    scalable: true,
  }),
  defineKind('apps', ['v1'], 'ReplicaSet', {
    shortNames: ['rs'],
    categories: ['all'],
    hasStatus: true,
    scalable: true,
  }),
  defineKind('apps', ['v1'], 'StatefulSet', {
    shortNames: ['sts'],
    categories: ['all'],
    hasStatus: true,
    scalable: true,
  }),
  defineKind('batch', ['v1'], 'CronJob', {
    shortNames: ['cj'],
    categories: ['all'],
    hasStatus: true,
  }),
  defineKind('batch', ['v1'], 'Job', { categories: ['all'], hasStatus: true }),
  defineKind('autoscaling', ['v2'], 'HorizontalPodAutoscaler', {
    shortNames: ['hpa'],
    categories: ['all'],
    hasStatus: true,
  }),
  defineKind('policy', ['v1'], 'PodDisruptionBudget', {
    shortNames: ['pdb'],
    hasStatus: true,
  }),
];

const platformKinds: ResourceType[] = [
  defineKind('discovery.k8s.io', ['v1'], 'EndpointSlice'),
  defineKind('networking.k8s.io', ['v1'], 'Ingress', {
    shortNames: ['ing'],
    hasStatus: true,
  }),
  defineKind('networking.k8s.io', ['v1'], 'IngressClass', {
    namespaced: false,
  }),
  defineKind('networking.k8s.io', ['v1'], 'NetworkPolicy', {
    shortNames: ['netpol'],
  }),
  defineKind('rbac.authorization.k8s.io', ['v1'], 'ClusterRoleBinding', {
    namespaced: false,
  }),
  defineKind('rbac.authorization.k8s.io', ['v1'], 'ClusterRole', {
    namespaced: false,
  }),
  defineKind('rbac.authorization.k8s.io', ['v1'], 'RoleBinding'),
  defineKind('rbac.authorization.k8s.io', ['v1'], 'Role'),
  defineKind('storage.k8s.io', ['v1'], 'StorageClass', {
    namespaced: false,
    shortNames: ['sc'],
  }),
  defineKind('coordination.k8s.io', ['v1'], 'Lease'),
  defineKind('apiextensions.k8s.io', ['v1'], 'CustomResourceDefinition', {
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
