export { createInflux, INFLUX_DATABASE } from './facade';
export type { LongHistoryOptions } from './LongHistory';
