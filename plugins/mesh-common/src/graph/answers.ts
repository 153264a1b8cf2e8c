type Labels = Readonly<Record<string, string>>;

/**
 * The protocol, code and verdict of a request series. Envoy writes code 0
 * when no response came; a gRPC status counts only if HTTP itself did not
 * already refuse.
 */
export function answerOf(labels: Labels): {
  protocol: 'http' | 'grpc';
  code: string;
  flags: string;
  error: boolean;
} {
  const httpCode = labels.response_code ?? '';
  const grpcStatus = labels.grpc_response_status ?? '';
  const flags = labels.response_flags || '-';
  const protocol = labels.request_protocol === 'grpc' ? 'grpc' : 'http';
  if (protocol === 'grpc' && grpcStatus !== '' && !/^[45]/.test(httpCode)) {
    return { protocol, code: grpcStatus, flags, error: grpcStatus !== '0' };
  }
  const answered = httpCode !== '' && httpCode !== '0';
  return {
    protocol,
    code: answered ? httpCode : '-',
    flags,
    error:
      !answered ||
      httpCode.startsWith('5') ||
      (protocol === 'grpc' && httpCode.startsWith('4')),
  };
}
