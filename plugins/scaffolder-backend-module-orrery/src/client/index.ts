export { ActionClient, type Work, type WorkContext } from './ActionClient';
export { PortalClient } from './PortalClient';
