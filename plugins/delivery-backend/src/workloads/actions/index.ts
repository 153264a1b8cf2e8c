import type { ProposableAction } from '@orrery/backstage-plugin-delivery-common';
import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import type { ActionTools } from './ActionTools';
import type { WorkloadAction } from './createWorkloadAction';
import { createDeletePodAction } from './createDeletePodAction';
import { createDeployImageAction } from './createDeployImageAction';
import { createPauseAction, createResumeAction } from './createPauseActions';
import { createRollBackAction } from './createRollBackAction';
import { createRunCronJobAction } from './createRunCronJobAction';
import { createScaleAction } from './createScaleAction';
import {
  createRestartAction,
  createSetEnvironmentAction,
  createSetProbesAction,
  createSetResourcesAction,
} from './createTemplateActions';

export type { ActionTools } from './ActionTools';
export type { WorkloadAction } from './createWorkloadAction';

/** Actions whose effect a manifest could say as well. */
export function createProposableActions(
  tools: ActionTools,
): Record<ProposableAction, WorkloadAction> {
  return {
    'deploy-image': createDeployImageAction(tools),
    'scale-workload': createScaleAction(tools),
    'set-resources': createSetResourcesAction(tools),
    'set-probes': createSetProbesAction(tools),
    'set-environment': createSetEnvironmentAction(tools),
    'roll-back': createRollBackAction(tools),
  };
}

/** All actions on workloads and what they run. */
export function createWorkloadActions(tools: ActionTools): ActionDefinition[] {
  return [
    ...Object.values(createProposableActions(tools)),
    createRestartAction(tools),
    createPauseAction(tools),
    createResumeAction(tools),
    createDeletePodAction(tools),
    createRunCronJobAction(tools),
  ];
}
