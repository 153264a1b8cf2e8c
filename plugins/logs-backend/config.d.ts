/** Configuration of logs. */
export interface Config {
  orrery?: {
    logs?: {
      /**
       * Signs the places at which pages of lines end. Backends that share
       * requests need the same one; otherwise each makes its own.
       * @visibility secret
       */
      cursorSecret?: string;
      /** The Filebeat that is put beside applications that write files. */
      sidecar?: {
        /** Such as `docker.elastic.co/beats/filebeat:8.15.0`. */
        image: string;
        /**
         * Filebeat's own `output` section; put secrets into a keystore.
         * @deepVisibility secret
         */
        output: object;
      };
    };
    clusters?: Array<{
      /** Where the cluster's lines are stored: Elasticsearch 7-9 or OpenSearch 1-3. */
      logs?: {
        /** Base URL of the HTTP API. */
        url: string;
        /**
         * Pattern of the indexes, data streams or aliases that are read.
         * @default filebeat-*
         */
        index?: string;
        /** Basic authentication, with `password`; not together with `apiKey`. */
        username?: string;
        /** @visibility secret */
        password?: string;
        /**
         * `id:key` in base64, as Elasticsearch hands it out.
         * @visibility secret
         */
        apiKey?: string;
        /**
         * Further headers.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        /**
         * How long one question may take, in seconds.
         * @default 15
         */
        timeoutSeconds?: number;
        /**
         * How many questions may run at once.
         * @default 8
         */
        maxConcurrency?: number;
        /** Names of fields, for stores where they are not found by themselves. */
        fields?: {
          at?: string;
          message?: string;
          level?: string;
          namespace?: string;
          app?: string;
          version?: string;
          pod?: string;
          container?: string;
          node?: string;
          traceId?: string;
          spanId?: string;
          sampled?: string;
          offset?: string;
        };
        /** Where people read the same store. */
        kibana?: {
          url: string;
          /** Id of the data view; the index pattern where absent. */
          dataView?: string;
        };
      };
    }>;
  };
}
