/** Who took part in a span. */
export interface Endpoint {
  serviceName?: string;
  ipv4?: string;
  port?: number;
}

/** A span in Zipkin's v2 format. */
export interface Span {
  traceId: string;
  parentId?: string;
  id: string;
  kind: 'CLIENT' | 'SERVER';
  name: string;
  /** Microseconds since the Unix epoch. */
  timestamp: number;
  /** Microseconds. */
  duration: number;
  localEndpoint: Endpoint;
  remoteEndpoint?: Endpoint;
  tags: Record<string, string>;
  /** Whether it has its id from the other half of the call. */
  shared?: true;
}
