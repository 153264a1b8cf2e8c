import type { Repository } from './Repository';
import { GitError } from './runGit';

/** Id of the tree that a merge would have; undefined when the sides contradict each other. */
export async function mergedTree(
  repository: Repository,
  target: string,
  source: string,
): Promise<string | undefined> {
  try {
    const output = await repository.run([
      'merge-tree',
      '--write-tree',
      target,
      source,
    ]);
    return output.split('\n')[0];
  } catch (error) {
    if (error instanceof GitError && error.code === 1) return undefined;
    throw error;
  }
}

/** Where two branches parted; the target itself when they share nothing. */
export async function baseOf(
  repository: Repository,
  target: string,
  source: string,
) {
  try {
    return (await repository.run(['merge-base', target, source])).trim();
  } catch (error) {
    if (error instanceof GitError) return target;
    throw error;
  }
}
