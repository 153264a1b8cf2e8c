export {
  buildControlPlane,
  CERTIFICATE_SOON_DAYS,
  type ControlPlaneInput,
  type IstiodPod,
} from './buildControlPlane';
export { CONTROL_PLANE_QUERIES, type ControlPlaneQueryName } from './queries';
export {
  controlPlaneRevisionSchema,
  controlPlaneSchema,
  controlPlanesSchema,
  type ControlPlane,
  type ControlPlaneRevision,
  type ControlPlanes,
} from './schema';
export { readProxyStatuses, XDS_KINDS, type ProxyStatus } from './syncz';
