export {
  HomeCardBlueprint,
  homeCardAreaDataRef,
  type HomeCardArea,
} from './HomeCardBlueprint';
