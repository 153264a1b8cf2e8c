import type { Forge } from '../gitlab';
import { pipelineXml } from './jobConfig';
import type { Jobs } from './Jobs';
import type { Folder, Job } from './model';

/** Makes a job for each branch that has a script, and forgets those that have none any more; answers the new ones. */
export async function scanBranches(
  forge: Forge,
  jobs: Jobs,
  folder: Folder,
): Promise<Job[]> {
  const url = folder.repositoryUrl ?? '';
  const path = /\/\/[^/]+\/(?:gitlab\/)?(.+?)(?:\.git)?$/.exec(url)?.[1] ?? '';
  const project = forge.project(path);
  if (!project) return [];
  const repository = await forge.repository(project);
  const made: Job[] = [];
  for (const { name, commit } of await repository.list('heads')) {
    const full = `${folder.name}/${encodeURIComponent(name)}`;
    const isKnown = jobs.job(full) !== undefined;
    const script = await repository.file(
      commit.id,
      folder.scriptPath ?? 'Jenkinsfile',
    );
    if (script && !isKnown) {
      jobs.put(full, pipelineXml('', url, `refs/heads/${name}`));
      const job = jobs.job(full);
      if (job) {
        job.head = { branch: name, isPrimary: name === project.defaultBranch };
        made.push(job);
      }
    } else if (!script && isKnown) jobs.remove(full);
  }
  return made;
}
