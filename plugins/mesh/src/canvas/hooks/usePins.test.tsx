import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { usePins } from './usePins';

describe('usePins', () => {
  it('keeps the places of each picture for the person', () => {
    const storage = mockApis.storage();
    const wrapper = ({ children }: { children: ReactNode }) => (
      <TestApiProvider apis={[storage]}>{children}</TestApiProvider>
    );
    const visit = (key: string) =>
      renderHook(() => usePins(key), { wrapper }).result;
    const first = visit('kepler workload');
    expect([...first.current.places]).toEqual([]);
    act(() => first.current.pin('a/b', { x: 10.4, y: -3 }));
    expect([...first.current.places]).toEqual([['a/b', { x: 10, y: -3 }]]);
    // Another visit finds it; another picture does not.
    const again = visit('kepler workload');
    expect([...again.current.places]).toEqual([['a/b', { x: 10, y: -3 }]]);
    expect(visit('kepler app').current.places.size).toBe(0);
    act(() => again.current.forget());
    expect(visit('kepler workload').current.places.size).toBe(0);
  });

  it('ignores what is kept in another shape', () => {
    const storage = mockApis.storage({
      data: { 'orrery-mesh-places': { picture: { a: 'here' } } },
    });
    const { result } = renderHook(() => usePins('picture'), {
      wrapper: ({ children }) => (
        <TestApiProvider apis={[storage]}>{children}</TestApiProvider>
      ),
    });
    expect(result.current.places.size).toBe(0);
  });
});
