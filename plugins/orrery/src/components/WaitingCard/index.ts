export { WaitingCard } from './WaitingCard';
