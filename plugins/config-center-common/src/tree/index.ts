export * from './buildTree';
