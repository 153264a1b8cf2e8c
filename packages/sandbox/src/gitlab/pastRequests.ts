import type { Project, User } from './model';
import type { SourceRequest } from './seed/Growth';

/** Merge requests that a project's past left, the oldest first. */
export function pastRequests(
  project: Project,
  past: readonly SourceRequest[],
  users: readonly User[],
): Project['mergeRequests'] {
  return past.map((request, index) => {
    const { title, branch, head, base, createdAt, mergedAt } = request;
    const author =
      users.find(({ email }) => email === request.authorEmail) ??
      project.creator;
    const others = project.members.filter(({ user }) => user !== author);
    const by = others[index % Math.max(others.length, 1)]?.user ?? author;
    return {
      id: project.id * 100 + index,
      iid: index + 1,
      title,
      description: '',
      sourceBranch: branch,
      targetBranch: project.defaultBranch,
      state: mergedAt === undefined ? 'opened' : 'merged',
      author,
      assignees: [],
      reviewers: [by],
      labels: [],
      squash: false,
      removesSourceBranch: true,
      createdAt,
      updatedAt: mergedAt ?? createdAt,
      ...(mergedAt === undefined ? {} : { ended: { by, at: mergedAt } }),
      head,
      base,
    };
  });
}
