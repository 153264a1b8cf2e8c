export { BuildsSection, type BuildsSectionProps } from './BuildsSection';
