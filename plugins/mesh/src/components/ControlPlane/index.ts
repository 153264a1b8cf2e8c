export { ControlPlanes } from './ControlPlanes';
