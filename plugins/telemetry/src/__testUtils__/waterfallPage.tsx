/** A page of nothing but one large trace, for measuring: `?spans=10000`. */
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { createRoot } from 'react-dom/client';
import { MemoryRouter } from 'react-router-dom';
import { TraceBody } from '../components/TraceView';
import { PROVENANCE, span } from './spans';

type AppLanguageApi = typeof appLanguageApiRef.T;

const query = new URLSearchParams(window.location.search);
const count = Number(query.get('spans') ?? '10000');

/** Calls within calls, eight in each, as of services that loop over their data. */
const spans = Array.from({ length: count }, (_, index) =>
  span(
    (index + 1).toString(16).padStart(16, '0'),
    `service-${index % 40}.shop`,
    [index, Math.max(1, (count - index) / 2)],
    {
      parentId:
        index === 0
          ? undefined
          : (Math.floor((index - 1) / 8) + 1).toString(16).padStart(16, '0'),
      isError: index % 97 === 0,
      tags: { 'http.status_code': '200', component: 'proxy' },
    },
  ),
);

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

const host = document.createElement('div');
document.body.append(host);
const { port1, port2 } = new MessageChannel();
// A message sent in a frame arrives when the frame has been drawn.
port1.onmessage = () => performance.mark('painted');
new MutationObserver((_, observer) => {
  if (document.querySelector('[role="treegrid"] [role="row"]')) {
    observer.disconnect();
    requestAnimationFrame(() => port2.postMessage(undefined));
  }
}).observe(host, { childList: true, subtree: true });

performance.mark('data');
createRoot(host).render(
  <TestApiProvider
    apis={[
      mockApis.storage(),
      mockApis.translation(),
      mockApis.error(),
      [appLanguageApiRef, english],
    ]}
  >
    <MemoryRouter>
      <TraceBody
        cluster="kepler"
        trace={{ traceId: 'abc', spans, problems: [], provenance: PROVENANCE }}
      />
    </MemoryRouter>
  </TestApiProvider>,
);
