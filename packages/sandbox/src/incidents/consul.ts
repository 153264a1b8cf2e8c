import type { World } from '../world/types';
import type { Incident } from './incident';

const applies = (world: World) => world.apps.length > 0;

/** Consul's servers have lost their majority. */
export const consulDown: Incident = {
  name: 'consul-down',
  title: 'Consul has no leader',
  description:
    'Consul answers 500 "No cluster leader" to every read and write of keys, and open queries end so.',
  applies,
  start: ({ effects }) => {
    effects.consul = 'leaderless';
  },
  stop: ({ effects }) => {
    effects.consul = 'answering';
  },
};

/** Somebody writes the same keys at the same time. */
export const consulConflict: Incident = {
  name: 'consul-conflict',
  title: 'Somebody else changes the same keys',
  description:
    'Before every check-and-set of a key that exists, another writer changes it: numbers grow by one, other values by an empty line, and the check fails.',
  applies,
  start: ({ effects }) => {
    effects.consul = 'contended';
  },
  stop: ({ effects }) => {
    effects.consul = 'answering';
  },
};
