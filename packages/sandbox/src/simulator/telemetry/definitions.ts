import type { SampleSink } from '../../prometheus/storage';
import { DURATION_BOUNDS } from '../traffic/duration';

/** Bounds of the body size histograms; a few of Envoy's, as nothing reads more than sums and counts. */
export const BYTE_BOUNDS: readonly number[] = [
  100, 1000, 10000, 100000, 1000000,
];

/** Declares Istio's standard metrics. `detailed` keeps buckets for body sizes. */
export function declareIstioMetrics(sink: SampleSink, detailed: boolean): void {
  const byteBounds = detailed ? BYTE_BOUNDS : [];
  sink.declare(
    'istio_requests_total',
    'counter',
    'Requests handled by an Istio proxy.',
  );
  sink.declare(
    'istio_request_duration_milliseconds',
    'histogram',
    'Duration of requests in milliseconds.',
    DURATION_BOUNDS,
  );
  sink.declare(
    'istio_request_bytes',
    'histogram',
    'Size of request bodies in bytes.',
    byteBounds,
  );
  sink.declare(
    'istio_response_bytes',
    'histogram',
    'Size of response bodies in bytes.',
    byteBounds,
  );
  for (const [name, help] of [
    ['istio_request_messages_total', 'gRPC messages sent by clients.'],
    ['istio_response_messages_total', 'gRPC messages sent by servers.'],
    [
      'istio_tcp_sent_bytes_total',
      'Bytes sent during responses of TCP connections.',
    ],
    [
      'istio_tcp_received_bytes_total',
      'Bytes received during requests of TCP connections.',
    ],
    ['istio_tcp_connections_opened_total', 'TCP connections opened.'],
    ['istio_tcp_connections_closed_total', 'TCP connections closed.'],
  ]) {
    sink.declare(name, 'counter', help);
  }
}
