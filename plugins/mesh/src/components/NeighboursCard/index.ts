export { NeighboursCard } from './NeighboursCard';
