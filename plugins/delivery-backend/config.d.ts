/** Configuration of the plugin `delivery`. */
export interface Config {
  orrery?: {
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
