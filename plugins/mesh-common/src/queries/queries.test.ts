import { graphQueries } from '.';

describe('graphQueries', () => {
  const queries = Object.values(graphQueries(60));

  it('needs at most seven queries for all namespaces', () => {
    expect(queries.length).toBeLessThanOrEqual(7);
    for (const query of queries) {
      expect(query).not.toMatch(/namespace=/);
      expect(query).toContain('[60s]');
    }
  });
});
