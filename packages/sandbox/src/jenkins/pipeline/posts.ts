import type { Result } from './events';
import type { Pipeline } from './readPipeline';

/** The conditions of a `post` section that hold, in the order in which Jenkins runs them. */
export function duePosts(
  post: Pipeline['post'],
  result: Result,
  previousResult: Result | undefined,
): string[] {
  const isBad = result !== 'SUCCESS';
  const holds: Readonly<Record<string, boolean>> = {
    always: true,
    changed: previousResult !== result,
    fixed:
      !isBad && previousResult !== undefined && previousResult !== 'SUCCESS',
    regression: isBad && previousResult === 'SUCCESS',
    aborted: result === 'ABORTED',
    failure: result === 'FAILURE',
    success: !isBad,
    unstable: result === 'UNSTABLE',
    unsuccessful: isBad,
    cleanup: true,
  };
  return Object.keys(holds).filter(name => holds[name] && post.has(name));
}
