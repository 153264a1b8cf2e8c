export * from './ActionDialog';
export * from './HealthMark';
export * from './LiveIndicator';
export * from './ProblemPanel';
export * from './ScopeBar';
export * from './Sparkline';
