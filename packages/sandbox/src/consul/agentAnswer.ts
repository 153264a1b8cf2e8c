import { callerOf, demand, type ConsulState } from './context';
import type { ConsulAnswer, ConsulRequest } from './request';

const VERSION = '1.21.5';

/** What an agent says of itself; undefined for any other path. */
export function agentAnswer(
  state: ConsulState,
  request: ConsulRequest,
): ConsulAnswer | undefined {
  const isLed = state.effects.consul !== 'leaderless';
  switch (request.path) {
    case '/status/leader':
      return { body: isLed ? '127.0.0.1:8300' : '' };
    case '/status/peers':
      return { body: ['127.0.0.1:8300'] };
    case '/catalog/datacenters':
      return { body: [state.datacenter] };
    case '/agent/self': {
      demand(callerOf(state, request), 'read', 'agent', 'consul-server-1');
      return {
        body: {
          Config: {
            Datacenter: state.datacenter,
            PrimaryDatacenter: state.datacenter,
            NodeName: 'consul-server-1',
            Revision: '4afe2bf0',
            Server: true,
            Version: VERSION,
          },
          Member: { Name: 'consul-server-1', Addr: '127.0.0.1', Status: 1 },
          Meta: {},
        },
      };
    }
    default:
      return undefined;
  }
}
