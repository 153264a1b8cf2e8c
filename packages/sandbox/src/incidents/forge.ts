import type { Incident } from './incident';

/** The forge of a world with sources. */
const applies = () => true;

/** Nobody can reach the code. */
export const gitlabDown: Incident = {
  name: 'gitlab-down',
  title: 'GitLab does not respond',
  description:
    'Everything that is asked of GitLab, by its API and by git, is answered 502.',
  applies,
  start: ({ effects }) => {
    effects.gitlab = 'down';
  },
  stop: ({ effects }) => {
    effects.gitlab = 'answering';
  },
};

/** Nobody can look at images, push or pull them. */
export const registryDown: Incident = {
  name: 'registry-down',
  title: 'The image registry is down',
  description:
    'Everything that is asked of the registry is answered 503; builds fail when they push, and pods that start cannot pull.',
  applies,
  start: ({ effects }) => {
    effects.registry = 'down';
  },
  stop: ({ effects }) => {
    effects.registry = 'answering';
  },
};

/** Builds wait for executors that never come. */
export const jenkinsStuck: Incident = {
  name: 'jenkins-stuck',
  title: 'The queue of Jenkins is stuck',
  description:
    'No executor takes new builds: items stay in the queue, "Waiting for next available executor".',
  applies,
  start: ({ effects }) => {
    effects.jenkins = 'stuck';
  },
  stop: ({ effects }) => {
    effects.jenkins = 'building';
  },
};
