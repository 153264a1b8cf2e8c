import type { World } from '../../world/types';
import type { Dashboard, Folder } from '../model';
import { istioService, istioWorkload } from './istio';
import { goRuntime, jvmRuntime } from './runtime';
import { teamDashboards } from './teams';

/** The folders that dashboards are in. */
export const FOLDERS = {
  istio: { id: 101, uid: 'istio', title: 'Istio' },
  teams: { id: 102, uid: 'teams', title: 'Teams' },
  runtime: { id: 103, uid: 'runtime', title: 'Runtime', refusesFrames: true },
} as const satisfies Record<string, Folder>;

/** The dashboards of a world. */
export function dashboardsOf(world: World): Dashboard[] {
  return [
    istioService(1, FOLDERS.istio),
    istioWorkload(2, FOLDERS.istio),
    jvmRuntime(3, FOLDERS.runtime),
    goRuntime(4, FOLDERS.runtime),
    ...teamDashboards(world, 10, FOLDERS.teams),
  ];
}
