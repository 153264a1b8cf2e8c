import { parseLogView, writeLogView } from './logView';

describe('the view in the URL', () => {
  it('is read as it was written', () => {
    const change = {
      query: 'false',
      language: 'lucene' as const,
      levels: ['error' as const, 'warn' as const],
      app: 'order',
      mode: 'pods' as const,
      isLive: true,
      columns: ['trace.id'],
      isWrapped: true,
      isUtc: true,
      isCompared: true,
      line: 'x',
      containers: ['order'],
      pods: ['order-1'],
      isPrevious: true,
      since: '15m',
    };
    const params = writeLogView(change, new URLSearchParams('cluster=kepler'));
    expect(parseLogView(params)).toMatchObject(change);
    expect(params.get('cluster')).toBe('kepler');
  });

  it('is short where all is usual', () => {
    const params = writeLogView(
      parseLogView(new URLSearchParams()),
      new URLSearchParams('q=x&live=true&zone=utc'),
    );
    expect(params.toString()).toBe('');
  });

  it('does not take what is no choice', () => {
    expect(
      parseLogView(new URLSearchParams('lang=sql&levels=loud,error&mode=x')),
    ).toMatchObject({ language: 'kql', levels: ['error'], mode: 'store' });
  });
});
