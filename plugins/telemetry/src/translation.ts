import { createTranslationRef } from '@backstage/frontend-plugin-api';

/** Words of telemetry. @public */
export const telemetryTranslationRef = createTranslationRef({
  id: 'plugin.telemetry',
  messages: {
    range: {
      label: 'Range',
      last: 'Last {{duration}}',
      other: '{{from}} to {{to}}',
    },
    page: {
      title: 'Traces',
      cluster: 'Cluster',
      service: 'Service',
      traces: 'Traces',
      dependencies: 'Dependencies',
      back: 'Back to the list',
      choose: 'Choose a service to see its traces, or open one by its id.',
    },
    open: {
      label: 'Trace id, traceparent or b3',
      submit: 'Open',
      wrong:
        'Expected 16 or 32 hexadecimal digits, a traceparent or a b3 header.',
    },
    search: {
      title: 'Search traces',
      spanName: 'Span',
      remoteService: 'Calls to',
      tags: 'Tags',
      version: 'Version',
      minDuration: 'At least (ms)',
      maxDuration: 'At most (ms)',
      errorsOnly: 'Failed only',
      submit: 'Search',
    },
    traces: {
      scatter:
        'Latency by time of {{number}} traces; crosses failed. The table below says the same.',
      table: 'Traces',
      count: '{{number}} traces',
      cut: '{{number}} traces; there are more. Narrow the range or the search to see them.',
      empty:
        'No trace matches. Widen the range, or check that the service’s proxies report spans (meshConfig.defaultConfig.tracing) and how many they sample.',
      hidden: 'not permitted',
      errorCount: '{{number}} failed',
      column: {
        name: 'Trace',
        start: 'Began',
        duration: 'Duration',
        errors: 'Failed spans',
        spans: 'Spans',
        version: 'Version',
        services: 'Services',
      },
    },
    problem: {
      'missing-parents': '{{number}} spans name a parent that was not told',
      cycles: '{{number}} circles of spans were cut',
      duplicates: '{{number}} spans were told twice',
      'clock-skew': '{{number}} spans were moved: clocks disagree',
      untimed: '{{number}} spans lack a time',
      'several-roots': '{{number}} spans have no parent: parts may be missing',
      hidden: '{{number}} spans are of services that you may not see',
    },
    trace: {
      title: 'Trace',
      spans: 'Spans',
      waterfall: 'Spans over time',
      failed: 'failed',
      facts:
        '{{start}} · {{duration}} · {{spans}} spans · {{errors}} failed · {{id}}',
      problems: 'This trace is not whole, or was corrected',
      legend:
        'Pale: the caller waits. Full: the callee works. Dark line below: what the end of the trace waited for (critical path).',
    },
    span: {
      title: 'Span',
      close: 'Close span',
      hidden:
        'You may not see this service: its time is shown, its name and tags are not.',
      logs: 'Logs of this span',
      mesh: 'In the mesh',
      kind: 'Kind',
      kinds: {
        client: 'client: only the caller told',
        server: 'server',
        producer: 'producer',
        consumer: 'consumer',
        internal: 'internal',
      },
      offset: 'Begins after',
      duration: 'Duration',
      served: 'Callee worked',
      between: 'On the way',
      self: 'Own time',
      critical: 'On the critical path',
      pod: 'Pod',
      id: 'Span id',
      events: 'Events',
      tags: 'Tags',
      clientTags: 'Tags of the caller',
    },
    dependencies: {
      help: 'Calls that traces tell of, beside requests that the mesh counted in the same range. Traces are a sample; the mesh counts all.',
      source: 'From',
      target: 'To',
      calls: 'Calls in traces',
      errors: 'Failed',
      requests: 'Requests in the mesh',
      seenBy: 'Seen by',
      both: 'both',
      traces: 'traces only',
      mesh: 'mesh only',
      outside: 'outside the mesh',
      reason: {
        'outside-mesh':
          'The callee reports no metrics: it may be outside the mesh.',
        'not-measured':
          'The mesh measured no such call: it may have gone around the proxies.',
        'from-outside': 'The caller has no proxy that could begin a span.',
        'few-requests': 'Few requests: none may have been sampled.',
        'no-spans':
          'No span connects them: the caller may not pass on trace headers, or its proxy does not report.',
      },
    },
  },
  translations: {
    zh: () => import('./locales/zh'),
  },
});
