/**
 * A page of nothing but lines, for measuring: `?lines=1000000` has so many,
 * without it they are followed.
 */
import { appLanguageApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, TestApiProvider } from '@backstage/frontend-test-utils';
import { createRoot } from 'react-dom/client';
import { logsApiRef, LogsClient, type LogRequest } from '../api';
import { LogLines } from '../components/LogLines';
import { TailView } from '../components/LogSearch/TailView';
import { LineStore } from '../model/LineStore';
import { lineOf } from './samples';

type AppLanguageApi = typeof appLanguageApiRef.T;

const query = new URLSearchParams(window.location.search);
const count = Number(query.get('lines') ?? 0);
const look = { columns: [], isWrapped: false, isUtc: false, hasPods: true };
const LEVELS = ['info', 'info', 'info', 'warn', 'error'] as const;
const REQUEST: LogRequest = {
  cluster: 'kepler',
  namespaces: [],
  from: 'now-1m',
  to: 'now',
  query: '',
  language: 'kql',
  levels: [],
};

function filled(): LineStore {
  const store = new LineStore();
  for (let from = 0; from < count; from += 10_000) {
    store.append(
      Array.from({ length: Math.min(10_000, count - from) }, (_, index) =>
        lineOf({
          id: String(from + index),
          level: LEVELS[index % LEVELS.length],
          text: `request ${from + index} of order ${index % 977} was served`,
        }),
      ),
    );
  }
  return store;
}

function Page(props: { store: LineStore | undefined }) {
  return (
    <div style={{ height: '100vh' }}>
      {props.store ? (
        <LogLines store={props.store} label="Lines" look={look} verbs={{}} />
      ) : (
        <TailView request={REQUEST} look={look} verbs={{}} />
      )}
    </div>
  );
}

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

document.documentElement.setAttribute('data-theme-mode', 'light');
document.body.style.margin = '0';
const host = document.createElement('div');
document.body.append(host);
createRoot(host).render(
  <TestApiProvider
    apis={[
      mockApis.storage(),
      mockApis.translation(),
      mockApis.error(),
      [appLanguageApiRef, english],
      [
        logsApiRef,
        new LogsClient({
          discoveryApi: { getBaseUrl: async id => `/api/${id}` },
          fetchApi: { fetch: (...request) => fetch(...request) },
        }),
      ],
    ]}
  >
    <Page store={count > 0 ? filled() : undefined} />
  </TestApiProvider>,
);
