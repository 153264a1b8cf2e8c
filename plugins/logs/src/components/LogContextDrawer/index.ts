export { LogContextDrawer } from './LogContextDrawer';
