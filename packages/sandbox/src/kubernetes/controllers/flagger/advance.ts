import type { KubernetesObject } from '../../store';
import { asNumber, asObjects } from '../../values';
import type { ControllerContext } from '../context';
import {
  canaries,
  deployments,
  nextStepWeight,
  notReady,
  specHash,
  totalWeight,
  viewCanary,
  type CanaryView,
} from './canary';
import { announce, callHook, hooksOf } from './hooks';
import { deadlineOf } from './initialize';
import { checkMetric } from './metrics';
import { promoteTarget, scaleDeployment } from './objects';
import { readRoutes, writeRoutes, type Routes } from './routes';
import { CanaryStatus } from './status';

const underWay = new Set([
  'Progressing',
  'Waiting',
  'WaitingPromotion',
  'Promoting',
  'Finalising',
]);

/** One step of an initialised Canary, as Flagger takes it every interval. */
export class CanaryAdvance {
  readonly #context: ControllerContext;
  readonly #target: KubernetesObject;
  readonly #status: CanaryStatus;
  #view: CanaryView;

  constructor(
    context: ControllerContext,
    view: CanaryView,
    target: KubernetesObject,
  ) {
    this.#context = context;
    this.#view = view;
    this.#target = target;
    this.#status = new CanaryStatus(
      context,
      view.namespace,
      view.canary.metadata.name,
    );
  }

  async run(): Promise<void> {
    const { phase, status, canary, namespace } = this.#view;
    if (!underWay.has(phase) && !this.#hasChanged()) return;
    if (phase === 'Failed') this.#status.sync('Failed');
    const skip = canary.spec?.skipAnalysis === true;
    if (!skip && !this.#isReady(this.#view.primary, 'primary')) return;
    if (!underWay.has(phase) || phase === 'Waiting') {
      await this.#begin();
      return;
    }
    if (
      (phase === 'Progressing' || phase === 'WaitingPromotion') &&
      this.#hasChanged()
    ) {
      this.#say(
        'Normal',
        `New revision detected! Restarting analysis for ${
          this.#view.target
        }.${namespace}`,
      );
      this.#route({ canaryWeight: 0, mirrored: false });
      this.#status.sync('Progressing');
      return;
    }
    if (!this.#isReady(this.#view.target, 'canary')) return;
    if (skip) {
      this.#skip();
      return;
    }
    if (phase === 'Progressing' || phase === 'WaitingPromotion') {
      if (await this.#isRecalled()) {
        this.#say(
          'Warning',
          `Rolling back ${canary.metadata.name}.${namespace} manual webhook invoked`,
        );
        await this.#rollBack();
        return;
      }
    }
    if (phase === 'Promoting') {
      this.#shiftBack();
    } else if (phase === 'Finalising') {
      await this.#finish();
    } else if ((asNumber(status.failedChecks) ?? 0) >= this.#view.threshold) {
      await this.#rollBack();
    } else {
      await this.#analyse();
    }
  }

  /** What people deployed is not what is being rolled out; going back to what serves counts as no change. */
  #hasChanged(): boolean {
    const { lastAppliedSpec, lastPromotedSpec } = this.#view.status;
    const hash = specHash(this.#target);
    return hash !== lastPromotedSpec && hash !== lastAppliedSpec;
  }

  #say(type: 'Normal' | 'Warning', message: string): void {
    announce(this.#context, this.#view, type, message);
  }

  #route(routes: Routes): void {
    writeRoutes(this.#context, this.#view, routes);
  }

  #isReady(name: string, side: 'primary' | 'canary'): boolean {
    const { store, clock } = this.#context;
    const { namespace, analysis } = this.#view;
    const waits = notReady(
      store.get(deployments, namespace, name),
      name,
      deadlineOf(this.#view),
      asNumber(
        side === 'primary'
          ? analysis.primaryReadyThreshold
          : analysis.canaryReadyThreshold,
      ) ?? 100,
      clock.now(),
    );
    if (!waits) return true;
    this.#say(
      'Warning',
      side === 'primary'
        ? `primary deployment ${name}.${namespace} not ready: ${waits.message}`
        : `canary deployment ${name}.${namespace} not ready: ${waits.message}`,
    );
    if (waits.final) void this.#rollBack();
    return false;
  }

  async #begin(): Promise<void> {
    const { namespace, target, primary, phase } = this.#view;
    for (const hook of hooksOf(this.#view, 'confirm-rollout')) {
      const refusal = await callHook(this.#context, this.#view, phase, hook);
      if (refusal !== undefined) {
        if (phase !== 'Waiting') {
          this.#status.phase('Waiting');
          this.#halt('waiting for approval', hook.name);
        }
        return;
      }
      this.#say('Normal', `Confirm-rollout check ${hook.name} passed`);
    }
    this.#say(
      'Normal',
      `New revision detected! Scaling up ${target}.${namespace}`,
    );
    const serving = this.#context.store.get(deployments, namespace, primary);
    scaleDeployment(
      this.#context,
      namespace,
      target,
      asNumber(serving?.spec?.replicas) || 1,
    );
    this.#status.sync('Progressing');
  }

  #halt(reason: string, hook: unknown): void {
    const { canary, namespace } = this.#view;
    this.#say(
      'Warning',
      `Halt ${canary.metadata.name}.${namespace} advancement ${reason} ${hook}`,
    );
  }

  #skip(): void {
    const { target, namespace } = this.#view;
    this.#route({ canaryWeight: 0, mirrored: false });
    this.#copy();
    scaleDeployment(this.#context, namespace, target, 0);
    this.#status.phase('Succeeded');
    this.#say(
      'Normal',
      `Promotion completed! Canary analysis was skipped for ${target}.${namespace}`,
    );
  }

  #copy(): void {
    const { target, namespace, primary } = this.#view;
    this.#say(
      'Normal',
      `Copying ${target}.${namespace} template spec to ${primary}.${namespace}`,
    );
    promoteTarget(this.#context, this.#view, this.#target);
  }

  async #isRecalled(): Promise<boolean> {
    for (const hook of hooksOf(this.#view, 'rollback')) {
      const refusal = await callHook(
        this.#context,
        this.#view,
        this.#view.phase,
        hook,
      );
      if (refusal === undefined) {
        this.#say('Warning', `Rollback check ${hook.name} passed`);
        return true;
      }
      this.#say(
        'Normal',
        `Rollback hook ${hook.name} not signaling a rollback`,
      );
    }
    return false;
  }

  #shiftBack(): void {
    const { analysis, canary, namespace } = this.#view;
    const step = asNumber(analysis.stepWeightPromotion) ?? 0;
    const { canaryWeight } = readRoutes(this.#context, this.#view);
    if (step === 0) {
      this.#say('Normal', 'Routing all traffic to primary');
      this.#route({ canaryWeight: 0, mirrored: false });
      this.#status.phase('Finalising');
      return;
    }
    const left = Math.max(canaryWeight - step, 0);
    this.#route({ canaryWeight: left, mirrored: false });
    this.#say(
      'Normal',
      `Advance ${canary.metadata.name}.${namespace} primary weight ${
        totalWeight - left
      }`,
    );
    if (left === 0) this.#status.phase('Finalising');
    else this.#status.weight(left);
  }

  async #finish(): Promise<void> {
    const { namespace, target } = this.#view;
    scaleDeployment(this.#context, namespace, target, 0);
    this.#status.phase('Succeeded');
    await this.#afterwards('Succeeded');
    this.#say(
      'Normal',
      `Promotion completed! Scaling down ${target}.${namespace}`,
    );
  }

  async #afterwards(phase: string): Promise<void> {
    for (const hook of hooksOf(this.#view, 'post-rollout')) {
      const refusal = await callHook(this.#context, this.#view, phase, hook);
      if (refusal === undefined) {
        this.#say('Normal', `Post-rollout check ${hook.name} passed`);
      } else {
        this.#say(
          'Warning',
          `Post-rollout hook ${hook.name} failed ${refusal}`,
        );
      }
    }
  }

  async #rollBack(): Promise<void> {
    const { canary, namespace, target, status, threshold } = this.#view;
    const failed = asNumber(status.failedChecks) ?? 0;
    const name = canary.metadata.name;
    if (failed >= threshold) {
      this.#say(
        'Warning',
        `Rolling back ${name}.${namespace} failed checks threshold reached ${failed}`,
      );
    }
    this.#route({ canaryWeight: 0, mirrored: false });
    this.#say('Warning', `Canary failed! Scaling down ${name}.${namespace}`);
    scaleDeployment(this.#context, namespace, target, 0);
    this.#status.sync('Failed');
    await this.#afterwards('Failed');
  }

  async #analyse(): Promise<void> {
    const { canary, namespace, status, target, analysis } = this.#view;
    const routes = readRoutes(this.#context, this.#view);
    const iterations = asNumber(status.iterations) ?? 0;
    const starts =
      routes.canaryWeight === 0 && iterations === 0 && !routes.mirrored;
    if (starts) {
      this.#say(
        'Normal',
        `Starting canary analysis for ${target}.${namespace}`,
      );
    }
    const fine = starts ? await this.#mayStart() : await this.#isHealthy();
    // Somebody may have changed or deleted it while answers were waited for.
    const found = this.#context.store.get(
      canaries,
      namespace,
      canary.metadata.name,
    );
    if (!found) return;
    this.#view = viewCanary(found);
    if (!fine) {
      this.#status.failedChecks((asNumber(status.failedChecks) ?? 0) + 1);
      return;
    }
    const wanted = asNumber(analysis.iterations) ?? 0;
    if (wanted > 0) {
      await this.#iterate(routes, iterations, wanted);
    } else if (nextStepWeight(this.#view, routes.canaryWeight) > 0) {
      await this.#increase(routes);
    }
  }

  async #mayStart(): Promise<boolean> {
    for (const hook of hooksOf(this.#view, 'pre-rollout')) {
      const refusal = await callHook(
        this.#context,
        this.#view,
        'Progressing',
        hook,
      );
      if (refusal !== undefined) {
        this.#halt(`pre-rollout check ${hook.name} failed`, refusal);
        return false;
      }
      this.#say('Normal', `Pre-rollout check ${hook.name} passed`);
    }
    return true;
  }

  async #isHealthy(): Promise<boolean> {
    for (const hook of hooksOf(this.#view, 'rollout')) {
      const refusal = await callHook(
        this.#context,
        this.#view,
        'Progressing',
        hook,
      );
      if (refusal !== undefined) {
        this.#halt(`external check ${hook.name} failed`, refusal);
        return false;
      }
    }
    for (const metric of asObjects(this.#view.analysis.metrics)) {
      const complaint = await checkMetric(this.#context, this.#view, metric);
      if (complaint !== undefined) {
        this.#say('Warning', complaint);
        return false;
      }
    }
    return true;
  }

  async #mayPromote(): Promise<boolean> {
    const { phase, analysis } = this.#view;
    for (const hook of hooksOf(this.#view, 'confirm-promotion')) {
      const refusal = await callHook(
        this.#context,
        this.#view,
        'Progressing',
        hook,
      );
      if (refusal !== undefined) {
        if (phase !== 'WaitingPromotion') {
          this.#status.phase('WaitingPromotion');
          this.#halt('waiting for promotion approval', hook.name);
        } else if (analysis.iterations) {
          this.#status.iterations(Number(analysis.iterations) - 1);
        }
        return false;
      }
      this.#say('Normal', `Confirm-promotion check ${hook.name} passed`);
    }
    return true;
  }

  async #promote(): Promise<void> {
    this.#copy();
    this.#status.phase('Promoting');
  }

  async #increase({ canaryWeight, mirrored }: Routes): Promise<void> {
    const { canary, namespace, maxWeight, analysis, phase } = this.#view;
    if (!mirrored && phase !== 'WaitingPromotion') {
      for (const hook of hooksOf(this.#view, 'confirm-traffic-increase')) {
        const refusal = await callHook(
          this.#context,
          this.#view,
          'Progressing',
          hook,
        );
        if (refusal !== undefined) {
          this.#halt('waiting for traffic increase approval', hook.name);
          return;
        }
        this.#say(
          'Normal',
          `Confirm-traffic-increase check ${hook.name} passed`,
        );
      }
    }
    if (canaryWeight >= maxWeight) {
      if (await this.#mayPromote()) await this.#promote();
      return;
    }
    const mirrors = analysis.mirror === true && canaryWeight === 0 && !mirrored;
    const weight = mirrors
      ? 0
      : Math.min(
          totalWeight,
          canaryWeight + nextStepWeight(this.#view, canaryWeight),
        );
    this.#route({ canaryWeight: weight, mirrored: mirrors });
    this.#status.weight(weight);
    this.#say(
      'Normal',
      `Advance ${canary.metadata.name}.${namespace} canary weight ${weight}`,
    );
  }

  /** A/B tests and blue-green: as many good rounds as asked for, then all at once. */
  async #iterate(routes: Routes, done: number, wanted: number): Promise<void> {
    const { canary, namespace, analysis } = this.#view;
    const byMatch = asObjects(analysis.match).length > 0;
    const all = { canaryWeight: totalWeight, mirrored: false };
    if (done < wanted) {
      if (byMatch) this.#route(all);
      else if (analysis.mirror === true && !routes.mirrored) {
        this.#route({ canaryWeight: 0, mirrored: true });
      }
      this.#status.iterations(done + 1);
      this.#say(
        'Normal',
        `Advance ${canary.metadata.name}.${namespace} canary iteration ${
          done + 1
        }/${wanted}`,
      );
      return;
    }
    if (!(await this.#mayPromote())) return;
    if (byMatch || done > wanted) {
      await this.#promote();
      return;
    }
    this.#say(
      'Normal',
      analysis.mirror === true
        ? 'Stop traffic mirroring and route all traffic to canary'
        : 'Routing all traffic to canary',
    );
    this.#route(all);
    this.#status.iterations(done + 1);
  }
}
