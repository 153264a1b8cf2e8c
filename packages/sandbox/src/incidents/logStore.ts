import type { World } from '../world/types';
import type { Incident } from './incident';

/** Worlds with the services that incidents are told of; generated ones have enough of their own. */
const applies = (world: World) =>
  world.apps.some(
    ({ namespace, name }) => namespace === 'wealth' && name === 'payment',
  );

/** Too many people search at once. */
export const logStoreRejecting: Incident = {
  name: 'log-store-busy',
  title: 'The log store rejects searches',
  description:
    'The queue of searches is full: every search of the log store is answered 429, while lines still come in.',
  applies,
  start: ({ effects }) => {
    effects.logStore = 'rejecting';
  },
  stop: ({ effects }) => {
    effects.logStore = 'answering';
  },
};

/** Nodes of the log store are gone, and the shards that they had. */
export const logStoreRed: Incident = {
  name: 'log-store-red',
  title: 'The log store has lost its shards',
  description:
    'The health of the log store is red and every search is answered 503, as no shard can be asked.',
  applies,
  start: ({ effects }) => {
    effects.logStore = 'red';
  },
  stop: ({ effects }) => {
    effects.logStore = 'answering';
  },
};
