import { RuntimeError } from './groovy/evaluate';
import { ScriptError } from './groovy/tokenize';
import { createMachine, type MachineOptions } from './machine';
import { parametersOf, type Build } from './model';
import { readPipeline, type Pipeline } from './pipeline/readPipeline';
import type { PipelineEvent, Result } from './pipeline/events';
import { runPipeline } from './pipeline/runPipeline';
import type { Source } from './prepare';
import { runShell } from './shell/runShell';

const text = (content: string, seconds = 0.05): PipelineEvent => ({
  kind: 'output',
  seconds,
  text: content,
});

/** What fetching the source writes. */
function checkoutLines({ url, revision, branch, message }: Source): string {
  return [
    'The recommended git tool is: git',
    `Cloning repository ${url}`,
    ` > git init . # timeout=10`,
    `Fetching upstream changes from ${url}`,
    ` > git fetch --tags --force --progress -- ${url} +refs/heads/*:refs/remotes/origin/* # timeout=10`,
    `Checking out Revision ${revision} (origin/${branch})`,
    ` > git checkout -f ${revision} # timeout=10`,
    `Commit message: "${message}"`,
    '',
  ].join('\n');
}

function* finish(result: Result): Generator<PipelineEvent, void> {
  yield text(`Finished: ${result}\n`);
  yield { kind: 'end', result };
}

/** A build that ends before anything of it ran. */
export function* playRefusal(message: string): Generator<PipelineEvent, void> {
  yield text(message, 0.5);
  yield* finish('FAILURE');
}

function* playFreestyle(
  build: Build,
  source: Source | undefined,
  options: MachineOptions,
): Generator<PipelineEvent, void> {
  const machine = createMachine(build, source, options);
  yield text(
    `Running as SYSTEM\nBuilding on the built-in node in workspace ${machine.environment.get(
      'WORKSPACE',
    )}\n`,
  );
  if (source) yield text(checkoutLines(source), 0.6);
  const shell = runShell(build.job.config.script ?? '', machine);
  for (;;) {
    if (build.isAborted) {
      yield* finish('ABORTED');
      return;
    }
    const next = shell.next();
    if (next.done) {
      if (next.value.code !== 0)
        yield text("Build step 'Execute shell' marked build as failure\n");
      yield* finish(next.value.code === 0 ? 'SUCCESS' : 'FAILURE');
      return;
    }
    yield { kind: 'output', ...next.value };
  }
}

/** Parameters that were given, and the defaults of those that were not. */
function withDefaults(
  build: Build,
  pipeline: Pipeline,
): Map<string, string | boolean> {
  const declared =
    pipeline.parameters.length > 0
      ? pipeline.parameters
      : parametersOf(build.job);
  return new Map(
    declared.map(({ name, defaultValue }) => [
      name,
      build.parameters.get(name) ?? defaultValue,
    ]),
  );
}

function* playPipeline(
  build: Build,
  script: string,
  source: Source | undefined,
  options: MachineOptions,
  previousResult: Result | undefined,
): Generator<PipelineEvent, void> {
  const { job } = build;
  if (source)
    yield text(
      `Obtained ${job.config.scriptPath} from git ${source.url}\n`,
      0.4,
    );
  let pipeline: Pipeline;
  try {
    pipeline = readPipeline(script);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    yield* playRefusal(error.report);
    return;
  }
  if (!options.isPast) {
    job.declared = pipeline.parameters;
    job.isConcurrent = pipeline.isConcurrent;
  }
  const parameters = withDefaults(build, pipeline);
  build.parameters = parameters;
  const machine = createMachine(build, source, options);
  yield* runPipeline(pipeline, {
    machine,
    parameters,
    hasSource: source !== undefined,
    checkout: () => {
      if (!source)
        throw new RuntimeError(
          'ERROR: \'checkout scm\' is only available when using "Pipeline script from SCM"',
        );
      return checkoutLines(source);
    },
    previousResult,
    isAborted: () => build.isAborted,
    branch: source?.branch ?? '',
  });
}

/** Everything that a build does, piece by piece. */
export function playBuild(
  build: Build,
  source: Source | undefined,
  options: MachineOptions,
  previousResult: Result | undefined,
): Generator<PipelineEvent, void> {
  const { config } = build.job;
  return config.kind === 'freestyle'
    ? playFreestyle(build, source, options)
    : playPipeline(
        build,
        source?.script ?? config.script ?? '',
        source,
        options,
        previousResult,
      );
}
