export { ProblemPanel, type ProblemPanelProps } from './ProblemPanel';
