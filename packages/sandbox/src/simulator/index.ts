export { Autoscaler } from './autoscaler';
export { createSimulator, createSimulators } from './create-simulator';
export type { Simulator, SimulatorOptions } from './create-simulator';
export { Effects } from './flow/effects';
export type { BehaviourEffect } from './flow/effects';
export { imageExists, podHealth } from './kubelet';
export type { WorkTime } from './pace';
