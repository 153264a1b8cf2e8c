export { QueryBar, type QueryBarProps } from './QueryBar';
