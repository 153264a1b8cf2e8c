export { ScopeBar, type ScopeBarProps } from './ScopeBar';
