export * from './templatePreview';
