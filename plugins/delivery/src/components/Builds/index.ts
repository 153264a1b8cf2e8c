export { BuildsSection, type BuildsSectionProps } from './BuildsSection';
export { BuildStateMark } from './BuildStateMark';
