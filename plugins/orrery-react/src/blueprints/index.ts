export {
  HomeCardBlueprint,
  homeCardAreaDataRef,
  type HomeCardArea,
} from './HomeCardBlueprint';
export {
  TimeMarkProviderBlueprint,
  timeMarkProviderDataRef,
  type TimeMarkProviderFactory,
} from './TimeMarkProviderBlueprint';
