import type { KubernetesObject } from '../../store';
import { asNumber, asTexts } from '../../values';
import type { ControllerContext } from '../context';
import {
  canaries,
  deployments,
  finalizer,
  notReady,
  selectorOf,
  type CanaryView,
} from './canary';
import { announce } from './hooks';
import {
  ensureDestinationRules,
  ensurePrimary,
  ensureService,
  scaleDeployment,
} from './objects';
import { readRoutes, writeRoutes } from './routes';
import { CanaryStatus } from './status';

/** Whether the Canary has not yet been set up. */
export const isNew = ({ phase }: CanaryView) =>
  phase === '' || phase === 'Initializing';

/** Seconds that a Deployment may take. */
export function deadlineOf({ canary }: CanaryView): number {
  return asNumber(canary.spec?.progressDeadlineSeconds) ?? 600;
}

/**
 * Makes what a Canary needs and corrects what people changed. False when it
 * has to wait for the primary; without delay, so that a world can settle.
 */
export function initialize(
  context: ControllerContext,
  view: CanaryView,
  target: KubernetesObject,
): boolean {
  const { store, clock } = context;
  const { namespace, primary, apex, canary } = view;
  const status = new CanaryStatus(context, namespace, canary.metadata.name);
  const { label, value } = selectorOf(target);
  if (isNew(view) && view.phase === '') status.phase('Initializing');
  ensureService(context, view, `${apex}-canary`, { [label]: value });
  ensureService(context, view, `${apex}-primary`, { [label]: primary });
  ensurePrimary(context, view, target);
  if (isNew(view)) {
    const waits = notReady(
      store.get(deployments, namespace, primary),
      primary,
      deadlineOf(view),
      asNumber(view.analysis.primaryReadyThreshold) ?? 100,
      clock.now(),
    );
    if (waits) {
      announce(
        context,
        view,
        'Warning',
        `${primary}.${namespace} not ready: ${waits.message}`,
      );
      return false;
    }
  }
  ensureService(context, view, apex, { [label]: primary });
  if (isNew(view)) scaleDeployment(context, namespace, view.target, 0);
  ensureDestinationRules(context, view);
  writeRoutes(context, view, readRoutes(context, view));
  if (isNew(view)) {
    status.sync('Initialized');
    announce(
      context,
      view,
      'Normal',
      `Initialization done! ${canary.metadata.name}.${namespace}`,
    );
  }
  return true;
}

/** Puts the target back into service before the Canary goes, when it asked for that. */
export function finalize(context: ControllerContext, view: CanaryView): void {
  const { store } = context;
  const { canary, namespace, target, primary, apex } = view;
  const kept = (canary.metadata.finalizers ?? []).filter(
    name => name !== finalizer,
  );
  const status = new CanaryStatus(context, namespace, canary.metadata.name);
  const name = canary.metadata.name;
  if (view.phase !== 'Terminating') {
    status.phase('Terminating');
    announce(
      context,
      view,
      'Normal',
      `Terminating canary ${name}.${namespace}`,
    );
    const serving = store.get(deployments, namespace, primary);
    scaleDeployment(
      context,
      namespace,
      target,
      asNumber(serving?.spec?.replicas) ?? 1,
    );
    return;
  }
  const deployment = store.get(deployments, namespace, target);
  if (deployment) {
    if (notReady(deployment, target, Infinity, 100, context.clock.now())) {
      return;
    }
    const { label, value } = selectorOf(deployment);
    const service = store.get('services', namespace, apex);
    if (service && asTexts(service.spec?.selector)[label] !== value) {
      ensureService(context, view, apex, { [label]: value });
    }
  }
  writeRoutes(context, view, { canaryWeight: 100, mirrored: false });
  status.phase('Terminated');
  announce(context, view, 'Normal', `Terminated canary ${name}.${namespace}`);
  const found = store.get(canaries, namespace, name);
  if (!found) return;
  store.put(canaries, {
    ...found,
    metadata: { ...found.metadata, finalizers: kept },
  });
  if (kept.length === 0) store.delete(canaries, namespace, name);
}
