import { asNumber, asObjects } from '../../values';
import { canaries, nextStepWeight, totalWeight, viewCanary } from './canary';
import { CanaryGates } from './gates';
import { callHook, hooksOf } from './hooks';
import { readRoutes, type Routes } from './routes';

/** One round of analysis, and the step that follows when it is fine. */
export abstract class CanaryAnalysis extends CanaryGates {
  protected async analyse(): Promise<void> {
    const { canary, namespace, status, target, analysis } = this.view;
    const routes = readRoutes(this.context, this.view);
    const iterations = asNumber(status.iterations) ?? 0;
    const starts =
      routes.canaryWeight === 0 && iterations === 0 && !routes.mirrored;
    if (starts) {
      this.say('Normal', `Starting canary analysis for ${target}.${namespace}`);
    }
    const fine = starts ? await this.mayStart() : await this.isHealthy();
    // Somebody may have changed or deleted it while answers were waited for.
    const found = this.context.store.get(
      canaries,
      namespace,
      canary.metadata.name,
    );
    if (!found) return;
    this.view = viewCanary(found);
    if (!fine) {
      this.status.failedChecks((asNumber(status.failedChecks) ?? 0) + 1);
      return;
    }
    const wanted = asNumber(analysis.iterations) ?? 0;
    if (wanted > 0) {
      await this.iterate(routes, iterations, wanted);
    } else if (nextStepWeight(this.view, routes.canaryWeight) > 0) {
      await this.increase(routes);
    }
  }

  protected async promote(): Promise<void> {
    this.copy();
    this.status.phase('Promoting');
  }

  protected async increase({ canaryWeight, mirrored }: Routes): Promise<void> {
    const { canary, namespace, maxWeight, analysis, phase } = this.view;
    if (!mirrored && phase !== 'WaitingPromotion') {
      for (const hook of hooksOf(this.view, 'confirm-traffic-increase')) {
        const refusal = await callHook(
          this.context,
          this.view,
          'Progressing',
          hook,
        );
        if (refusal !== undefined) {
          this.halt('waiting for traffic increase approval', hook.name);
          return;
        }
        this.say(
          'Normal',
          `Confirm-traffic-increase check ${hook.name} passed`,
        );
      }
    }
    if (canaryWeight >= maxWeight) {
      if (await this.mayPromote()) await this.promote();
      return;
    }
    const mirrors = analysis.mirror === true && canaryWeight === 0 && !mirrored;
    const weight = mirrors
      ? 0
      : Math.min(
          totalWeight,
          canaryWeight + nextStepWeight(this.view, canaryWeight),
        );
    this.route({ canaryWeight: weight, mirrored: mirrors });
    this.status.weight(weight);
    this.say(
      'Normal',
      `Advance ${canary.metadata.name}.${namespace} canary weight ${weight}`,
    );
  }

  /** A/B tests and blue-green: as many good rounds as asked for, then all at once. */
  protected async iterate(
    routes: Routes,
    done: number,
    wanted: number,
  ): Promise<void> {
    const { canary, namespace, analysis } = this.view;
    const byMatch = asObjects(analysis.match).length > 0;
    const all = { canaryWeight: totalWeight, mirrored: false };
    if (done < wanted) {
      if (byMatch) this.route(all);
      else if (analysis.mirror === true && !routes.mirrored) {
        this.route({ canaryWeight: 0, mirrored: true });
      }
      this.status.iterations(done + 1);
      this.say(
        'Normal',
        `Advance ${canary.metadata.name}.${namespace} canary iteration ${
          done + 1
        }/${wanted}`,
      );
      return;
    }
    if (!(await this.mayPromote())) return;
    if (byMatch || done > wanted) {
      await this.promote();
      return;
    }
    this.say(
      'Normal',
      analysis.mirror === true
        ? 'Stop traffic mirroring and route all traffic to canary'
        : 'Routing all traffic to canary',
    );
    this.route(all);
    this.status.iterations(done + 1);
  }
}
