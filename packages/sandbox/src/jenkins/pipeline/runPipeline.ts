import {
  asText,
  evaluate,
  isTrue,
  RuntimeError,
  type Scope,
  type Value,
} from '../groovy/evaluate';
import type { CallSyntax, Expression, Statement } from '../groovy/syntax';
import { runShell } from '../shell/runShell';
import type { PipelineContext, PipelineEvent, Result } from './events';
import { duePosts } from './posts';
import { holds } from './when';
import type { Pipeline, Setting, Stage } from './readPipeline';

/** An expression needs the value of a step first. */
class StepAsked extends Error {}

/** Ends the steps of a stage. */
class StepFailure extends Error {
  constructor(message: string, readonly result: Result = 'FAILURE') {
    super(message);
  }
}

const line = (text: string, seconds = 0.05): PipelineEvent => ({
  kind: 'output',
  seconds,
  text: `${text}\n`,
});

/** Steps whose body is run, and nothing else. */
const wrappers: readonly string[] = [
  'script',
  'timeout',
  'retry',
  'timestamps',
  'withCredentials',
  'withEnv',
  'dir',
  'container',
  'ansiColor',
  'node',
  'lock',
  'sshagent',
  'warnError',
];
/** Steps that do nothing which could be seen. */
const silent: readonly string[] = [
  'deleteDir',
  'cleanWs',
  'junit',
  'archiveArtifacts',
  'stash',
  'unstash',
  'milestone',
  'updateGitlabCommitStatus',
  'gitlabCommitStatus',
  'recordIssues',
  'publishHTML',
];

class Run {
  #result: Result = 'SUCCESS';
  readonly #names = new Map<string, Value>();
  /** What comes after an abort is not aborted again. */
  #isCleaning = false;

  constructor(
    private readonly pipeline: Pipeline,
    private readonly context: PipelineContext,
  ) {}

