import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import type { ActionTools } from './ActionTools';
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

/** All actions on workloads and what they run. */
export function createWorkloadActions(tools: ActionTools): ActionDefinition[] {
  return [
    createDeployImageAction(tools),
    createScaleAction(tools),
    createRestartAction(tools),
    createPauseAction(tools),
    createResumeAction(tools),
    createSetResourcesAction(tools),
    createSetProbesAction(tools),
    createSetEnvironmentAction(tools),
    createRollBackAction(tools),
    createDeletePodAction(tools),
    createRunCronJobAction(tools),
  ];
}
