/**
 * Questions that a log store is asked, in its own language. `$from` and `$to`
 * stand for the ends of the window.
 */
const within = (...filter) => ({
  bool: {
    filter: [
      { range: { '@timestamp': { gte: '$from', lt: '$to' } } },
      ...filter,
    ],
  },
});
const not = query => ({ bool: { must_not: [query] } });
const or = (...should) => ({ bool: { should, minimum_should_match: 1 } });
const message = (query, more = {}) => ({
  multi_match: {
    query,
    fields: ['message'],
    type: 'cross_fields',
    operator: 'and',
    lenient: true,
    ...more,
  },
});
const words = (query, more = {}) => ({
  query_string: {
    query,
    fields: ['message'],
    default_operator: 'AND',
    allow_leading_wildcard: false,
    analyze_wildcard: true,
    lenient: true,
    ...more,
  },
});
const term = (field, value) => ({ term: { [field]: { value } } });

export const FILTERS = {
  everything: within(),
  'a level': within(term('log.level', 'error')),
  'a level in capitals': within(term('log.level', 'ERROR')),
  'two levels': within({ terms: { 'log.level': ['error', 'warn'] } }),
  'a namespace': within(term('kubernetes.namespace', 'wealth')),
  'a namespace and an app': within(
    term('kubernetes.namespace', 'wealth'),
    term('kubernetes.labels.app', 'payment'),
  ),
  'not a namespace': within(not(term('kubernetes.namespace', 'wealth'))),
  'either of two': within(
    or(
      term('kubernetes.labels.app', 'order'),
      term('kubernetes.labels.app', 'quote'),
    ),
  ),
  'a number': within(term('http.response.status_code', 200)),
  'a range of numbers': within({
    range: { 'http.response.status_code': { gte: 500 } },
  }),
  'a range that is open below': within({
    range: { 'http.response.status_code': { lt: 400 } },
  }),
  existence: within({ exists: { field: 'trace.id' } }),
  'no existence': within(not({ exists: { field: 'trace.id' } })),
  'existence of an object': within({ exists: { field: 'http' } }),
  'a field that nobody has': within(term('nothing.here', 'x')),
  'a pattern': within({
    wildcard: { 'kubernetes.pod.name': { value: 'pay*' } },
  }),
  'a pattern in the middle': within({
    wildcard: { 'kubernetes.pod.name': { value: '*men?-*' } },
  }),
  'a prefix': within({ prefix: { 'kubernetes.pod.name': { value: 'order' } } }),
  'a word': within(message('served')),
  'a word in capitals': within(message('SERVED')),
  'words in any order': within(message('served request')),
  'a phrase': within(
    message('request served', { type: 'phrase', operator: undefined }),
  ),
  'a phrase the wrong way round': within(
    message('served request', { type: 'phrase', operator: undefined }),
  ),
  'a word that is part of another': within(message('serve')),
  'a match': within({
    match: { message: { query: 'request failed', operator: 'and' } },
  }),
  'a match of either': within({
    match: { message: { query: 'request failed' } },
  }),
  'a match of a keyword': within({
    match: {
      'log.level': { query: 'error', operator: 'and', lenient: true },
    },
  }),
  'a match phrase': within({
    match_phrase: { message: { query: 'request served' } },
  }),
  'lucene: a word': within(words('served')),
  'lucene: a pattern': within(words('serv*')),
  'lucene: a field': within(words('log.level:error')),
  'lucene: and': within(words('request AND served')),
  'lucene: or': within(words('served OR failed')),
  'lucene: not': within(words('request NOT served')),
  'lucene: plus and minus': within(words('+request -served')),
  'lucene: a group': within(
    words('log.level:(error OR warn) AND kubernetes.namespace:wealth'),
  ),
  'lucene: a range': within(words('http.response.status_code:[500 TO 599]')),
  'lucene: an open range': within(words('http.response.status_code:>=500')),
  'lucene: existence': within(words('_exists_:trace.id')),
  'lucene: a phrase': within(words('"request served"')),
  'lucene: escaped': within(words('message:request\\ served')),
  'several fields': within({
    multi_match: {
      query: 'payment',
      fields: ['kubernetes.labels.*', 'message'],
      lenient: true,
    },
  }),
};

const sub = { levels: { terms: { field: 'log.level', size: 10 } } };

export const AGGREGATIONS = {
  histogram: {
    date_histogram: { field: '@timestamp', fixed_interval: '5s' },
  },
  'histogram by level': {
    date_histogram: {
      field: '@timestamp',
      fixed_interval: '10s',
      min_doc_count: 0,
      extended_bounds: { min: '$from', max: '$to' },
    },
    aggs: sub,
  },
  values: { terms: { field: 'kubernetes.labels.app', size: 50 } },
  'few values': { terms: { field: 'kubernetes.labels.app', size: 2 } },
  numbers: { terms: { field: 'http.response.status_code', size: 10 } },
  oldest: { min: { field: '@timestamp' } },
  newest: { max: { field: '@timestamp' } },
  'how many apps': { cardinality: { field: 'kubernetes.labels.app' } },
  filters: {
    filters: {
      filters: {
        errors: { term: { 'log.level': 'error' } },
        infos: { term: { 'log.level': 'info' } },
      },
    },
  },
};
