export * from './compareKeys';
