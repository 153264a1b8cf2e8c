export * from './podLog';
