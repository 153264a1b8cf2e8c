import * as schemas from '../schema/argo-rollouts';
import { defineKind, type KindOptions } from './define';
import type { PrinterColumn, ResourceType } from './resource';

const column = (
  name: string,
  type: string,
  jsonPath: string,
  priority = 0,
): PrinterColumn => ({ name, type, jsonPath, priority });

const age = column('Age', 'date', '.metadata.creationTimestamp');
const status = column('Status', 'string', '.status.phase');

const argo = (kind: string, shortNames: string[], options: KindOptions = {}) =>
  defineKind('argoproj.io', ['v1alpha1'], kind, {
    shortNames,
    custom: true,
    columns: [age],
    ...options,
  });

/** Kinds of Argo Rollouts, with its status and scale subresources and columns. */
export const argoRolloutsKinds: readonly ResourceType[] = [
  argo('Rollout', ['ro'], {
    schema: schemas.rollout,
    hasStatus: true,
    scale: {
      specReplicasPath: '.spec.replicas',
      statusReplicasPath: '.status.HPAReplicas',
      labelSelectorPath: '.status.selector',
    },
    columns: [
      column('Desired', 'integer', '.spec.replicas'),
      column('Current', 'integer', '.status.replicas'),
      column('Up-to-date', 'integer', '.status.updatedReplicas'),
      column('Available', 'integer', '.status.availableReplicas'),
      age,
    ],
  }),
  argo('AnalysisRun', ['ar'], {
    schema: schemas.analysisRun,
    columns: [status, age],
  }),
  argo('AnalysisTemplate', ['at'], { schema: schemas.analysisTemplate }),
  argo('ClusterAnalysisTemplate', ['cat'], {
    schema: schemas.analysisTemplate,
    namespaced: false,
  }),
  argo('Experiment', ['exp'], {
    schema: schemas.experiment,
    columns: [status, age],
  }),
];

/** Kinds of Argo CD, as far as the sandbox plays it. */
export const argoCdKinds: readonly ResourceType[] = [
  argo('Application', ['app', 'apps'], {
    columns: [
      column('Sync Status', 'string', '.status.sync.status'),
      column('Revision', 'string', '.status.sync.revision', 10),
    ],
  }),
];
