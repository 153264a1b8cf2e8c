/** Configuration of delivery. */
export interface Config {
  orrery?: {
    /** Registries that are asked whether images exist, and what they are. */
    registries?: Array<{
      /** Host as image references have it, such as `registry.example:5000`. */
      host: string;
      /** Where it is asked; may differ from the host. */
      url: string;
      /**
       * What more it speaks than the distribution specification.
       * @default distribution
       */
      kind?: 'distribution' | 'harbor';
      /** For registries that want one; together with `password`. */
      username?: string;
      /** @visibility secret */
      password?: string;
    }>;
    /** Where sources are. */
    gitlab?: {
      /** Base URL, without `/api/v4`. */
      url: string;
      /** Where people open it; `url` where absent. */
      publicUrl?: string;
      /** @visibility secret */
      token: string;
      /**
       * What webhooks that call `POST /api/delivery/hooks/gitlab` carry as
       * their secret token; without one they are refused.
       * @visibility secret
       */
      webhookToken?: string;
      /**
       * Address of `POST /api/delivery/hooks/gitlab` as GitLab reaches it,
       * which projects get as a webhook; below `backend.baseUrl` where absent.
       */
      webhookUrl?: string;
      /**
       * How long one question may take, in seconds.
       * @default 15
       */
      timeoutSeconds?: number;
    };
    /** What builds images. */
    jenkins?: {
      url: string;
      /** Where people open it; `url` where absent. */
      publicUrl?: string;
      username: string;
      /**
       * API token of the user.
       * @visibility secret
       */
      token: string;
      /** Id of the credentials in Jenkins that jobs fetch repositories with. */
      credentialsId?: string;
      /**
       * What notifications of builds to `POST /api/delivery/hooks/jenkins`
       * carry (`?token=`); without one they are refused. Jobs that are made
       * here send them, by Jenkins' Notification plugin.
       * @visibility secret
       */
      webhookToken?: string;
      /**
       * Address of `POST /api/delivery/hooks/jenkins` as Jenkins reaches it;
       * below `backend.baseUrl` where absent.
       */
      webhookUrl?: string;
      /**
       * How long one question may take, in seconds.
       * @default 15
       */
      timeoutSeconds?: number;
    };
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
