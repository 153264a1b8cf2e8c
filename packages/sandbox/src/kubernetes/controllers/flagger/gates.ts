import { asObjects } from '../../values';
import { callHook, hooksOf } from './hooks';
import { checkMetric } from './metrics';
import { CanaryRound } from './round';

/** The questions that hooks and metrics answer before a Canary goes on. */
export abstract class CanaryGates extends CanaryRound {
  protected async isRecalled(): Promise<boolean> {
    for (const hook of hooksOf(this.view, 'rollback')) {
      const refusal = await callHook(
        this.context,
        this.view,
        this.view.phase,
        hook,
      );
      if (refusal === undefined) {
        this.say('Warning', `Rollback check ${hook.name} passed`);
        return true;
      }
      this.say('Normal', `Rollback hook ${hook.name} not signaling a rollback`);
    }
    return false;
  }

  protected async mayStart(): Promise<boolean> {
    for (const hook of hooksOf(this.view, 'pre-rollout')) {
      const refusal = await callHook(
        this.context,
        this.view,
        'Progressing',
        hook,
      );
      if (refusal !== undefined) {
        this.halt(`pre-rollout check ${hook.name} failed`, refusal);
        return false;
      }
      this.say('Normal', `Pre-rollout check ${hook.name} passed`);
    }
    return true;
  }

  protected async isHealthy(): Promise<boolean> {
    for (const hook of hooksOf(this.view, 'rollout')) {
      const refusal = await callHook(
        this.context,
        this.view,
        'Progressing',
        hook,
      );
      if (refusal !== undefined) {
        this.halt(`external check ${hook.name} failed`, refusal);
        return false;
      }
    }
    for (const metric of asObjects(this.view.analysis.metrics)) {
      const complaint = await checkMetric(this.context, this.view, metric);
      if (complaint !== undefined) {
        this.say('Warning', complaint);
        return false;
      }
    }
    return true;
  }

  protected async mayPromote(): Promise<boolean> {
    const { phase, analysis } = this.view;
    for (const hook of hooksOf(this.view, 'confirm-promotion')) {
      const refusal = await callHook(
        this.context,
        this.view,
        'Progressing',
        hook,
      );
      if (refusal !== undefined) {
        if (phase !== 'WaitingPromotion') {
          this.status.phase('WaitingPromotion');
          this.halt('waiting for promotion approval', hook.name);
        } else if (analysis.iterations) {
          this.status.iterations(Number(analysis.iterations) - 1);
        }
        return false;
      }
      this.say('Normal', `Confirm-promotion check ${hook.name} passed`);
    }
    return true;
  }
}
