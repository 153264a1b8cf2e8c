import type { Protocol, Traffic } from '../../schema/graph';
import type { GraphIndex } from '../graphIndex';

/**
 * Requests per second of one protocol; undefined where none of it was
 * measured. Responses say which request was of which protocol.
 */
export function rateOf(
  traffic: Traffic,
  protocol: Exclude<Protocol, 'tcp'>,
): number | undefined {
  if (!traffic.protocols.includes(protocol)) {
    return undefined;
  }
  const other = protocol === 'http' ? 'grpc' : 'http';
  if (!traffic.protocols.includes(other)) {
    return traffic.requestsPerSecond;
  }
  return traffic.responses
    .filter(response => response.protocol === protocol)
    .reduce((sum, response) => sum + response.requestsPerSecond, 0);
}

/** Per cent of the requests of one protocol that failed. */
export function errorPercentOf(
  traffic: Traffic,
  protocol: Exclude<Protocol, 'tcp'>,
): number | undefined {
  const total = rateOf(traffic, protocol);
  if (total === undefined || !(total > 0)) {
    return undefined;
  }
  const failed = traffic.responses
    .filter(response => response.protocol === protocol && response.error)
    .reduce((sum, response) => sum + response.requestsPerSecond, 0);
  return (failed / total) * 100;
}

/** Per cent of what the caller of an edge asks over this edge. */
export function sharePercentOf(
  index: GraphIndex,
  place: number,
  protocol: Exclude<Protocol, 'tcp'>,
): number | undefined {
  const rate = rateOf(index.edges[place].traffic, protocol);
  const source = index.nodes[index.sources[place]];
  const total = source && rateOf(source.outbound, protocol);
  return rate === undefined || total === undefined || !(total > 0)
    ? undefined
    : (rate / total) * 100;
}

/** A share 0..1 as per cent. */
export function percentOf(share: number | undefined): number | undefined {
  return share === undefined ? undefined : share * 100;
}

/** Whether anything at all flows; unknown where nothing was measured of what is listed. */
export function hasTraffic(traffic: Traffic): boolean {
  return [
    traffic.requestsPerSecond,
    traffic.sentBytesPerSecond,
    traffic.receivedBytesPerSecond,
    traffic.connectionsPerSecond,
    traffic.sentMessagesPerSecond,
    traffic.receivedMessagesPerSecond,
  ].some(value => value !== undefined && value > 0);
}

/** Codes of the answers. */
export function codesOf(traffic: Traffic): string[] {
  return traffic.responses.map(response => response.code);
}

/** Envoy's response flags of the answers, one by one. */
export function flagsOf(traffic: Traffic): string[] {
  return traffic.responses.flatMap(({ flags }) =>
    flags.split(',').filter(flag => flag !== '' && flag !== '-'),
  );
}
