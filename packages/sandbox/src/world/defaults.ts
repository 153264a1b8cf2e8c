import type { App, Behaviour, Call, Operation } from './types';

/** What an app does unless it says otherwise. */
export const ordinaryBehaviour: Behaviour = {
  latencyMilliseconds: 12,
  latencySpread: 0.55,
  errors: [],
  capacityPerPod: 150,
  cpuSecondsPerRequest: 0.0012,
  memoryMebibytes: 180,
};

/** The fields of an app that have no sensible default. */
export type AppInput = Omit<
  Partial<App>,
  'behaviour' | 'namespace' | 'name' | 'owner'
> &
  Pick<App, 'namespace' | 'name' | 'owner'> & {
    behaviour?: Partial<Behaviour>;
  };

/** Completes an app with the house's defaults. */
export function defineApp(input: AppInput): App {
  const { behaviour, ...rest } = input;
  return {
    title: input.name,
    description: '',
    language: 'Go',
    kind: 'Deployment',
    protocol: 'http',
    port: 8080,
    releases: [{ version: 'v1', tag: '1.0.0', replicas: 2, ageHours: 24 * 9 }],
    calls: [],
    operations: [{ method: 'GET', path: '/', share: 1 }],
    requestBytes: 620,
    responseBytes: 2400,
    cpuMillicores: 250,
    ...rest,
    behaviour: { ...ordinaryBehaviour, ...behaviour },
  };
}

/** Shorthand for a dependency; by default a failed call fails the request one time in twenty. */
export function call(
  to: string,
  perRequest: number,
  failureShare = 0.05,
  operations?: readonly Operation[],
): Call {
  return { to, perRequest, failureShare, operations };
}
