import type { TimeMark } from '@orrery/backstage-plugin-orrery-common';
import { CollectedTimeMarks } from './timeMarksApi';

const QUERY = { fromMilliseconds: 100, toMilliseconds: 200, namespaces: [] };

function mark(id: string, atMilliseconds: number): TimeMark {
  return { id, atMilliseconds, kind: 'deploy', title: id };
}

describe('CollectedTimeMarks', () => {
  it('merges the marks of all domains in order, within the range', async () => {
    const api = new CollectedTimeMarks([
      { title: 'A', read: async () => [mark('x', 150), mark('late', 201)] },
      { title: 'B', read: async () => [mark('x', 120), mark('early', 99)] },
    ]);
    const { marks, problems } = await api.read(QUERY);
    expect(marks.map(({ id, atMilliseconds }) => [id, atMilliseconds])).toEqual(
      [
        ['1 x', 120],
        ['0 x', 150],
      ],
    );
    expect(problems).toEqual([]);
  });

  it('shows what the others know when one fails', async () => {
    const api = new CollectedTimeMarks([
      { title: 'A', read: () => Promise.reject(new Error('away')) },
      { title: 'B', read: async () => [mark('x', 120)] },
    ]);
    const { marks, problems } = await api.read(QUERY);
    expect(marks).toHaveLength(1);
    expect(problems).toEqual([{ title: 'A', reason: 'away' }]);
  });
});
