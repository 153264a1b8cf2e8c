/**
 * Field numbers of the messages that kubectl's typed clients send, as the
 * published `.proto` files of Kubernetes assign them. Each entry is
 * `number name kind`; kinds are `s` text, `n` number and `b` boolean (zero
 * means absent), `N` and `B` the same where zero is a value, `x` bytes, `t`
 * instant, `q` quantity, `o` number or text, `-` ignored, or another message;
 * `[]` makes a list and `{}` a map from text; the name `*` stands for a message
 * whose fields JSON shows as the outer one's.
 */
export const messages: Record<string, string> = {
  ObjectMeta: `1 name s,2 generateName s,3 namespace s,4 selfLink -,5 uid s,6 resourceVersion s,7 generation n,
    8 creationTimestamp t,9 deletionTimestamp t,10 deletionGracePeriodSeconds N,11 labels {}s,12 annotations {}s,
    13 ownerReferences []OwnerReference,14 finalizers []s,17 managedFields -`,
  OwnerReference:
    '1 kind s,3 name s,4 uid s,5 apiVersion s,6 controller B,7 blockOwnerDeletion B',
  DeleteOptions: `1 gracePeriodSeconds N,2 preconditions Preconditions,3 orphanDependents B,4 propagationPolicy s,
    5 dryRun []s,6 ignoreStoreReadErrorWithClusterBreakingPotential B`,
  Preconditions: '1 uid s,2 resourceVersion s',
  LabelSelector:
    '1 matchLabels {}s,2 matchExpressions []LabelSelectorRequirement',
  LabelSelectorRequirement: '1 key s,2 operator s,3 values []s',
  SelfSubjectAccessReview:
    '1 metadata ObjectMeta,2 spec SelfSubjectAccessReviewSpec,3 status -',
  SelfSubjectAccessReviewSpec:
    '1 resourceAttributes ResourceAttributes,2 nonResourceAttributes NonResourceAttributes',
  ResourceAttributes:
    '1 namespace s,2 verb s,3 group s,4 version s,5 resource s,6 subresource s,7 name s,8 fieldSelector -,9 labelSelector -',
  NonResourceAttributes: '1 path s,2 verb s',
  SelfSubjectRulesReview:
    '1 metadata ObjectMeta,2 spec SelfSubjectRulesReviewSpec,3 status -',
  SelfSubjectRulesReviewSpec: '1 namespace s',
  SelfSubjectReview: '1 metadata ObjectMeta,2 status -',
  TokenRequest: '1 metadata ObjectMeta,2 spec TokenRequestSpec,3 status -',
  TokenRequestSpec:
    '1 audiences []s,3 boundObjectRef BoundObjectReference,4 expirationSeconds N',
  BoundObjectReference: '1 kind s,2 apiVersion s,3 name s,4 uid s',
  Eviction: '1 metadata ObjectMeta,2 deleteOptions DeleteOptions',
  ConfigMap: '1 metadata ObjectMeta,2 data {}s,3 binaryData {}x,4 immutable B',
  Secret:
    '1 metadata ObjectMeta,2 data {}x,3 type s,4 stringData {}s,5 immutable B',
  Namespace: '1 metadata ObjectMeta,2 spec NamespaceSpec,3 status -',
  NamespaceSpec: '1 finalizers []s',
  ServiceAccount:
    '1 metadata ObjectMeta,3 imagePullSecrets []LocalObjectReference,4 automountServiceAccountToken B',
  LocalObjectReference: '1 name s',
  Service: '1 metadata ObjectMeta,2 spec ServiceSpec,3 status -',
  ServiceSpec: `1 ports []ServicePort,2 selector {}s,3 clusterIP s,4 type s,5 externalIPs []s,7 sessionAffinity s,
    10 externalName s,11 externalTrafficPolicy s,12 healthCheckNodePort n,13 publishNotReadyAddresses b,17 ipFamilyPolicy s,
    18 clusterIPs []s,19 ipFamilies []s,22 internalTrafficPolicy s`,
  ServicePort:
    '1 name s,2 protocol s,3 port n,4 targetPort o,5 nodePort n,6 appProtocol s',
  ResourceQuota: '1 metadata ObjectMeta,2 spec ResourceQuotaSpec,3 status -',
  ResourceQuotaSpec: '1 hard {}q,2 scopes []s',
  PodDisruptionBudget:
    '1 metadata ObjectMeta,2 spec PodDisruptionBudgetSpec,3 status -',
  PodDisruptionBudgetSpec:
    '1 minAvailable o,2 selector LabelSelector,3 maxUnavailable o,4 unhealthyPodEvictionPolicy s',
  Role: '1 metadata ObjectMeta,2 rules []PolicyRule',
  ClusterRole: '1 metadata ObjectMeta,2 rules []PolicyRule,3 aggregationRule -',
  PolicyRule:
    '1 verbs []s,2 apiGroups []s,3 resources []s,4 resourceNames []s,5 nonResourceURLs []s',
  RoleBinding: '1 metadata ObjectMeta,2 subjects []Subject,3 roleRef RoleRef',
  ClusterRoleBinding:
    '1 metadata ObjectMeta,2 subjects []Subject,3 roleRef RoleRef',
  Subject: '1 kind s,2 apiGroup s,3 name s,4 namespace s',
  RoleRef: '1 apiGroup s,2 kind s,3 name s',
  Deployment: '1 metadata ObjectMeta,2 spec DeploymentSpec,3 status -',
  DeploymentSpec: `1 replicas N,2 selector LabelSelector,3 template PodTemplateSpec,4 strategy DeploymentStrategy,5 minReadySeconds n,
    6 revisionHistoryLimit N,7 paused b,9 progressDeadlineSeconds N`,
  DeploymentStrategy: '1 type s,2 rollingUpdate RollingUpdateDeployment',
  RollingUpdateDeployment: '1 maxUnavailable o,2 maxSurge o',
  Job: '1 metadata ObjectMeta,2 spec JobSpec,3 status -',
  JobSpec: `1 parallelism N,2 completions N,3 activeDeadlineSeconds N,4 selector LabelSelector,5 manualSelector B,
    6 template PodTemplateSpec,7 backoffLimit N,8 ttlSecondsAfterFinished N,9 completionMode s,10 suspend B`,
  PodTemplateSpec: '1 metadata ObjectMeta,2 spec PodSpec',
  PodSpec: `2 containers []Container,3 restartPolicy s,4 terminationGracePeriodSeconds N,6 dnsPolicy s,7 nodeSelector {}s,
    8 serviceAccountName s,9 serviceAccount s,10 nodeName s,11 hostNetwork b,12 hostPID b,13 hostIPC b,16 hostname s,
    17 subdomain s,19 schedulerName s,20 initContainers []Container,21 automountServiceAccountToken B,24 priorityClassName s`,
  Container: `1 name s,2 image s,3 command []s,4 args []s,5 workingDir s,6 ports []ContainerPort,7 env []EnvVar,
    8 resources ResourceRequirements,13 terminationMessagePath s,14 imagePullPolicy s,16 stdin b,17 stdinOnce b,18 tty b,
    20 terminationMessagePolicy s,24 restartPolicy s`,
  ContainerPort:
    '1 name s,2 hostPort n,3 containerPort n,4 protocol s,5 hostIP s',
  EnvVar: '1 name s,2 value s',
  ResourceRequirements: '1 limits {}q,2 requests {}q',
  Scale: '1 metadata ObjectMeta,2 spec ScaleSpec,3 status -',
  ScaleSpec: '1 replicas n',
  CronJob: '1 metadata ObjectMeta,2 spec CronJobSpec,3 status -',
  CronJobSpec: `1 schedule s,2 startingDeadlineSeconds N,3 concurrencyPolicy s,4 suspend B,5 jobTemplate JobTemplateSpec,
    6 successfulJobsHistoryLimit N,7 failedJobsHistoryLimit N,8 timeZone s`,
  JobTemplateSpec: '1 metadata ObjectMeta,2 spec JobSpec',
  Ingress: '1 metadata ObjectMeta,2 spec IngressSpec,3 status -',
  IngressSpec:
    '1 defaultBackend IngressBackend,2 tls []IngressTLS,3 rules []IngressRule,4 ingressClassName s',
  IngressBackend: '4 service IngressServiceBackend',
  IngressServiceBackend: '1 name s,2 port ServiceBackendPort',
  ServiceBackendPort: '1 name s,2 number n',
  IngressTLS: '1 hosts []s,2 secretName s',
  IngressRule: '1 host s,2 * IngressRuleValue',
  IngressRuleValue: '1 http HTTPIngressRuleValue',
  HTTPIngressRuleValue: '1 paths []HTTPIngressPath',
  HTTPIngressPath: '1 path s,2 backend IngressBackend,3 pathType s',
  HorizontalPodAutoscaler:
    '1 metadata ObjectMeta,2 spec HorizontalPodAutoscalerSpec,3 status -',
  HorizontalPodAutoscalerSpec:
    '1 scaleTargetRef CrossVersionObjectReference,2 minReplicas N,3 maxReplicas n,4 metrics []MetricSpec',
  CrossVersionObjectReference: '1 kind s,2 name s,3 apiVersion s',
  MetricSpec: '1 type s,4 resource ResourceMetricSource',
  ResourceMetricSource: '1 name s,2 target MetricTarget',
  MetricTarget: '1 type s,2 value q,3 averageValue q,4 averageUtilization N',
  Event: `1 metadata ObjectMeta,2 involvedObject ObjectReference,3 reason s,4 message s,5 source EventSource,6 firstTimestamp t,
    7 lastTimestamp t,8 count n,9 type s,10 eventTime t,12 action s,13 related ObjectReference,14 reportingComponent s,
    15 reportingInstance s`,
  EventSource: '1 component s,2 host s',
  ObjectReference:
    '1 kind s,2 namespace s,3 name s,4 uid s,5 apiVersion s,6 resourceVersion s,7 fieldPath s',
};
