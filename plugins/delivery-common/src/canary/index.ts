export * from './comparison';
export * from './schema';
