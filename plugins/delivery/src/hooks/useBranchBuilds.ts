import type {
  BuildsResponse,
  ServicePlaceInput,
} from '@orrery/backstage-plugin-delivery-common';
import {
  useUrlParameter,
  type AsyncValue,
} from '@orrery/backstage-plugin-orrery-react';
import { useCallback } from 'react';
import { useBuilds } from './useBuilds';

/** Builds of a service, and those of the branch that is looked at. */
export type BranchBuilds = {
  /** Of the job, or of the primary branch of a multibranch one. */
  ofService: AsyncValue<BuildsResponse>;
  /** Of the branch that was chosen; of the service while none is. */
  shown: AsyncValue<BuildsResponse>;
  /** The branch that was chosen, by its name in Jenkins. */
  branch: string | undefined;
  choose: (branch: string) => void;
  refresh: () => void;
};

/** Asks for builds of a service and, where one is chosen, of a branch. */
export function useBranchBuilds(
  place: ServicePlaceInput | undefined,
): BranchBuilds {
  const [chosen, choose] = useUrlParameter('branch', '');
  const branch = chosen === '' ? undefined : chosen;
  const ofService = useBuilds(place);
  const ofBranch = useBuilds(
    place && branch !== undefined ? { ...place, branch } : undefined,
  );
  const refreshService = ofService.retry;
  const refreshBranch = ofBranch.retry;
  const refresh = useCallback(() => {
    refreshService();
    refreshBranch();
  }, [refreshService, refreshBranch]);
  return {
    ofService,
    shown: branch === undefined ? ofService : ofBranch,
    branch,
    choose,
    refresh,
  };
}
