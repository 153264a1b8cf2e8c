export { waitingGate } from './flaggerOffers';
export {
  flaggerGateTypeSchema,
  flaggerHookBodySchema,
  flaggerHookTypeSchema,
  type FlaggerGate,
  type FlaggerGateType,
  type FlaggerHookBody,
  type FlaggerHookType,
} from './gates';
export {
  FLAGGER_ENGINE,
  readFlaggerCanary,
  type FlaggerInput,
  type FlaggerWorkload,
} from './readFlaggerCanary';
export { flaggerWeights } from './readSteps';
export { canaryObjectSchema, type CanaryObject } from './schema';
