/** Name, type and help of every metric of kube-state-metrics that is written here. */
export const kubeStateMetrics: readonly (readonly [
  string,
  'gauge' | 'counter',
  string,
])[] = [
  ['kube_pod_info', 'gauge', 'Information about a pod.'],
  ['kube_pod_status_phase', 'gauge', "The pod's current phase."],
  [
    'kube_pod_status_ready',
    'gauge',
    'Whether the pod is ready to serve requests.',
  ],
  [
    'kube_pod_container_status_restarts_total',
    'counter',
    'Restarts of a container.',
  ],
  ['kube_pod_container_status_ready', 'gauge', 'Whether a container is ready.'],
  [
    'kube_pod_container_status_waiting_reason',
    'gauge',
    'Why a container is waiting.',
  ],
  [
    'kube_pod_container_resource_requests',
    'gauge',
    'Resources a container requests.',
  ],
  [
    'kube_pod_container_resource_limits',
    'gauge',
    'Limits on the resources of a container.',
  ],
  ['kube_deployment_spec_replicas', 'gauge', 'Desired pods of a deployment.'],
  ['kube_deployment_status_replicas', 'gauge', 'Pods of a deployment.'],
  [
    'kube_deployment_status_replicas_available',
    'gauge',
    'Available pods of a deployment.',
  ],
  [
    'kube_deployment_status_replicas_unavailable',
    'gauge',
    'Unavailable pods of a deployment.',
  ],
  [
    'kube_deployment_status_replicas_updated',
    'gauge',
    'Updated pods of a deployment.',
  ],
  [
    'kube_deployment_status_replicas_ready',
    'gauge',
    'Ready pods of a deployment.',
  ],
  [
    'kube_deployment_metadata_generation',
    'gauge',
    'Generation that is wanted.',
  ],
  [
    'kube_deployment_status_observed_generation',
    'gauge',
    'Generation that was observed.',
  ],
  ['kube_statefulset_replicas', 'gauge', 'Desired pods of a stateful set.'],
  ['kube_statefulset_status_replicas', 'gauge', 'Pods of a stateful set.'],
  [
    'kube_statefulset_status_replicas_ready',
    'gauge',
    'Ready pods of a stateful set.',
  ],
  [
    'kube_statefulset_status_replicas_updated',
    'gauge',
    'Updated pods of a stateful set.',
  ],
  ['kube_node_info', 'gauge', 'Information about a node.'],
  ['kube_node_role', 'gauge', 'Role of a node.'],
  ['kube_node_spec_unschedulable', 'gauge', 'Whether a node is cordoned.'],
  ['kube_node_status_condition', 'gauge', 'Condition of a node.'],
  [
    'kube_node_status_allocatable',
    'gauge',
    'What of a node can be given to pods.',
  ],
  ['kube_node_status_capacity', 'gauge', 'What a node has.'],
];
