import { KUBERNETES_VERSION, kubernetesTime } from '../names';
import type { World } from '../types';
import { item, type BuildContext, type Item } from './item';
import { nodeAddress } from './nodes';

const AGE_HOURS = 24 * 120;

const staticComponents: Record<string, string> = {
  'kube-apiserver': `registry.k8s.io/kube-apiserver:${KUBERNETES_VERSION}`,
  'kube-controller-manager': `registry.k8s.io/kube-controller-manager:${KUBERNETES_VERSION}`,
  'kube-scheduler': `registry.k8s.io/kube-scheduler:${KUBERNETES_VERSION}`,
  etcd: 'registry.k8s.io/etcd:3.5.21-0',
};

/** Pods that a kubelet runs from files: nobody owns them but their node. */
export function buildStaticPods(world: World, context: BuildContext): Item[] {
  const started = kubernetesTime(context.now - AGE_HOURS * 3_600_000);
  return world.nodes.flatMap((node, index) =>
    node.role !== 'control-plane'
      ? []
      : Object.entries(staticComponents).map(([component, image]) =>
          item(
            context,
            'pods',
            'v1',
            'Pod',
            {
              name: `${component}-${node.name}`,
              namespace: 'kube-system',
              ageHours: AGE_HOURS,
              labels: { component, tier: 'control-plane' },
              annotations: { 'kubernetes.io/config.source': 'file' },
            },
            {
              spec: {
                nodeName: node.name,
                hostNetwork: true,
                priorityClassName: 'system-node-critical',
                restartPolicy: 'Always',
                containers: [
                  {
                    name: component,
                    image,
                    resources: { requests: { cpu: '200m' } },
                  },
                ],
              },
              status: {
                phase: 'Running',
                hostIP: nodeAddress(index),
                podIP: nodeAddress(index),
                podIPs: [{ ip: nodeAddress(index) }],
                startTime: started,
                conditions: [
                  'Initialized',
                  'Ready',
                  'ContainersReady',
                  'PodScheduled',
                ].map(type => ({
                  type,
                  status: 'True',
                  lastTransitionTime: started,
                })),
                containerStatuses: [
                  {
                    name: component,
                    image,
                    imageID: image,
                    containerID: `containerd://${component}-${node.name}`,
                    ready: true,
                    started: true,
                    restartCount: 0,
                    state: { running: { startedAt: started } },
                  },
                ],
              },
            },
          ),
        ),
  );
}
