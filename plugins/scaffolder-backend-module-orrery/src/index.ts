/**
 * Actions of templates.
 *
 * @packageDocumentation
 */
export { scaffolderModuleOrrery as default } from './module';
