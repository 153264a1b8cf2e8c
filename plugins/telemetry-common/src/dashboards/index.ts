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
