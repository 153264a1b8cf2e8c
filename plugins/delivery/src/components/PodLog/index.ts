export { PodLogDrawer } from './PodLogDrawer';
