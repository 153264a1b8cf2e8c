import { meshStateOf } from './meshState';

const stateOf = (...planes: ('sidecar' | 'ambient' | 'none' | 'unknown')[]) =>
  meshStateOf(planes.map(dataPlane => ({ dataPlane })));

describe('meshStateOf', () => {
  it('is on, off, or in between, and not known where any part is not', () => {
    expect(stateOf('sidecar', 'ambient')).toBe('on');
    expect(stateOf('sidecar', 'none')).toBe('partly');
    expect(stateOf('none')).toBe('off');
    expect(stateOf('sidecar', 'unknown')).toBe('unknown');
    expect(stateOf()).toBe('unknown');
  });
});
