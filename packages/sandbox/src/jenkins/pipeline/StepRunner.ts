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
import {
  line,
  type PipelineContext,
  type PipelineEvent,
  type Result,
} from './events';
import type { Setting } from './readPipeline';

/** An expression needs the value of a step first. */
class StepAsked extends Error {}

/** Ends the steps of a stage. */
class StepFailure extends Error {
  constructor(message: string, readonly result: Result = 'FAILURE') {
    super(message);
  }
}

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

/** Runs the steps of a pipeline, and keeps how it has turned out so far. */
export class StepRunner {
  result: Result = 'SUCCESS';
  /** What the console says last of what went wrong. */
  message: string | undefined;
  /** What comes after an abort is not aborted again. */
  isCleaning = false;
  readonly #names = new Map<string, Value>();

  constructor(private readonly context: PipelineContext) {}

  readonly scope: Scope = {
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
      return this.result;
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

  /** Sets variables, one after the other. */
  set(settings: readonly Setting[]): void {
    for (const { name, value } of settings) {
      this.context.machine.environment.set(
        name,
        asText(evaluate(value, this.scope)),
      );
    }
  }

  /** Runs steps until one fails. @throws StepFailure and RuntimeError */
  *steps(statements: readonly Statement[]): Generator<PipelineEvent, void> {
    for (const statement of statements) {
      if (this.#isAborted()) throw new StepFailure('Aborted', 'ABORTED');
      if (statement.kind === 'if') {
        const isThen = isTrue(yield* this.#valueOf(statement.condition));
        yield* this.steps(isThen ? statement.then : statement.other);
      } else if (statement.kind === 'assign') yield* this.#assign(statement);
      else if (statement.kind === 'expression')
        yield* this.#valueOf(statement.value);
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
      this.result = found === 'UNSTABLE' ? 'UNSTABLE' : this.result;
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
          return answers.has(call) ? answers.get(call) : this.scope.step(call);
        }
        asked.push(call);
        throw new StepAsked();
      };
      try {
        return evaluate(expression, { ...this.scope, step });
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
    return Boolean(named[name]) && isTrue(evaluate(named[name], this.scope));
  }

  *#step(call: CallSyntax): Generator<PipelineEvent, void> {
    const { name, positional, named, body } = call;
    const text = (...names: string[]) => {
      const given =
        positional[0] ?? names.map(each => named[each]).find(Boolean);
      return given ? asText(evaluate(given, this.scope)) : '';
    };
    yield line(`[Pipeline] ${name}`);
    if (name === 'sh' || name === 'bat') yield* this.#shell(call);
    else if (name === 'echo') yield line(text('message'));
    else if (name === 'checkout' || name === 'git') yield* this.checkout();
    else if (name === 'error') throw new StepFailure(text('message'));
    else if (name === 'unstable') {
      yield line(`WARNING: ${text('message')}`);
      this.result = 'UNSTABLE';
    } else if (name === 'sleep') {
      const seconds = Math.min(Number(text('time')) || 0, 600);
      yield line(`Sleeping for ${seconds} sec`);
      for (let left = seconds; left > 0 && !this.#isAborted(); left--) {
        yield { kind: 'output', seconds: 1, text: '' };
      }
    } else if (name === 'catchError') {
      try {
        yield* this.steps(body ?? []);
      } catch (error) {
        yield* this.failed(error);
      }
    } else if (wrappers.includes(name)) {
      yield line('[Pipeline] {');
      yield* this.#within(call);
      yield line('[Pipeline] }');
    } else if (!silent.includes(name)) {
      throw new RuntimeError(
        `java.lang.NoSuchMethodError: No such DSL method '${name}' found among steps [archive, bat, checkout, deleteDir, dir, echo, error, git, node, retry, sh, sleep, stage, timeout, unstable, withEnv]`,
      );
    }
  }

  /** Runs the body of a step; that of `withEnv` with variables of its own. */
  *#within({
    name,
    positional,
    body = [],
  }: CallSyntax): Generator<PipelineEvent, void> {
    const { environment } = this.context.machine;
    const given =
      name === 'withEnv' ? evaluate(positional[0], this.scope) : undefined;
    const before = new Map(environment);
    for (const setting of Array.isArray(given) ? given.map(asText) : []) {
      const equal = setting.indexOf('=');
      environment.set(setting.slice(0, equal), setting.slice(equal + 1));
    }
    yield* this.steps(body);
    if (!Array.isArray(given)) return;
    environment.clear();
    before.forEach((value, key) => environment.set(key, value));
  }

  /** Fetches the source. */
  *checkout(): Generator<PipelineEvent, void> {
    yield { kind: 'output', seconds: 0.6, text: this.context.checkout() };
  }

  *#shell(
    call: CallSyntax,
  ): Generator<PipelineEvent, { stdout: string; code: number }> {
    const { positional, named } = call;
    const flag = (name: string) => this.#flag(call, name);
    const given = positional[0] ?? named.script;
    const shell = runShell(
      given ? asText(evaluate(given, this.scope)) : '',
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

  #isAborted(): boolean {
    return !this.isCleaning && this.context.isAborted();
  }

  /** Notes what went wrong. @throws what no script can cause */
  *failed(error: unknown): Generator<PipelineEvent, void> {
    if (error instanceof StepFailure) {
      this.result = error.result;
      this.message = error.message;
    } else if (error instanceof RuntimeError) {
      this.result = 'FAILURE';
      this.message = undefined;
      yield line(error.message);
    } else throw error;
  }
}
