export { HealthMark, type HealthMarkProps } from './HealthMark';