  readonly #scope: Scope = {
    lookUp: path => this.#lookUp(path),
    step: call => {
      // Steps have values where they are played first; see #valueOf.
      throw new RuntimeError(
        `java.lang.NoSuchMethodError: No such DSL method '${call.name}' found among steps`,
      );
    },
  };

  #lookUp([first, second]: readonly string[]): Value {
    const { machine, parameters } = this.context;
    if (first === 'env') return machine.environment.get(second ?? '');
    if (first === 'params') return parameters.get(second ?? '');
    if (first === 'currentBuild') {
      if (second === 'number') return machine.environment.get('BUILD_NUMBER');
      return this.#result;
    }
    if (first === 'scm') return 'scm';
    const value = this.#names.has(first)
      ? this.#names.get(first)
      : parameters.get(first) ?? machine.environment.get(first);
    if (value === undefined && second === undefined) {
      throw new RuntimeError(
        `groovy.lang.MissingPropertyException: No such property: ${first} for class: groovy.lang.Binding`,
      );
    }
    return value;
  }

  *run(): Generator<PipelineEvent, void> {
    const { pipeline, context } = this;
    yield line('[Pipeline] Start of Pipeline');
    yield line('[Pipeline] node', 0.3);
    yield line(
      `Running on built-in in ${context.machine.environment.get('WORKSPACE')}`,
    );
    try {
      if (!pipeline.skipsCheckout) {
        yield { kind: 'stage', name: 'Declarative: Checkout SCM' };
        yield* this.#open('Declarative: Checkout SCM');
        yield* this.#checkout();
        yield* this.#close();
      }
      this.#set(pipeline.environment);
    } catch (error) {
      yield* this.#failed(error);
    }
    for (const stage of pipeline.stages) yield* this.#stage(stage);
    yield* this.#posts(pipeline.post, this.#result, true);
    yield line('[Pipeline] // node');
    yield line('[Pipeline] End of Pipeline');
    if (this.#result === 'FAILURE' && this.#message !== undefined)
      yield line(`ERROR: ${this.#message}`);
    yield line(`Finished: ${this.#result}`);
    yield { kind: 'end', result: this.#result };
  }

  #message: string | undefined;

  #isAborted(): boolean {
    return !this.#isCleaning && this.context.isAborted();
  }

  *#open(name: string): Generator<PipelineEvent, void> {
    yield line('[Pipeline] stage');
    yield line(`[Pipeline] { (${name})`);
  }

  *#close(): Generator<PipelineEvent, void> {
    yield line('[Pipeline] }');
    yield line('[Pipeline] // stage');
  }

  *#failed(error: unknown): Generator<PipelineEvent, void> {
    if (error instanceof StepFailure) {
      this.#result = error.result;
      this.#message = error.message;
    } else if (error instanceof RuntimeError) {
      this.#result = 'FAILURE';
      this.#message = undefined;
      yield line(error.message);
    } else throw error;
  }

  #set(settings: readonly Setting[]): void {
    for (const { name, value } of settings) {
      this.context.machine.environment.set(
        name,
        asText(evaluate(value, this.#scope)),
      );
    }
  }

  *#stage(stage: Stage): Generator<PipelineEvent, void> {
    yield { kind: 'stage', name: stage.name };
    yield* this.#open(stage.name);
    if (this.#result !== 'SUCCESS' && this.#result !== 'UNSTABLE') {
      const why = this.#result === 'ABORTED' ? 'abort' : 'failure(s)';
      yield line(`Stage "${stage.name}" skipped due to earlier ${why}`);
      yield { kind: 'verdict', result: 'NOT_BUILT' };
    } else {
      const before = this.#result;
      try {
        this.#set(stage.environment);
        if (
          !stage.when.every(each =>
            holds(each, this.#scope, {
              branch: this.context.branch,
              environment: this.context.machine.environment,
            }),
          )
        ) {
          yield line(`Stage "${stage.name}" skipped due to when conditional`);
          yield { kind: 'verdict', result: 'NOT_BUILT' };
        } else {
          yield* this.#steps(stage.steps);
          for (const inner of stage.stages) yield* this.#stage(inner);
        }
      } catch (error) {
        yield* this.#failed(error);
      }
      const own = this.#result === before ? 'SUCCESS' : this.#result;
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
      this.#isCleaning = true;
      try {
        yield* this.#steps(post.get(name) ?? []);
      } catch (error) {
        yield line(`Error when executing ${name} post condition:`);
        yield* this.#failed(error);
      }
    }
    this.#isCleaning = false;
    if (isLast) yield* this.#close();
  }

  *#steps(statements: readonly Statement[]): Generator<PipelineEvent, void> {
    for (const statement of statements) {
      if (this.#isAborted()) throw new StepFailure('Aborted', 'ABORTED');
      if (statement.kind === 'if') {
        const isThen = isTrue(yield* this.#valueOf(statement.condition));
        yield* this.#steps(isThen ? statement.then : statement.other);
      } else if (statement.kind === 'assign') yield* this.#assign(statement);
      else if (statement.kind === 'expression')
        evaluate(statement.value, this.#scope);
      else yield* this.#step(statement.call);
    }
  }

  *#assign({
    target,
    value,
  }: Statement & { kind: 'assign' }): Generator<PipelineEvent, void> {
    const found = yield* this.#valueOf(value);
    const [first, second] = target.split('.');
    if (first === 'env')
      this.context.machine.environment.set(second, asText(found));
    else if (first === 'currentBuild' && second === 'result')
      this.#result = found === 'UNSTABLE' ? 'UNSTABLE' : this.#result;
    else if (first !== 'currentBuild') this.#names.set(target, found);
  }

  /**
   * Value of an expression. Steps within it that have values of their own,
   * such as `sh(returnStdout: true, ...)`, are played when they are come
   * across, and the expression is evaluated again with what they answered.
   */
  *#valueOf(expression: Expression): Generator<PipelineEvent, Value> {
    const answers = new Map<CallSyntax, Value>();
    for (;;) {
      const asked: CallSyntax[] = [];
      const step = (call: CallSyntax) => {
        if (answers.has(call) || call.name !== 'sh') {
          return answers.has(call) ? answers.get(call) : this.#scope.step(call);
        }
        asked.push(call);
        throw new StepAsked();
      };
      try {
        return evaluate(expression, { ...this.#scope, step });
      } catch (error) {
        if (!(error instanceof StepAsked)) throw error;
      }
      const [call] = asked;
      yield line('[Pipeline] sh');
      const { stdout, code } = yield* this.#shell(call);
      answers.set(call, this.#flag(call, 'returnStatus') ? code : stdout);
    }
  }

  #flag({ named }: CallSyntax, name: string): boolean {
    return Boolean(named[name]) && isTrue(evaluate(named[name], this.#scope));
  }

  *#step(call: CallSyntax): Generator<PipelineEvent, void> {
    const { name, positional, named, body } = call;
    const text = (...names: string[]) => {
      const given =
        positional[0] ?? names.map(each => named[each]).find(Boolean);
      return given ? asText(evaluate(given, this.#scope)) : '';
    };
    yield line(`[Pipeline] ${name}`);
    if (name === 'sh' || name === 'bat') yield* this.#shell(call);
    else if (name === 'echo') yield line(text('message'));
    else if (name === 'checkout' || name === 'git') yield* this.#checkout();
    else if (name === 'error') throw new StepFailure(text('message'));
    else if (name === 'unstable') {
      yield line(`WARNING: ${text('message')}`);
      this.#result = 'UNSTABLE';
    } else if (name === 'sleep') {
      const seconds = Math.min(Number(text('time')) || 0, 600);
      yield line(`Sleeping for ${seconds} sec`);
      for (let left = seconds; left > 0 && !this.#isAborted(); left--) {
        yield { kind: 'output', seconds: 1, text: '' };
      }
    } else if (name === 'catchError') {
      try {
        yield* this.#steps(body ?? []);
      } catch (error) {
        yield* this.#failed(error);
      }
    } else if (wrappers.includes(name)) {
      yield line('[Pipeline] {');
      yield* this.#steps(body ?? []);
      yield line('[Pipeline] }');
    } else if (!silent.includes(name)) {
      throw new RuntimeError(
        `java.lang.NoSuchMethodError: No such DSL method '${name}' found among steps [archive, bat, checkout, deleteDir, dir, echo, error, git, node, retry, sh, sleep, stage, timeout, unstable, withEnv]`,
      );
    }
  }

  *#checkout(): Generator<PipelineEvent, void> {
    yield { kind: 'output', seconds: 0.6, text: this.context.checkout() };
  }

  *#shell(
    call: CallSyntax,
  ): Generator<PipelineEvent, { stdout: string; code: number }> {
    const { positional, named } = call;
    const flag = (name: string) => this.#flag(call, name);
    const given = positional[0] ?? named.script;
    const shell = runShell(
      given ? asText(evaluate(given, this.#scope)) : '',
      this.context.machine,
    );
    for (;;) {
      if (this.#isAborted()) {
        yield line('Sending interrupt signal to process');
        yield line('script returned exit code 143', 0.4);
        throw new StepFailure('script returned exit code 143', 'ABORTED');
      }
      const next = shell.next();
      if (next.done) {
        const { code, stdout } = next.value;
        if (code !== 0 && !flag('returnStatus')) {
          throw new StepFailure(`script returned exit code ${code}`);
        }
        return { code, stdout: flag('returnStdout') ? stdout : '' };
      }
      const isHidden = flag('returnStdout') && !next.value.text.startsWith('+');
      yield {
        kind: 'output',
        seconds: next.value.seconds,
        text: isHidden ? '' : next.value.text,
      };
    }
  }
}

/** Plays a pipeline: what its console shows piece by piece, its stages, and how it ends. */
export function runPipeline(
  pipeline: Pipeline,
  context: PipelineContext,
): Generator<PipelineEvent, void> {
  return new Run(pipeline, context).run();
}
