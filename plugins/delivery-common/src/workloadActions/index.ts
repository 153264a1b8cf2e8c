export {
  checkImage,
  chooseContainer,
  restartPods,
  setEnvironment,
  setImage,
  setPaused,
  setProbes,
  setResources,
  setTemplate,
  type Editable,
} from './edits';
export * from './inputs';
export { mergePatchBetween } from './mergePatch';
export { checkResources, parseQuantity } from './quantity';
