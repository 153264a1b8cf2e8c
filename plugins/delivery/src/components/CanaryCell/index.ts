export { ComponentCanary } from './ComponentCanary';
