import type { PodProblem } from './podProblem';

/** `3 pods`, `1 pod` */
export function podsOf(count: number): string {
  return `${count} ${count === 1 ? 'pod' : 'pods'}`;
}

/** A problem of some of the pods, in a sentence. */
export type GroupedProblem = { sentence: string; isPassing: boolean };

/**
 * The problem that most pods have, in one sentence; those that pass by
 * themselves come last.
 *
 * @param total - how many pods there are to be
 */
export function groupProblems(
  problems: readonly PodProblem[],
  total: number,
): GroupedProblem | undefined {
  const groups = new Map<string, { problem: PodProblem; count: number }>();
  for (const problem of problems) {
    const group = groups.get(problem.one);
    groups.set(problem.one, { problem, count: (group?.count ?? 0) + 1 });
  }
  const [worst] = [...groups.values()].sort(
    (left, right) =>
      Number(left.problem.isPassing) - Number(right.problem.isPassing) ||
      right.count - left.count,
  );
  if (!worst) {
    return undefined;
  }
  const { problem, count } = worst;
  const of = Math.max(total, count);
  const words = count === 1 ? problem.one : problem.many;
  return {
    sentence:
      of === 1 ? `The pod ${words}` : `${count} of ${podsOf(of)} ${words}`,
    isPassing: problem.isPassing,
  };
}
