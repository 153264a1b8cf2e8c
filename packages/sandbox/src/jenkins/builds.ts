import type { Forge } from '../gitlab';
import type { MachineOptions } from './machine';
import type { Build } from './model';
import type { PipelineEvent } from './pipeline/events';
import { playBuild, playRefusal } from './play';
import { Playing } from './Playing';
import { prepareSource, SourceError, type Source } from './prepare';

/** What builds are played with. */
export interface BuildOptions extends MachineOptions {
  forge: Forge;
}

/** What a build does, once its source was fetched. */
export async function prepareBuild(
  build: Build,
  options: BuildOptions,
): Promise<Generator<PipelineEvent, void>> {
  const { forge, effects, isPast } = options;
  const { job } = build;
  const before = job.builds.find(({ number }) => number < build.number);
  let source: Source | undefined;
  try {
    if (job.config.repositoryUrl !== undefined) {
      source = await prepareSource(
        forge,
        isPast ? { gitlab: 'answering' } : effects,
        build,
      );
      if (!isPast) {
        build.revision = source.revision;
        build.branch = source.branch;
        build.changes = source.changesSince(before?.revision);
      }
    }
  } catch (error) {
    return playRefusal(
      error instanceof SourceError ? error.message : `ERROR: ${error}\n`,
    );
  }
  return playBuild(build, source, options, before?.result);
}

/** Plays what a build of the past did, and stretches it to how long that took. */
export async function replayBuild(
  build: Build,
  options: BuildOptions,
): Promise<void> {
  if (build.log !== '' || build.endedAt === undefined) return;
  const { startedAt, endedAt, result } = build;
  build.log = `${build.cause}\n`;
  const playing = new Playing(
    build,
    await prepareBuild(build, options),
    startedAt,
  );
  playing.advance(Number.MAX_SAFE_INTEGER);
  const last = build.endedAt;
  const factor = (endedAt - startedAt) / Math.max(last - startedAt, 1);
  const stretch = (time: number) =>
    Math.round(startedAt + (time - startedAt) * factor);
  build.stages = build.stages.map(stage => ({
    ...stage,
    startedAt: stretch(stage.startedAt),
    endedAt: stretch(stage.endedAt ?? last),
  }));
  build.endedAt = endedAt;
  build.result = result;
}
