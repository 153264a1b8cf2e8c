/** Configuration of Orrery's sample policy. */
export interface Config {
  orrery?: {
    policy?: {
      /**
       * Entity refs of groups whose members may do everything, alone, such as
       * `group:default/platform`.
       */
      platformTeams?: string[];
      /**
       * Entity refs of users who only read.
       * @default ['user:default/guest']
       */
      readers?: string[];
    };
  };
}
