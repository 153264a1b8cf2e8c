/** Configuration of Orrery. */
export interface Config {
  orrery?: {
    /**
     * Refuses every write of every Orrery plugin.
     * @default false
     */
    readOnly?: boolean;
    /** Clusters to show; each is one that `kubernetes:` declares too. */
    clusters?: Array<{
      /** Name of the cluster under `kubernetes.clusterLocatorMethods`. */
      name: string;
      /** What people call it; the name where absent. */
      title?: string;
      /** Namespaces where a write asks for the target's name to be typed. */
      protectedNamespaces?: string[];
      /** Where the mesh's metrics are. */
      prometheus?: {
        /** Base URL of the Prometheus HTTP API (also Thanos, Mimir, VictoriaMetrics). */
        url: string;
        /** Basic authentication; not together with `bearerToken`. */
        basicAuth?: {
          username: string;
          /** @visibility secret */
          password: string;
        };
        /** @visibility secret */
        bearerToken?: string;
        /**
         * Further headers, such as `X-Scope-OrgID` for a tenant.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        /**
         * How long one query may take, in seconds.
         * @default 15
         */
        timeoutSeconds?: number;
        /**
         * How many queries may run at once.
         * @default 8
         */
        maxConcurrency?: number;
        /**
         * How far back samples reach, in days. Longer windows are refused.
         * @default 15
         */
        retentionDays?: number;
      };
    }>;
  };
}
