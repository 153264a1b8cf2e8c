export { createSimulator } from './create-simulator';
export type { Simulator, SimulatorOptions } from './create-simulator';
export type { BehaviourEffect, Effects } from './flow/effects';
