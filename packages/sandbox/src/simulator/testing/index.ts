export { MapSink } from './mapSink';
export { MapStore } from './mapStore';
export { runPods, setReady } from './runPods';
export { routePayment, setSpec } from './objects';
export { startTellingWorld, startWorld } from './startWorld';
