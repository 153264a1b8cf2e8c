/** Configuration of Orrery. */
export interface Config {
  orrery?: {
    /**
     * Refuses every write of every Orrery plugin.
     * @default false
     */
    readOnly?: boolean;
    /**
     * Stages that services pass through. Of those that match a namespace, the
     * one with the longest suffix counts. Without any, all is one unprotected
     * `production`.
     */
    environments?: Array<{
      /** Name that policies and rules use, such as `production`. */
      name: string;
      /** What people call it; the name where absent. */
      title?: string;
      /**
       * End of the names of its namespaces, such as `-test`.
       * @default ''
       */
      namespaceSuffix?: string;
      /** Clusters that it spans; all where absent. */
      clusters?: string[];
      /**
       * Writes ask for the target's name to be typed, and the sample policy
       * asks for a second person.
       * @default false
       */
      protected?: boolean;
    }>;
    /**
     * What belongs to a service by convention. Patterns with `{app}`,
     * `{namespace}` and `{system}`: the namespace without what its
     * environment appends to it.
     */
    naming?: {
      /**
       * Path of its project in GitLab.
       * @default '{system}/{app}'
       */
      project?: string;
      /**
       * Full name of its job in Jenkins.
       * @default '{app}.{system}'
       */
      job?: string;
      /**
       * Repository of its images, without the registry's host.
       * @default '{system}/{app}'
       */
      image?: string;
      /** Host under which the mesh's gateway serves it, such as `{app}.{namespace}.example.com`. */
      host?: string;
      /**
       * Prefix of its keys in Consul.
       * @default '{namespace}.{app}/'
       */
      consulPrefix?: string;
    };
    /** Writes that wait for a second person. */
    approvals?: {
      /**
       * Hours after which a write that nobody approved expires.
       * @default 24
       */
      expireAfterHours?: number;
    };
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
