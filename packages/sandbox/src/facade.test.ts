import type { Facade } from './facade';
import { mountBelow } from './facade';

describe('mountBelow', () => {
  const closed: string[] = [];
  const facade: Facade = {
    prefix: '/prometheus',
    title: 'Prometheus',
    examples: ['curl {origin}/prometheus/api/v1/query'],
    handle: () => undefined,
    close: () => {
      closed.push('prometheus');
    },
  };

  it('leaves the first cluster where it is', () => {
    expect(mountBelow('', facade)).toBe(facade);
  });

  it('moves path, title and examples of another', async () => {
    const below = mountBelow('/kepler-bj', facade);
    expect(below).toMatchObject({
      prefix: '/kepler-bj/prometheus',
      title: 'Prometheus (kepler-bj)',
      examples: ['curl {origin}/kepler-bj/prometheus/api/v1/query'],
    });
    await below.close?.();
    expect(closed).toEqual(['prometheus']);
  });
});
