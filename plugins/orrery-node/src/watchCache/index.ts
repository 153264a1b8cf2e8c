export { WatchCache, type WatchCacheOptions } from './WatchCache';
export { WatchCaches } from './WatchCaches';
