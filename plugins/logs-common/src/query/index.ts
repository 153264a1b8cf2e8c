export * from './elasticsearch';
export * from './kql';
