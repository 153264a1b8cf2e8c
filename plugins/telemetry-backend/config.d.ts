/** Configuration of telemetry. */
export interface Config {
  orrery?: {
    clusters?: Array<{
      /** Where traces are. */
      zipkin?: {
        /** Base URL of Zipkin, before `/api/v2`. */
        url: string;
        /** @deepVisibility secret */
        headers?: { [name: string]: string };
        /**
         * How long one question may take, in seconds.
         * @default 15
         */
        timeoutSeconds?: number;
      };
      /** Grafanas whose dashboards are shown with services. */
      grafana?: Array<{
        /**
         * Tells Grafanas of a cluster apart.
         * @default grafana
         */
        name?: string;
        /** Base URL for the server. */
        url: string;
        /** Base URL for browsers; `url` where absent. */
        publicUrl?: string;
        /**
         * Token of a service account that may view dashboards. It stays on
         * the server.
         * @visibility secret
         */
        token?: string;
        /** @deepVisibility secret */
        headers?: { [name: string]: string };
        /** Dashboards with one of these tags are shown with every service. */
        tags?: string[];
        /** Dashboards in the folder of this title are shown with every service. */
        folder?: string;
        /**
         * Whether panels may be shown in frames. `auto` asks Grafana.
         * @default auto
         */
        embed?: 'auto' | 'never';
        /** @default 15 */
        timeoutSeconds?: number;
      }>;
      /** What holds metrics for longer than Prometheus does. */
      longRange?: {
        type: 'prometheus' | 'influxdb';
        url: string;
        /** Database of InfluxDB 1.x. */
        database?: string;
        username?: string;
        /** @visibility secret */
        password?: string;
        /** @deepVisibility secret */
        headers?: { [name: string]: string };
        /** @default 365 */
        retentionDays?: number;
        /** @default 15 */
        timeoutSeconds?: number;
      };
    }>;
  };
}
