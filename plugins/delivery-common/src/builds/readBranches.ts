import { z } from 'zod';
import { jenkinsBuildSchema, readBuild } from './readBuild';
import type { BuildBranch } from './schema';

/** A job that a multibranch project made of a branch. @public */
export const jenkinsBranchSchema = z.object({
  name: z.string(),
  displayName: z.string().nullish(),
  actions: z
    .array(z.object({ _class: z.string().optional() }).nullable())
    .optional(),
  lastBuild: jenkinsBuildSchema.nullish(),
});

/** @public */
export type JenkinsBranch = z.infer<typeof jenkinsBranchSchema>;

/** What Jenkins marks the branch with that the forge calls the default one. */
const PRIMARY = 'PrimaryInstanceMetadataAction';

const builtAt = ({ lastBuild }: BuildBranch) =>
  Date.parse(lastBuild?.startedAt ?? '') || 0;

/**
 * Branches of a multibranch job: the primary one first, then those that were
 * built last.
 *
 * @public
 */
export function readBranches(jobs: readonly JenkinsBranch[]): BuildBranch[] {
  const branches = jobs.map(
    ({ name, displayName, actions, lastBuild }): BuildBranch => ({
      name,
      title: displayName || decoded(name),
      isPrimary: (actions ?? []).some(action =>
        action?._class?.endsWith(PRIMARY),
      ),
      ...(lastBuild && { lastBuild: readBuild(lastBuild) }),
    }),
  );
  return branches.sort(
    (one, other) =>
      Number(other.isPrimary) - Number(one.isPrimary) ||
      builtAt(other) - builtAt(one) ||
      one.title.localeCompare(other.title),
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that encodes nothing is part of the name.
    return name;
  }
}
