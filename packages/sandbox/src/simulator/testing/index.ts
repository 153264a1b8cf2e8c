export { MapSink } from './mapSink';
export { MapStore } from './mapStore';
export { runPods, setReady } from './runPods';
export { startWorld } from './startWorld';
