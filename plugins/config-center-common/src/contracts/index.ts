export * from './configMaps';
export * from './history';
export * from './inputs';
export * from './keys';
