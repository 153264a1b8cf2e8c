import type { ImageTag } from '@orrery/backstage-plugin-delivery-common';
import { revisionsBetween } from './revisionsBetween';

const WORKLOAD = 'kepler/wealth/Deployment/order';
const image = (tag: string, more: Partial<ImageTag> = {}): ImageTag => ({
  tag,
  image: `registry.example/order:${tag}`,
  platforms: [],
  runningIn: [],
  scan: { state: 'unknown', reason: 'It was not scanned yet' },
  ...more,
});

describe('revisionsBetween', () => {
  const running = image('5.1.0', { runningIn: [WORKLOAD], revision: 'abc' });

  it('goes by commits, and by tags where images name none', () => {
    const newer = image('5.2.0');
    expect(revisionsBetween([newer, running], WORKLOAD, newer)).toEqual({
      from: 'abc',
      to: '5.2.0',
      fromName: '5.1.0',
      toName: '5.2.0',
    });
  });

  it('is not known where it is not known what runs', () => {
    const newer = image('5.2.0');
    expect(revisionsBetween([newer], WORKLOAD, newer)).toBeUndefined();
    expect(revisionsBetween([running], WORKLOAD, running)).toBeUndefined();
    expect(revisionsBetween([running], WORKLOAD, undefined)).toBeUndefined();
  });
});
