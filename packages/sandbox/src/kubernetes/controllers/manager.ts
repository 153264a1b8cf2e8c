import type { Clock } from '../../clock';
import type { Random } from '../../random';
import { storeName } from '../resources/resource';
import type { ResourceRegistry } from '../resources/registry';
import { parseApiVersion } from '../resources/resource';
import type { MemoryStore } from '../storage/memory-store';
import type { ClusterHooks, Controller, ControllerContext } from './context';
import { DaemonSetController } from './daemon-set';
import { DeploymentController } from './deployment';
import { DisruptionBudgetController } from './disruption-budget';
import { EndpointsController } from './endpoints';
import { EventRecorder } from './events';
import { GarbageController } from './garbage';
import { JobController } from './job';
import { NamespaceController } from './namespace';
import { NodeController } from './node';
import { OwnerIndex } from './owner-index';
import { PodController } from './pod';
import { ReplicaSetController } from './replica-set';
import { AnalysisRunController } from './analysis/controller';
import { ExperimentController } from './experiment';
import { FlaggerController } from './flagger/controller';
import { RolloutController } from './rollout/controller';
import { RouteStatusController } from './route-status';
import { StatefulSetController } from './stateful-set';
import { WorkQueue } from './work-queue';

/** Longest a tick works before it leaves the rest to the next one. */
const budgetMilliseconds = 25;

/** More rounds than any world needs; reaching it means two controllers disagree. */
const settleRounds = 10_000;

interface Runner {
  controller: Controller;
  queue: WorkQueue;
}

/** Runs the controllers over what changed; never looks at everything. */
export class ControllerManager {
  readonly #clock: Clock;
  readonly #events: EventRecorder;
  readonly #runners: Runner[] = [];
  readonly #state = { settling: false };

  constructor(options: {
    store: MemoryStore;
    clock: Clock;
    random: Random;
    registry: ResourceRegistry;
    hooks: ClusterHooks;
  }) {
    const { store, clock, random, registry, hooks } = options;
    const state = this.#state;
    this.#clock = clock;
    this.#events = new EventRecorder(store, clock);
    const owners = new OwnerIndex();
    const context: ControllerContext = {
      store,
      clock,
      random: random.fork('kubernetes-controllers'),
      owners,
      events: this.#events,
      hooks,
      resourceOf(apiVersion, kind) {
        const { group } = parseApiVersion(apiVersion);
        const type = registry.findKind(group, kind);
        return type && storeName(type);
      },
      namespacedResources: () =>
        registry
          .all()
          .filter(type => type.namespaced && !type.storedAs && !type.compute)
          .map(storeName),
      get settling() {
        return state.settling;
      },
    };
    const pods = this.#add(new PodController(context));
    this.#add(new DeploymentController(context));
    this.#add(new ReplicaSetController(context));
    this.#add(new RolloutController(context));
    this.#add(new AnalysisRunController(context));
    this.#add(new ExperimentController(context));
    this.#add(new FlaggerController(context));
    this.#add(new StatefulSetController(context));
    this.#add(new DaemonSetController(context));
    this.#add(new JobController(context));
    this.#add(new EndpointsController(context));
    this.#add(new DisruptionBudgetController(context));
    this.#add(new RouteStatusController(context));
    this.#add(new GarbageController(context));
    this.#add(new NamespaceController(context));
    this.#add(new NodeController(context, key => pods.queue.add(key)));
    this.#pods = pods.queue;
    store.onChange(change => {
      owners.observe(change);
      for (const { controller, queue } of this.#runners) {
        controller.observe(change, (key, due) => queue.add(key, due));
      }
    });
  }

  readonly #pods: WorkQueue;

  /** Does what is due, for a bounded time. */
  tick(): void {
    const deadline = performance.now() + budgetMilliseconds;
    while (this.#round(deadline)) {
      if (performance.now() > deadline) {
        return;
      }
    }
  }

  /** Brings everything to its end state at once, without delays and events. */
  settle(): void {
    this.#state.settling = true;
    this.#events.silent = true;
    try {
      for (let round = 0; this.#round(Infinity); round++) {
        if (round > settleRounds) {
          throw new Error('The sandbox cluster does not come to rest');
        }
      }
    } finally {
      this.#state.settling = false;
      this.#events.silent = false;
    }
  }

  /** Has pods looked at again, after what decides their health has changed. */
  reviewPod(namespace: string, name: string): void {
    this.#pods.add(`${namespace}/${name}`);
  }

  #add(controller: Controller): Runner {
    const runner = { controller, queue: new WorkQueue() };
    this.#runners.push(runner);
    return runner;
  }

  /** Syncs every key that is due now; true when there were any. */
  #round(deadline: number): boolean {
    const now = this.#clock.now();
    let worked = false;
    for (const { controller, queue } of this.#runners) {
      for (const key of queue.take(now)) {
        worked = true;
        if (performance.now() > deadline) {
          queue.add(key);
        } else {
          controller.sync(key, (later, due) => queue.add(later, due));
        }
      }
    }
    return worked;
  }
}
