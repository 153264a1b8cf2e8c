export {
  interpolateQuery,
  type PanelVariables,
  type PanelWindow,
} from './interpolateQuery';
export { matchesSelector, type SelectedDashboard } from './matchesSelector';
export {
  dashboardVariableSchema,
  variablesOfQuery,
  variablesOfService,
  type DashboardVariable,
} from './panelVariables';
export {
  dashboardPanelsResponseSchema,
  dashboardsResponseSchema,
  panelDrawingResponseSchema,
  type Dashboard,
  type DashboardPanel,
  type DashboardPanelsResponse,
  type DashboardsResponse,
  type PanelDrawingResponse,
} from './dashboards';
export {
  putDashboardInputSchema,
  serviceDashboardPlaceSchema,
  serviceDashboardSchema,
  type ServiceDashboard,
} from './serviceDashboard';
