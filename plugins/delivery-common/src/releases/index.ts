export { readActor } from './readActor';
export { releaseProgress, type ReleaseProgress } from './releaseProgress';
export * from './schema';
