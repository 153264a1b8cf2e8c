/** Configuration of logs. */
export interface Config {
  orrery?: {};
}
