import { asNumber } from '../../values';
import { CanaryAnalysis } from './analyse';
import { deployments, notReady, specHash, totalWeight } from './canary';
import { callHook, hooksOf } from './hooks';
import { deadlineOf } from './initialize';
import { scaleDeployment } from './objects';
import { readRoutes } from './routes';

const underWay = new Set([
  'Progressing',
  'Waiting',
  'WaitingPromotion',
  'Promoting',
  'Finalising',
]);

/** One step of an initialised Canary, as Flagger takes it every interval. */
export class CanaryAdvance extends CanaryAnalysis {
  async run(): Promise<void> {
    const { phase, status, canary, namespace } = this.view;
    if (!underWay.has(phase) && !this.hasChanged()) return;
    if (phase === 'Failed') this.status.sync('Failed');
    const skip = canary.spec?.skipAnalysis === true;
    if (!skip && !this.isReady(this.view.primary, 'primary')) return;
    if (!underWay.has(phase) || phase === 'Waiting') {
      await this.begin();
      return;
    }
    if (
      (phase === 'Progressing' || phase === 'WaitingPromotion') &&
      this.hasChanged()
    ) {
      this.say(
        'Normal',
        `New revision detected! Restarting analysis for ${this.view.target}.${namespace}`,
      );
      this.route({ canaryWeight: 0, mirrored: false });
      this.status.sync('Progressing');
      return;
    }
    if (!this.isReady(this.view.target, 'canary')) return;
    if (skip) {
      this.skip();
      return;
    }
    if (phase === 'Progressing' || phase === 'WaitingPromotion') {
      if (await this.isRecalled()) {
        this.say(
          'Warning',
          `Rolling back ${canary.metadata.name}.${namespace} manual webhook invoked`,
        );
        await this.rollBack();
        return;
      }
    }
    if (phase === 'Promoting') {
      this.shiftBack();
    } else if (phase === 'Finalising') {
      await this.finish();
    } else if ((asNumber(status.failedChecks) ?? 0) >= this.view.threshold) {
      await this.rollBack();
    } else {
      await this.analyse();
    }
  }

  /** What people deployed is not what is being rolled out; going back to what serves counts as no change. */
  protected hasChanged(): boolean {
    const { lastAppliedSpec, lastPromotedSpec } = this.view.status;
    const hash = specHash(this.target);
    return hash !== lastPromotedSpec && hash !== lastAppliedSpec;
  }

  protected isReady(name: string, side: 'primary' | 'canary'): boolean {
    const { store, clock } = this.context;
    const { namespace, analysis } = this.view;
    const waits = notReady(
      store.get(deployments, namespace, name),
      name,
      deadlineOf(this.view),
      asNumber(
        side === 'primary'
          ? analysis.primaryReadyThreshold
          : analysis.canaryReadyThreshold,
      ) ?? 100,
      clock.now(),
    );
    if (!waits) return true;
    this.say(
      'Warning',
      side === 'primary'
        ? `primary deployment ${name}.${namespace} not ready: ${waits.message}`
        : `canary deployment ${name}.${namespace} not ready: ${waits.message}`,
    );
    if (waits.final) void this.rollBack();
    return false;
  }

  protected async begin(): Promise<void> {
    const { namespace, target, primary, phase } = this.view;
    for (const hook of hooksOf(this.view, 'confirm-rollout')) {
      const refusal = await callHook(this.context, this.view, phase, hook);
      if (refusal !== undefined) {
        if (phase !== 'Waiting') {
          this.status.phase('Waiting');
          this.halt('waiting for approval', hook.name);
        }
        return;
      }
      this.say('Normal', `Confirm-rollout check ${hook.name} passed`);
    }
    this.say(
      'Normal',
      `New revision detected! Scaling up ${target}.${namespace}`,
    );
    const serving = this.context.store.get(deployments, namespace, primary);
    scaleDeployment(
      this.context,
      namespace,
      target,
      asNumber(serving?.spec?.replicas) || 1,
    );
    this.status.sync('Progressing');
  }

  protected skip(): void {
    const { target, namespace } = this.view;
    this.route({ canaryWeight: 0, mirrored: false });
    this.copy();
    scaleDeployment(this.context, namespace, target, 0);
    this.status.phase('Succeeded');
    this.say(
      'Normal',
      `Promotion completed! Canary analysis was skipped for ${target}.${namespace}`,
    );
  }

  protected shiftBack(): void {
    const { analysis, canary, namespace } = this.view;
    const step = asNumber(analysis.stepWeightPromotion) ?? 0;
    const { canaryWeight } = readRoutes(this.context, this.view);
    if (step === 0) {
      this.say('Normal', 'Routing all traffic to primary');
      this.route({ canaryWeight: 0, mirrored: false });
      this.status.phase('Finalising');
      return;
    }
    const left = Math.max(canaryWeight - step, 0);
    this.route({ canaryWeight: left, mirrored: false });
    this.say(
      'Normal',
      `Advance ${canary.metadata.name}.${namespace} primary weight ${
        totalWeight - left
      }`,
    );
    if (left === 0) this.status.phase('Finalising');
    else this.status.weight(left);
  }

  protected async finish(): Promise<void> {
    const { namespace, target } = this.view;
    scaleDeployment(this.context, namespace, target, 0);
    this.status.phase('Succeeded');
    await this.afterwards('Succeeded');
    this.say(
      'Normal',
      `Promotion completed! Scaling down ${target}.${namespace}`,
    );
  }

  protected async afterwards(phase: string): Promise<void> {
    for (const hook of hooksOf(this.view, 'post-rollout')) {
      const refusal = await callHook(this.context, this.view, phase, hook);
      if (refusal === undefined) {
        this.say('Normal', `Post-rollout check ${hook.name} passed`);
      } else {
        this.say('Warning', `Post-rollout hook ${hook.name} failed ${refusal}`);
      }
    }
  }

  protected async rollBack(): Promise<void> {
    const { canary, namespace, target, status, threshold } = this.view;
    const failed = asNumber(status.failedChecks) ?? 0;
    const name = canary.metadata.name;
    if (failed >= threshold) {
      this.say(
        'Warning',
        `Rolling back ${name}.${namespace} failed checks threshold reached ${failed}`,
      );
    }
    this.route({ canaryWeight: 0, mirrored: false });
    this.say('Warning', `Canary failed! Scaling down ${name}.${namespace}`);
    scaleDeployment(this.context, namespace, target, 0);
    this.status.sync('Failed');
    await this.afterwards('Failed');
  }
}
