/**
 * A sample policy: who may do what to which services, by ownership and
 * environment.
 *
 * @packageDocumentation
 */
export { permissionModuleOrreryPolicy as default } from './module';
export { OrreryPolicy } from './policy/OrreryPolicy';
export { readPolicyConfig, type PolicyConfig } from './policy/readPolicyConfig';
