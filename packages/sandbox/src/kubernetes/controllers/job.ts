import { timestamp } from '../storage/timestamp';
import type { ObjectChange } from '../store';
import type { Controller, ControllerContext, Enqueue } from './context';
import { keyOf, splitKey } from './context';
import { controllerOf } from './owner-index';
import { createPod } from './pod-factory';
import { isActive, isReady, specNumber, withCondition } from './pod-state';
import { podsOf } from './replicas';

const resource = 'jobs.batch';

/** Counts as a status keeps them: nothing where there is none. */
function counts(all: Record<string, number>) {
  return Object.fromEntries(
    Object.entries(all).map(([name, count]) => [name, count || undefined]),
  );
}

/** Runs the pods of a Job until enough of them have succeeded. */
export class JobController implements Controller {
  readonly name = 'job-controller';
  readonly #context: ControllerContext;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  observe({ resource: changed, object }: ObjectChange, enqueue: Enqueue): void {
    if (changed === resource) {
      enqueue(keyOf(object));
    } else if (changed === 'pods') {
      const owner = controllerOf(object);
      if (owner?.kind === 'Job') {
        enqueue(`${object.metadata.namespace}/${owner.name}`);
      }
    }
  }

  sync(key: string): void {
    const { store, clock, events } = this.#context;
    const [namespace, name] = splitKey(key);
    const job = store.get(resource, namespace, name);
    if (!job || job.metadata.deletionTimestamp) {
      return;
    }
    const now = timestamp(clock.now());
    const wanted = specNumber(job, 'completions', 1);
    const parallelism = specNumber(job, 'parallelism', 1);
    const pods = podsOf(this.#context, job);
    const succeeded = pods.filter(
      pod => pod.status?.phase === 'Succeeded',
    ).length;
    const active = pods.filter(isActive);
    const missing = Math.min(parallelism, wanted - succeeded) - active.length;
    const suspended = job.spec?.suspend === true;
    for (let count = 0; count < missing && !suspended; count++) {
      const pod = createPod(this.#context, job);
      const message = `Created pod: ${pod.metadata.name}`;
      events.record(job, 'Normal', 'SuccessfulCreate', message, this.name);
    }
    const complete = succeeded >= wanted;
    store.putStatus(resource, namespace, name, {
      ...job.status,
      startTime: job.status?.startTime ?? now,
      ...counts({
        active: podsOf(this.#context, job).filter(isActive).length,
        ready: active.filter(isReady).length,
        succeeded,
      }),
      ...(complete
        ? {
            completionTime: job.status?.completionTime ?? now,
            conditions: withCondition(
              job.status?.conditions,
              {
                type: 'Complete',
                status: 'True',
                reason: 'CompletionsReached',
              },
              now,
            ),
          }
        : {}),
    });
  }
}
