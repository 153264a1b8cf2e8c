export { ComponentHealth, ComponentVersions } from './ComponentHealth';
