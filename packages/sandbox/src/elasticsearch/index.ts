export { createElasticsearch, type ElasticsearchOptions } from './facade';
export { LogArchive, type LogArchiveOptions } from './records/LogArchive';
export { parseDate } from './query/dateMath';
