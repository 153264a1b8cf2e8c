export * from './prefixes';
