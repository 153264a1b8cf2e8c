export { canaryOfPlan, ISTIO_ENGINE, type PlanView } from './canaryOfPlan';
export { advancePlan, PLAN_ACTOR } from './advance';
export {
  CANARY_OF_LABEL,
  canaryDeployment,
  labelValue,
  templateParts,
  versionLabels,
  type DeploymentObject,
} from './canaryDeployment';
export { workloadFacts } from './workloadFacts';
export { planRoutes } from './planRoutes';
export type { PlanPlace, PlanRouteObjects } from './routeObjects';
export { checkPlan } from './checkPlan';
export {
  planContextSchema,
  type GatewayPlanContext,
  type IstioPlanContext,
  type PlanContext,
} from './context';
export { stepTitle } from './describe';
export {
  planRoutingSchema,
  routingInWords,
  routingOf,
  type PlanRouting,
} from './routing';
export {
  canaryStartSchema,
  canaryStartsSchema,
  MAXIMUM_CANARY_STARTS,
  type CanaryStart,
  type CanaryStarts,
} from './start';
export { CANARY_STEPS_ANNOTATION, readPlanSteps } from './stepsText';
export { isSameRoutes, type PlanFacts, type WorkloadFacts } from './facts';
export {
  canaryPlanSchema,
  planAnalysisSchema,
  planStepSchema,
  type CanaryPlan,
  type CanaryPlanInput,
  type PlanAnalysis,
  type PlanStep,
} from './schema';
export {
  initialState,
  type MeasuredMetric,
  isOver,
  planPhaseSchema,
  planStateSchema,
  type PlanPhase,
  type PlanState,
} from './state';
export {
  routesAt,
  targetOf,
  type PlanTarget,
  type RouteTarget,
} from './target';
export type { Advance } from './transitions';
export {
  commandPlan,
  NotNowError,
  planOffers,
  type PlanCommand,
  type PlanVerb,
  type PlanVersions,
} from './verbs';
