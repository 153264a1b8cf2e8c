import { asString, asStrings } from '../../simulator/read';
import { ElasticError } from '../errors';
import type { Route } from './context';
import { target } from './searchRoutes';

const openRoute: Route = (store, { query }, [index]) => {
  const { archive, points, version, clock } = store;
  const { indices } = target(store, index, query);
  const { id } = points.open(indices, archive.order, query.get('keep_alive'));
  const _shards = {
    total: indices.length,
    successful: indices.length,
    skipped: 0,
    failed: 0,
  };
  return version.product === 'opensearch'
    ? { body: { pit_id: id, _shards, creation_time: clock.now() } }
    : { body: { id, _shards } };
};

const closeRoute: Route = ({ points }, { body }) => {
  const id = asString(body.id);
  if (id === undefined) {
    throw new ElasticError(400, 'illegal_argument_exception', 'Required [id]');
  }
  const closed = points.close(id);
  return {
    status: closed ? 200 : 404,
    body: { succeeded: closed, num_freed: closed ? 1 : 0 },
  };
};

const closeManyRoute: Route = ({ points }, { body }) => {
  const ids = asStrings([body.pit_id].flat());
  return {
    body: {
      pits: ids.map(id => ({ successful: points.close(id), pit_id: id })),
    },
  };
};

const closeAllRoute: Route = ({ points }) => ({
  body: {
    pits: points.closeAll().map(id => ({ successful: true, pit_id: id })),
  },
});

type Routes = readonly (readonly [string, RegExp, Route])[];

/** Points in time as Elasticsearch has them. */
export const elasticPoints: Routes = [
  ['POST', /^\/([^_/][^/]*|_all)\/_pit$/, openRoute],
  ['DELETE', /^\/_pit$/, closeRoute],
];

/** Points in time as OpenSearch has them. */
export const openSearchPoints: Routes = [
  ['POST', /^\/([^_/][^/]*|_all)\/_search\/point_in_time$/, openRoute],
  ['DELETE', /^\/_search\/point_in_time$/, closeManyRoute],
  ['DELETE', /^\/_search\/point_in_time\/_all$/, closeAllRoute],
];
