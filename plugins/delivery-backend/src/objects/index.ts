import type { ActionDefinition } from '@orrery/backstage-plugin-orrery-node';
import { createApplyObjectsAction } from './createApplyObjectsAction';
import { createDeleteObjectsAction } from './createDeleteObjectsAction';
import { ServiceObjects } from './ServiceObjects';
import type { ObjectTools } from './types';

export { servedBy } from './ServiceObjects';
export type { ObjectTools } from './types';

/** Actions on the objects of a service. */
export function createObjectActions(tools: ObjectTools): ActionDefinition[] {
  const objects = new ServiceObjects(tools);
  return [
    createApplyObjectsAction(tools, objects),
    createDeleteObjectsAction(tools, objects),
  ];
}
