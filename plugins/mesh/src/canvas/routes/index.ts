export { Route } from './Route';
export { Routes } from './Routes';
