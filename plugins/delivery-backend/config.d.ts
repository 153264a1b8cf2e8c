/** Configuration of delivery. */
export interface Config {
  orrery?: {
    /** Registries that are asked whether images exist, and what they are. */
    registries?: Array<{
      /** Host as image references have it, such as `registry.example:5000`. */
      host: string;
      /** Where it is asked; may differ from the host. */
      url: string;
      /** For registries that want one; together with `password`. */
      username?: string;
      /** @visibility secret */
      password?: string;
    }>;
    flagger?: {
      /**
       * Who may call `POST /api/delivery/hooks/flagger/<type>`: one token for
       * each cluster, as its Canaries' webhooks carry it (`?token=`).
       */
      hooks?: Array<{
        /** A cluster of `orrery.clusters`. */
        cluster: string;
        /** @visibility secret */
        token: string;
      }>;
    };
  };
}
