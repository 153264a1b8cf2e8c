import type { Random } from '../../random';
import type { LivePod } from '../live/model';

/** What a program without request logs says now and then, by component or app. */
const sayings: Readonly<Record<string, readonly string[]>> = {
  istiod: [
    'info\tads\tPush debounce stable[%d] 1 for config ServiceEntry: 100.2ms since last change',
    'info\tads\tXDS: Incremental Pushing ConnectedEndpoints:%d',
    'info\tads\tCDS: PUSH for node resources:%d size:48.1kB cached:41/44',
  ],
  ztunnel: [
    'info\taccess\tconnection complete\tsrc.workload="notify" dst.workload="audit" direction="outbound" bytes_sent=%d',
    'info\txds::client:xds{id=1}\treceived response type_url="type.googleapis.com/istio.workload.Address" size=%d',
  ],
  'kube-dns': [
    '[INFO] 10.244.0.1:%d - "A IN payment.wealth.svc.cluster.local. udp 57" NOERROR 0.000213s',
  ],
  'kube-apiserver': [
    'I1123 trace.go:236] Trace[%d]: "List" url:/api/v1/pods total time: 512ms',
  ],
  etcd: [
    '{"level":"info","msg":"finished scheduled compaction","compact-revision":%d}',
  ],
  mysql: ['[Note] [InnoDB] page cleaner flushed %d pages'],
  redis: ['1:M * 100 changes in 300 seconds. Saving... (%d keys)'],
  rabbitmq: ['[info] <0.%d.0> accepting AMQP connection'],
  notify: ['{"level":"info","message":"delivered","batch":%d}'],
};

/** Seconds between two such lines, on average. */
const DISTANCE_SECONDS = 7;

/** The line of a quiet program in one second, or undefined when it has nothing to say. */
export function chatterLine(pod: LivePod, random: Random): string | undefined {
  const name =
    pod.labels.component ?? pod.labels['k8s-app'] ?? pod.workload.appName;
  const lines = sayings[name] ?? [
    `{"level":"info","service":"${name}","message":"heartbeat","sequence":%d}`,
  ];
  if (random.next() >= 1 / DISTANCE_SECONDS) return undefined;
  return random
    .pick(lines)
    .replace('%d', String(random.integer(90_000) + 1000));
}

/** What a program writes while it starts, and before it dies when it does. */
export function startLines(pod: LivePod, crashes: boolean): string[] {
  const { appName, version } = pod.workload;
  const base = { service: appName, version };
  const line = (level: string, message: string) =>
    JSON.stringify({ level, ...base, message });
  return [
    line('info', `starting ${appName} ${pod.tag ?? ''}`.trim()),
    line('info', 'configuration read'),
    crashes
      ? line('error', 'cannot load model gbm-2026-10: checksum does not match')
      : line('info', `listening on ${pod.workload.app?.port ?? 8080}`),
    ...(crashes ? [line('fatal', 'giving up, exit code 1')] : []),
  ];
}
