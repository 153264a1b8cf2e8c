import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { CanaryEngine } from './CanaryEngine';

/** Where a backend module adds an engine to the plugin `delivery`. @public */
export interface CanaryEnginesExtensionPoint {
  /** @throws Error where an engine with the same id or kind was added before */
  addEngine(engine: CanaryEngine): void;
}

/** @public */
export const canaryEnginesExtensionPoint =
  createExtensionPoint<CanaryEnginesExtensionPoint>({
    id: 'delivery.canaryEngines',
  });
