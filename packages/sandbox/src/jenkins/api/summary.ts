import type { Folder, Item, Job } from '../model';
import { itemUrl, simpleName } from './actions';

const workflowJob = 'org.jenkinsci.plugins.workflow.job.WorkflowJob';

const colors = {
  SUCCESS: 'blue',
  UNSTABLE: 'yellow',
  FAILURE: 'red',
  ABORTED: 'aborted',
  NOT_BUILT: 'notbuilt',
};

function colorOf({ config, builds }: Job): string {
  if (config.isDisabled) return 'disabled';
  const finished = builds.find(({ result }) => result !== undefined);
  const color = finished?.result ? colors[finished.result] : 'notbuilt';
  return builds[0] && builds[0].result === undefined ? `${color}_anime` : color;
}

const folderClass = ({ repositoryUrl }: Folder) =>
  repositoryUrl === undefined
    ? 'com.cloudbees.hudson.plugins.folder.Folder'
    : 'org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject';

/** A job or folder as a list names it. */
export function itemSummary(base: string, item: Item) {
  return item.kind === 'job'
    ? {
        _class:
          item.config.kind === 'freestyle'
            ? 'hudson.model.FreeStyleProject'
            : workflowJob,
        name: simpleName(item),
        fullName: item.name,
        url: itemUrl(base, item),
        color: colorOf(item),
      }
    : {
        _class: folderClass(item),
        name: simpleName(item),
        fullName: item.name,
        url: itemUrl(base, item),
      };
}
