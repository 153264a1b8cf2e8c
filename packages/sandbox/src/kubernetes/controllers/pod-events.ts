import type { KubernetesObject } from '../store';
import { containersOf, previousStatus } from './container-status';
import type { EventRecorder } from './events';
import type { PodPhase } from './pod-status';

/** Records what a kubelet would say about a pod that comes this far. */
export function announcePhase(
  events: EventRecorder,
  pod: KubernetesObject,
  phase: PodPhase,
): void {
  const note = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    events.record(pod, type, reason, message, 'kubelet');
  const [first] = containersOf(pod).main;
  const before = previousStatus(pod, first?.name);
  if (phase.kind === 'running' && !before.state.running) {
    for (const container of containersOf(pod).main) {
      note(
        'Normal',
        'Pulled',
        `Successfully pulled image "${container.image}"`,
      );
      note('Normal', 'Created', `Created container: ${container.name}`);
      note('Normal', 'Started', `Started container ${container.name}`);
    }
  } else if (phase.kind === 'image') {
    note(
      phase.backingOff ? 'Normal' : 'Warning',
      phase.backingOff ? 'BackOff' : 'Failed',
      phase.backingOff
        ? `Back-off pulling image "${phase.image}"`
        : `Failed to pull image "${phase.image}": not found`,
    );
  } else if (
    phase.kind === 'crashed' &&
    phase.restartCount > before.restartCount
  ) {
    note(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${first?.name} in pod ${pod.metadata.name}`,
    );
  }
}
