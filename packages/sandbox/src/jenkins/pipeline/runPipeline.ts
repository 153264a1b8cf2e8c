import {
  line,
  type PipelineContext,
  type PipelineEvent,
  type Result,
} from './events';
import { duePosts } from './posts';
import type { Pipeline, Stage } from './readPipeline';
import { StepRunner } from './StepRunner';
import { holds } from './when';

class Run {
  readonly #steps: StepRunner;

  constructor(
    private readonly pipeline: Pipeline,
    private readonly context: PipelineContext,
  ) {
    this.#steps = new StepRunner(context);
  }

  *run(): Generator<PipelineEvent, void> {
    const { pipeline, context } = this;
    yield line('[Pipeline] Start of Pipeline');
    yield line('[Pipeline] node', 0.3);
    yield line(
      `Running on built-in in ${context.machine.environment.get('WORKSPACE')}`,
    );
    try {
      if (context.hasSource && !pipeline.skipsCheckout) {
        yield { kind: 'stage', name: 'Declarative: Checkout SCM' };
        yield* this.#open('Declarative: Checkout SCM');
        yield* this.#steps.checkout();
        yield* this.#close();
      }
      this.#steps.set(pipeline.environment);
    } catch (error) {
      yield* this.#steps.failed(error);
    }
    for (const stage of pipeline.stages) yield* this.#stage(stage);
    yield* this.#posts(pipeline.post, this.#steps.result, true);
    yield line('[Pipeline] // node');
    yield line('[Pipeline] End of Pipeline');
    if (this.#steps.result === 'FAILURE' && this.#steps.message !== undefined)
      yield line(`ERROR: ${this.#steps.message}`);
    yield line(`Finished: ${this.#steps.result}`);
    yield { kind: 'end', result: this.#steps.result };
  }

  *#open(name: string): Generator<PipelineEvent, void> {
    yield line('[Pipeline] stage');
    yield line(`[Pipeline] { (${name})`);
  }

  *#close(): Generator<PipelineEvent, void> {
    yield line('[Pipeline] }');
    yield line('[Pipeline] // stage');
  }

  *#stage(stage: Stage): Generator<PipelineEvent, void> {
    yield { kind: 'stage', name: stage.name };
    yield* this.#open(stage.name);
    if (this.#steps.result !== 'SUCCESS' && this.#steps.result !== 'UNSTABLE') {
      const why = this.#steps.result === 'ABORTED' ? 'abort' : 'failure(s)';
      yield line(`Stage "${stage.name}" skipped due to earlier ${why}`);
      yield { kind: 'verdict', result: 'NOT_BUILT' };
    } else {
      const before = this.#steps.result;
      try {
        this.#steps.set(stage.environment);
        if (
          !stage.when.every(each =>
            holds(each, this.#steps.scope, {
              branch: this.context.branch,
              environment: this.context.machine.environment,
            }),
          )
        ) {
          yield line(`Stage "${stage.name}" skipped due to when conditional`);
          yield { kind: 'verdict', result: 'NOT_BUILT' };
        } else {
          yield* this.#steps.steps(stage.steps);
          for (const inner of stage.stages) yield* this.#stage(inner);
        }
      } catch (error) {
        yield* this.#steps.failed(error);
      }
      const own =
        this.#steps.result === before ? 'SUCCESS' : this.#steps.result;
      if (own !== 'SUCCESS') yield { kind: 'verdict', result: own };
      yield* this.#posts(stage.post, own, false);
    }
    yield* this.#close();
  }

  *#posts(
    post: Pipeline['post'],
    result: Result,
    isLast: boolean,
  ): Generator<PipelineEvent, void> {
    const due = duePosts(post, result, this.context.previousResult);
    if (due.length === 0) return;
    if (isLast) {
      yield { kind: 'stage', name: 'Declarative: Post Actions' };
      yield* this.#open('Declarative: Post Actions');
    }
    for (const name of due) {
      this.#steps.isCleaning = true;
      try {
        yield* this.#steps.steps(post.get(name) ?? []);
      } catch (error) {
        yield line(`Error when executing ${name} post condition:`);
        yield* this.#steps.failed(error);
      }
    }
    this.#steps.isCleaning = false;
    if (isLast) yield* this.#close();
  }
}

/** Plays a pipeline: what its console shows piece by piece, its stages, and how it ends. */
export function runPipeline(
  pipeline: Pipeline,
  context: PipelineContext,
): Generator<PipelineEvent, void> {
  return new Run(pipeline, context).run();
}
