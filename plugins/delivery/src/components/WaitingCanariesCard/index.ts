export { WaitingCanariesCard } from './WaitingCanariesCard';
