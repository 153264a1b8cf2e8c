import type { KubernetesObject } from '../../store';
import type { ControllerContext } from '../context';
import type { CanaryView } from './canary';
import { announce } from './hooks';
import { promoteTarget } from './objects';
import { writeRoutes, type Routes } from './routes';
import { CanaryStatus } from './status';

/** What every part of a round on one Canary needs: its objects, and ways to tell and to change them. */
export abstract class CanaryRound {
  protected readonly context: ControllerContext;
  protected readonly target: KubernetesObject;
  protected readonly status: CanaryStatus;
  protected view: CanaryView;

  constructor(
    context: ControllerContext,
    view: CanaryView,
    target: KubernetesObject,
  ) {
    this.context = context;
    this.view = view;
    this.target = target;
    this.status = new CanaryStatus(
      context,
      view.namespace,
      view.canary.metadata.name,
    );
  }

  protected say(type: 'Normal' | 'Warning', message: string): void {
    announce(this.context, this.view, type, message);
  }

  protected route(routes: Routes): void {
    writeRoutes(this.context, this.view, routes);
  }

  protected halt(reason: string, hook: unknown): void {
    const { canary, namespace } = this.view;
    this.say(
      'Warning',
      `Halt ${canary.metadata.name}.${namespace} advancement ${reason} ${hook}`,
    );
  }

  protected copy(): void {
    const { target, namespace, primary } = this.view;
    this.say(
      'Normal',
      `Copying ${target}.${namespace} template spec to ${primary}.${namespace}`,
    );
    promoteTarget(this.context, this.view, this.target);
  }
}
