import { createRequire } from 'node:module';
import * as ours from '../../../plugins/scaffolder-backend-module-orrery/src/actions/index.ts';

const require = createRequire(import.meta.url);

/** Actions of the scaffolder and of its module for GitLab that templates use. */
function upstream() {
  const scaffolder = require('@backstage/plugin-scaffolder-backend');
  const gitlab = require('@backstage/plugin-scaffolder-backend-module-gitlab');
  return [
    scaffolder.createFetchTemplateAction({}),
    gitlab.createPublishGitlabAction({}),
    gitlab.createPublishGitlabMergeRequestAction({}),
  ];
}

/**
 * The actions that templates may use, by their ids: only their schemas are
 * looked at, so none is given what it works with.
 *
 * @type {ReadonlyMap<string, { id: string, schema: { input: object, output?: object } }>}
 */
export const ACTIONS = new Map(
  [
    ...upstream(),
    ...Object.entries(ours)
      .filter(([name]) => /^create\w+Action$/.test(name))
      .map(([, create]) => create({})),
  ].map(action => [action.id, action]),
);
