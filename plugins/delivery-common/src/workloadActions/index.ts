export * from './inputs';
export { mergePatchBetween } from './mergePatch';
export { checkResources, parseQuantity } from './quantity';
export { restartPods, setPaused, setTemplate } from './rollout';
export { setEnvironment } from './setEnvironment';
export { checkImage, setImage } from './setImage';
export { setProbes } from './setProbes';
export { setResources } from './setResources';
export { chooseContainer, type Editable } from './template';
