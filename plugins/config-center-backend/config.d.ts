/** Configuration of the configuration centre. */
export interface Config {
  orrery?: {
    /** Where keys of services are kept. */
    consul?: {
      /** Base URL of the HTTP API, without `/v1`. */
      url: string;
      /** Where people open its own pages, without `/ui`; no link where absent. */
      publicUrl?: string;
      /** @visibility secret */
      token?: string;
      /** The agent's own where absent. */
      datacenter?: string;
      /**
       * How long one question may take, in seconds.
       * @default 15
       */
      timeoutSeconds?: number;
      /**
       * How many questions may run at once; those that wait for changes do not
       * count.
       * @default 8
       */
      maxConcurrency?: number;
    };
  };
}
