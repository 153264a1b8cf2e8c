import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  BuildDetails,
  BuildLogPiece,
  BuildPlaceInput,
  BuildsChange,
  BuildsResponse,
  ServicePlaceInput,
  SourceChanges,
  SourceResponse,
} from '@orrery/backstage-plugin-delivery-common';

/** What is told of a console that is being followed. @public */
export type BuildLogListener = {
  /** A piece that was not told before, or none: the line lives. */
  onPiece: (piece: BuildLogPiece) => void;
  /** The line broke; it is tried again unless `final`. */
  onProblem: (error: Error, final: boolean) => void;
};

/** What is told of a service's builds. @public */
export type BuildsListener = {
  onChange: (what: BuildsChange['what']) => void;
  /** The line broke; it is tried again unless `final`. */
  onProblem: (error: Error, final: boolean) => void;
};

/**
 * Builds of services, and the sources that they are built from.
 *
 * @public
 */
export interface BuildsApi {
  /** The job, its queue and its builds, the newest first. */
  builds(place: BuildPlaceInput): Promise<BuildsResponse>;
  /** One build with its stages. */
  build(place: BuildPlaceInput, number: number): Promise<BuildDetails>;
  /** Tells a build's console from its start to its end, until the signal aborts. */
  followLog(
    place: BuildPlaceInput,
    number: number,
    listener: BuildLogListener,
    signal: AbortSignal,
  ): Promise<void>;
  /** Tells when builds changed or the source was pushed to, until the signal aborts. */
  followBuilds(
    place: ServicePlaceInput,
    listener: BuildsListener,
    signal: AbortSignal,
  ): Promise<void>;
  /** Tags, branches and open merge requests. */
  source(place: ServicePlaceInput): Promise<SourceResponse>;
  /** What came between two tags, branches or commits. */
  changes(
    place: ServicePlaceInput,
    from: string,
    to: string,
  ): Promise<SourceChanges>;
}

/** @public */
export const buildsApiRef = createApiRef<BuildsApi>().with({
  id: 'plugin.delivery.builds',
  pluginId: 'delivery',
});
