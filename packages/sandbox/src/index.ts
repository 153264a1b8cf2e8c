export { startSandbox } from './sandbox';
export type { Sandbox } from './sandbox';
export type { ServeOptions } from './command';
