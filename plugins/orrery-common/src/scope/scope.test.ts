import { formatViewState, linkWithViewState, parseViewState } from '.';

describe('view state in the URL', () => {
  it('has defaults for an empty query', () => {
    expect(parseViewState(new URLSearchParams())).toEqual({
      cluster: undefined,
      namespaces: [],
      selected: undefined,
      range: { from: 'now-1m', to: 'now' },
    });
  });

  it('reads back what it writes, and keeps the page’s own parameters', () => {
    const state = {
      cluster: 'kepler',
      namespaces: ['wealth', 'loan'],
      selected: 'kepler/wealth/Deployment/order>kepler/wealth/Deployment/pay',
      range: { from: 'now-1h', to: 'now' },
    };
    const params = formatViewState(state, new URLSearchParams('type=app'));
    expect(params.get('type')).toBe('app');
    expect(parseViewState(new URLSearchParams(params.toString()))).toEqual({
      ...state,
      namespaces: ['loan', 'wealth'],
    });
  });

  it('removes what is unset and leaves what is not mentioned', () => {
    const base = new URLSearchParams('cluster=a&selected=b&from=now-1h');
    const params = formatViewState({ selected: undefined }, base);
    expect(params.toString()).toBe('cluster=a&from=now-1h');
  });

  it('tolerates stray commas and repeats in namespaces', () => {
    const params = new URLSearchParams('namespaces=,b,, a,b');
    expect(parseViewState(params).namespaces).toEqual(['a', 'b']);
  });

  it('makes short links', () => {
    expect(linkWithViewState('/mesh', {})).toBe('/mesh');
    expect(linkWithViewState('/mesh', { cluster: 'kepler' })).toBe(
      '/mesh?cluster=kepler',
    );
  });
});
