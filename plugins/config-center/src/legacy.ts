/**
 * The same for apps of the old frontend system.
 *
 * @packageDocumentation
 */
import { createPlugin } from '@backstage/core-plugin-api';

/** @public */
export const configCenterPlugin = createPlugin({ id: 'config-center' });
