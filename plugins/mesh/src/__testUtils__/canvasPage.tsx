/**
 * A page of nothing but the canvas on a live graph, for measuring and for
 * looking at it: `?open=workload` opens all boxes, `?theme=dark` is dark.
 */
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MeshClient, meshApiRef } from '../api';
import { MeshCanvas, parseLevels } from '../canvas';
import { useMeshGraph } from '../hooks/useMeshGraph';

type AppLanguageApi = typeof appLanguageApiRef.T;

const query = new URLSearchParams(window.location.search);
const REQUEST = {
  namespaces: [query.get('world') ?? '300'],
  graphType: 'workload',
  duration: '1m',
} as const;

function Page() {
  const { graph } = useMeshGraph(REQUEST);
  const [selected, setSelected] = useState<string>();
  const hasData = graph !== undefined;
  useEffect(() => {
    if (hasData) {
      performance.mark('data');
    }
  }, [hasData]);
  return graph ? (
    <MeshCanvas
      graph={graph}
      selected={selected}
      onSelect={setSelected}
      edgeLabel="rate"
      showTraffic={query.get('traffic') !== 'off'}
      layoutKey={`page ${query.get('world')}`}
      levels={parseLevels(query.get('open') ?? undefined)}
    />
  ) : null;
}

const theme = query.get('theme') ?? 'light';
document.documentElement.setAttribute('data-theme-mode', theme);
document.body.style.margin = '0';
const host = document.createElement('div');
host.style.height = '100vh';
document.body.append(host);
/** English, for good. */
const english: AppLanguageApi = {
  getAvailableLanguages: () => ({ languages: ['en'] }),
  setLanguage: () => undefined,
  getLanguage: () => ({ language: 'en' }),
  language$() {
    const never: ReturnType<AppLanguageApi['language$']> = {
      [Symbol.observable]: () => never,
      subscribe: () => ({ closed: false, unsubscribe: () => undefined }),
    };
    return never;
  },
};

createRoot(host).render(
  <TestApiProvider
    apis={[
      mockApis.storage(),
      mockApis.translation(),
      mockApis.error(),
      [appLanguageApiRef, english],
      [
        meshApiRef,
        new MeshClient({
          discoveryApi: { getBaseUrl: async id => `/api/${id}` },
          fetchApi: { fetch: (...request) => fetch(...request) },
        }),
      ],
    ]}
  >
    <Page />
  </TestApiProvider>,
);
