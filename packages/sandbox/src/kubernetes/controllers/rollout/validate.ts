import { asNumber, asObject, asObjects } from '../../values';
import { maximumWeight, type RolloutView } from './rollout';

const kinds = [
  'setWeight',
  'pause',
  'setCanaryScale',
  'setHeaderRoute',
  'setMirrorRoute',
  'analysis',
  'experiment',
  'plugin',
];

/**
 * What makes a Rollout impossible to carry out, in the words of a field error,
 * or undefined when it can be.
 */
export function invalidSpec(view: RolloutView): string | undefined {
  const { rollout, canary, blueGreen, steps } = view;
  const spec = rollout.spec ?? {};
  if (!spec.selector) return "Rollout has missing field '.spec.selector'";
  if (!spec.template) return "Rollout has missing field '.spec.template'";
  if (!canary && !blueGreen) {
    return "Rollout has missing field '.spec.strategy'";
  }
  if (canary && blueGreen) {
    return 'spec.strategy: Invalid value: Multiple Strategies can not be listed';
  }
  if (blueGreen && blueGreen.activeService === blueGreen.previewService) {
    return 'spec.strategy.blueGreen.activeService: Invalid value: This rollout uses the same service for the active and preview services, but two different services are required.';
  }
  const maximum = maximumWeight(canary);
  const routing = canary?.trafficRouting !== undefined;
  for (const [index, step] of steps.entries()) {
    const at = `spec.strategy.canary.steps[${index}]`;
    const used = kinds.filter(kind => step[kind] !== undefined);
    if (used.length !== 1) {
      return `${at}: Invalid value: Step must have one of the following set: experiment, setWeight, setCanaryScale, plugin or pause`;
    }
    const weight = asNumber(step.setWeight);
    if (weight !== undefined && (weight < 0 || weight > maximum)) {
      return `${at}.setWeight: Invalid value: ${weight}: SetWeight needs to be between 0 and ${maximum}`;
    }
    if (step.setCanaryScale && !routing) {
      return `${at}.setCanaryScale: Invalid value: SetCanaryScale requires TrafficRouting to be set`;
    }
    for (const kind of ['setHeaderRoute', 'setMirrorRoute'] as const) {
      if (!step[kind]) continue;
      const { name } = asObject(step[kind]);
      const managed = asObjects(
        asObject(canary?.trafficRouting).managedRoutes,
      ).some(route => route.name === name);
      if (!routing || !managed) {
        return `${at}.${kind}: Invalid value: Rollout has to specify the route "${name}" in spec.strategy.canary.trafficRouting.managedRoutes`;
      }
    }
    if (step.plugin) {
      return `${at}.plugin.name: Invalid value: "${
        asObject(step.plugin).name
      }": step plugin is not configured in the controller`;
    }
  }
  return undefined;
}
