import { pipelineXml, readJobConfig } from './jobConfig';
import type { Build, Folder, Job } from './model';
import { seedJob, type SeedInput } from './seedBuilds';

const MINUTE = 60_000;
const HEADS = 'refs/heads/';
const PRIMARY = 'main';

/** Repositories whose branches the world builds each in a job of its own. */
const multibranch: readonly string[] = ['wealth/report'];

/** Whether the world builds each branch of a repository. */
export const isMultibranch = (path: string) => multibranch.includes(path);

/** The configuration of a multibranch project that looks at a repository. */
export function multibranchXml(description: string, url: string): string {
  return `<?xml version='1.1' encoding='UTF-8'?>
<org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject plugin="workflow-multibranch">
  <description>${description.replace(/[&<>]/g, ' ')}</description>
  <sources class="jenkins.branch.MultiBranchProject$BranchSourceList">
    <data>
      <jenkins.branch.BranchSource>
        <source class="jenkins.plugins.git.GitSCMSource">
          <remote>${url}</remote>
        </source>
      </jenkins.branch.BranchSource>
    </data>
  </sources>
  <factory class="org.jenkinsci.plugins.workflow.multibranch.WorkflowBranchProjectFactory">
    <scriptPath>Jenkinsfile</scriptPath>
  </factory>
</org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject>
`;
}

/** The multibranch project of an app that the world has had for long, with a job for each branch. */
export function seedMultibranch(input: SeedInput): [Folder, ...Job[]] {
  const { path, name, url, source } = input;
  const description = source.app(path)?.description ?? '';
  const folder: Folder = {
    kind: 'folder',
    name,
    xml: multibranchXml(description, url),
    description,
    repositoryUrl: url,
    scriptPath: 'Jenkinsfile',
  };
  const main = seedJob({ ...input, name: `${name}/${PRIMARY}` });
  main.head = { branch: PRIMARY, isPrimary: true };
  const { references = new Map<string, string>(), requests = [] } =
    source.repository(path) ?? {};
  const others = [...references].flatMap(([reference, revision]) => {
    const branch = reference.slice(HEADS.length);
    if (!reference.startsWith(HEADS) || branch === PRIMARY) return [];
    const at = requests.find(each => each.branch === branch)?.createdAt;
    const full = `${name}/${encodeURIComponent(branch)}`;
    return [branchJob(full, branch, revision, at, main, url)];
  });
  return [folder, main, ...others];
}

/** The job of a branch that was built once, when it was proposed. */
function branchJob(
  name: string,
  branch: string,
  revision: string,
  at: number | undefined,
  main: Job,
  url: string,
): Job {
  const xml = pipelineXml('', url, `${HEADS}${branch}`);
  const job: Job = {
    kind: 'job',
    name,
    xml,
    config: readJobConfig(xml),
    ...(main.declared ? { declared: main.declared } : {}),
    isConcurrent: true,
    head: { branch, isPrimary: false },
    builds: [],
    nextNumber: 1,
  };
  if (at === undefined) return job;
  const startedAt = at + MINUTE;
  const build: Build = {
    number: job.nextNumber++,
    job,
    queueId: 1,
    cause: 'Branch indexing',
    parameters: new Map(),
    startedAt,
    endedAt: startedAt + 2 * MINUTE,
    result: 'SUCCESS',
    revision,
    branch,
    log: '',
    stages: [],
    changes: [],
    isAborted: false,
  };
  job.builds.push(build);
  return job;
}
